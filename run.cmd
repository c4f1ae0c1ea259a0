@echo off
rem Open the window of the suite; the first time this makes .venv.
setlocal
cd /d "%~dp0"
call .ci\venv.cmd requirements.lock
if errorlevel 1 exit /b 1
set "PYTHONUTF8=1"
".venv\Scripts\python.exe" main.py %*
exit /b %errorlevel%
