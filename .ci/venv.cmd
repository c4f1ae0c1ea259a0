@echo off
rem Make .venv and install one lock file into it: call .ci\venv.cmd requirements.lock
setlocal
set "LOCK=%~1"
set "PY=.venv\Scripts\python.exe"
if exist "%PY%" goto install
set "FOUND="
for %%V in (3.13 3.12 3.11 3.14) do if not defined FOUND (
    py -%%V -c "import venv" >nul 2>nul && set "FOUND=py -%%V"
)
if not defined FOUND (
    python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "FOUND=python"
)
if not defined FOUND (
    echo Python 3.11 or later is missing. Install the 64-bit version from python.org.
    exit /b 1
)
echo Making the virtual environment .venv ...
%FOUND% -m venv .venv
if errorlevel 1 (
    echo The virtual environment could not be made.
    exit /b 1
)
:install
if exist ".venv\%LOCK%" fc /b "%LOCK%" ".venv\%LOCK%" >nul 2>nul && exit /b 0
set "SOURCES="
if exist wheels set "SOURCES=--no-index --find-links wheels"
echo Installing the libraries of %LOCK% into .venv ...
"%PY%" -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all: %SOURCES% -r "%LOCK%"
if errorlevel 1 (
    echo The libraries could not be installed. Is there a network, or a folder "wheels"?
    exit /b 1
)
copy /y "%LOCK%" ".venv\%LOCK%" >nul
exit /b 0
