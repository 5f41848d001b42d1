"""What the tests of the wheel share: the wheel, built once, and a repository of somebody else's."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.wheel.installing import ROOT, Environment, fresh, run

if TYPE_CHECKING:
    from pathlib import Path

INI = """\
[pytest]
python_files = *_test.py
python_functions = check_*
filterwarnings = error
rehearse_system = harness.rehearsing:Watcher
"""

CONFTEST = """\
import pytest


@pytest.fixture
def order():
    return "their own order, which has nothing to do with ours"


@pytest.fixture
def sandbox():
    raise AssertionError("their fixture was asked for by us")
"""


TEST = """\
import scenarios.orders


def check_theirs(order):
    assert scenarios.orders.MINE
    assert order.startswith("their own")
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, offline, and give its path."""
    copy = copied(tmp_path_factory.mktemp("source"))
    out = tmp_path_factory.mktemp("wheel")
    done = run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(copy)], cwd=copy)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


def copied(folder: Path) -> Path:
    """Copy what is needed to build, and litter that must not be shipped."""
    for name in ("harness", "scenarios", "fixtures"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    # nox puts temporary folders below .nox, and hatchling heeds no .gitignore that would ignore the very folder it builds in.
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").replace(".nox/\n", "")
    (folder / ".gitignore").write_text(ignored, encoding="utf-8")
    for litter in ("scenarios/__pycache__/orders.cpython-311.pyc", "harness/notes.txt", "fixtures/.coverage", "tests/test_ours.py"):
        path = folder / litter
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"litter")
    return folder


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Install the wheel into an environment with nothing else but what it needs, and xdist."""
    environment = fresh(tmp_path_factory.mktemp("wheel-venv"), "pytest-xdist")
    environment.installs(str(wheel))
    return environment


@pytest.fixture(scope="session")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Install a copy of this repository in editable form."""
    environment = fresh(tmp_path_factory.mktemp("editable-venv"), "pytest-xdist", "hatchling")
    environment.installs("-e", str(copied(tmp_path_factory.mktemp("checkout"))))
    return environment


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Give a repository whose folders, fixtures and naming rules all collide with ours, and whose system is the README's."""
    for name in ("harness", "scenarios", "fixtures"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f'"""Their own {name}."""\n')
    (tmp_path / "scenarios" / "orders.py").write_text("MINE = True\n")
    (tmp_path / "scenarios" / "during_merge").mkdir()
    (tmp_path / "scenarios" / "during_merge" / "__init__.py").write_text("")
    (tmp_path / "harness" / "rehearsing.py").write_text(readmes_adapter())
    (tmp_path / "pytest.ini").write_text(INI)
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "their_test.py").write_text(TEST)
    return tmp_path


def readmes_adapter() -> str:
    """Give the adapter that the README shows, for what a README shows must work."""
    found = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return next(str(code) for code in found if "class Watcher" in code)
