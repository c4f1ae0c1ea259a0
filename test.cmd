@echo off
rem Run all tests; no window is opened. The first time this makes .venv.
setlocal
cd /d "%~dp0"
call .ci\venv.cmd requirements-dev.lock
if errorlevel 1 exit /b 1
set "PYTHONUTF8=1"
set "QT_QPA_PLATFORM=offscreen"
".venv\Scripts\python.exe" -m pytest -q -n 2 %*
exit /b %errorlevel%
