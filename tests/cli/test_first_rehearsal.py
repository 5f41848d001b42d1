"""The page `docs/first-rehearsal.md` is true: its commands are run, its edits made, and what it shows is what is said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "first-rehearsal.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^```(sh|text|diff)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
INSTALL = "python3 -m venv .venv && . .venv/bin/activate\npip install ../gladi\n"


@pytest.fixture
def followed(tmp_path: Path) -> list[tuple[str, str]]:
    """Follow the page in an empty directory, all but the installation; give each output it shows with what was really said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "PYTHON"))}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    adapter = tmp_path / "empty" / "rehearsing.py"
    adapter.parent.mkdir()
    said = ""
    shown: list[tuple[str, str]] = []
    for kind, block in STEPS:
        if kind == "sh" and block != INSTALL:
            command = ["bash", "-c", block]
            said = subprocess.run(command, cwd=adapter.parent, env=environment, capture_output=True, text=True, check=False).stdout
        elif kind == "diff":
            adapter.write_text(edited(adapter.read_text(encoding="utf-8"), block), encoding="utf-8")
        elif kind == "text":
            shown.append((block, said))
    return shown


def edited(text: str, diff: str) -> str:
    """Make the edit that a diff without line numbers shows; what it takes away or keeps stands there once."""
    before = "".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] in " -")
    after = "".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] in " +")
    assert text.count(before) == 1, before
    return text.replace(before, after)


def test_the_page_shows_what_is_said(followed: list[tuple[str, str]]) -> None:
    parts = [(part, said) for block, said in followed for part in block.split("…\n")]

    missing = [f"{part}\nis not in\n{said}" for part, said in parts if part not in said]

    assert len(followed) == 5
    assert missing == [], missing[0]


def test_the_page_installs_what_the_tests_of_the_wheel_install() -> None:
    assert STEPS[0] == ("sh", INSTALL)
