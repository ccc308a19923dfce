@echo off
rem The command line of a packaged Shotloom, on the Node that came along.
"%~dp0..\node\node.exe" --disable-warning=ExperimentalWarning "%~dp0..\dist\node\cli.mjs" %*
