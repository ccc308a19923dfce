#!/bin/sh
# Makes build/train/.venv with what the recipe needs. Not Debian's torch: it is 25 times slower (doctor refuses it).
set -e
cd "$(dirname "$0")"
"${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --upgrade -r requirements.txt
.venv/bin/python -m loomtrain doctor
