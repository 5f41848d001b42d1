"""The command can be run as a module, as `run.py` runs it to write the report."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_command_is_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "gladi.cli", "--version"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, f"gladi {version('gladi')}\n", "")
    assert '"-m", "gladi.cli"' in (ROOT / "run.py").read_text(encoding="utf-8")
