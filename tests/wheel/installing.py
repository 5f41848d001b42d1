"""Fresh environments for the tests of the wheel: the packages that Gladi needs, linked from here, and Gladi itself, installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment with nothing in it but what a user of Gladi has."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def runs(self, command: str, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run one of its commands in a folder, with nothing of this repository in the environment variables."""
        return run([str(self.python.parent / command), *words], cwd=cwd)

    def installs(self, *words: str) -> None:
        """Install with the pip that is at hand; nothing is fetched."""
        done = run(
            [*pip(), "--python", str(self.python), "install", "--no-deps", "--no-index", "--no-build-isolation", *words], cwd=self.folder
        )
        assert done.returncode == 0, done.stdout + done.stderr


def fresh(folder: Path, *beside: str) -> Environment:
    """Make an environment that holds what Gladi depends on, and the distributions named `beside`, and nothing else."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    there = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name in needed({named(line) for line in project["dependencies"]} | set(beside)):
        for top in tops(name):
            if not (there / top.name).exists():
                (there / top.name).symlink_to(top)
    return Environment(folder)


def needed(names: set[str]) -> set[str]:
    """Give these distributions and all that they need on this machine."""
    found: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        found.add(name)
        for line in distribution(name).requires or ():
            other = named(line)
            if "extra ==" not in line and other not in found and is_here(other):
                left.add(other)
    return found


def named(requirement: str) -> str:
    """Give the name that a requirement begins with."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower()


def is_here(name: str) -> bool:
    """Tell whether a distribution is installed; one for another platform or Python is not."""
    try:
        distribution(name)
    except ImportError:
        return False
    return True


def tops(name: str) -> set[Path]:
    """Give the files and folders of a distribution that lie in site-packages themselves."""
    one = distribution(name)
    home = Path(str(one.locate_file("")))
    return {home / file.parts[0] for file in one.files or () if file.parts[0] not in ("..", "__pycache__")}


def pip() -> list[str]:
    """Find a pip: in this environment, or in the Python that it was made from."""
    for python in (sys.executable, getattr(sys, "_base_executable", sys.executable)):
        if run([python, "-m", "pip", "--version"], cwd=ROOT).returncode == 0:
            return [python, "-m", "pip"]
    msg = "there is no pip here to install a wheel with"
    raise AssertionError(msg)


def run(words: list[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without this run's own pytest and coverage variables."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
