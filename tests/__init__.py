"""Tests start some hundred processes; each reads what the first has compiled, whatever the machine is set to."""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
