"""The command can be run as a module, as `run.py` runs it to write the report."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_command_is_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "gladi.cli", "--version"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, f"gladi {version('gladi')}\n", "")
    assert '"-m", "gladi.cli"' in (ROOT / "run.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("--help",), ("openapi",), ()])
def test_whoever_reads_no_more_of_a_command_sees_no_traceback(words: tuple[str, ...]) -> None:
    reads, writes = os.pipe()
    os.close(reads)

    # Buffered, as behind a real pipe: what is left over is written only when Python ends.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "gladi.cli", *words]
    done = subprocess.run(command, env=environment, stdout=writes, stderr=subprocess.PIPE, text=True, check=False)

    os.close(writes)
    assert (done.returncode, done.stderr) == (1, "")
