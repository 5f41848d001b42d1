"""Where the system's adapter lies: in a checkout of its own, beside the run or far from it, or in none because it is installed."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gladi.session.closing import _lies_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Writes = Callable[[Path], type]


@pytest.fixture
def adapter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Writes]:
    """Write a module with an adapter into a folder and import it from there."""

    def writes(folder: Path) -> type:
        folder.mkdir(parents=True)
        (folder / "lying_adapter.py").write_text("class Adapter:\n    pass\n")
        monkeypatch.syspath_prepend(folder)
        kind: type = importlib.import_module("lying_adapter").Adapter
        return kind

    yield writes
    sys.modules.pop("lying_adapter", None)


def committed(folder: Path) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    (folder / ".gitignore").write_text("__pycache__/\n.gitignore\n")
    for words in (("init", "--quiet"), ("add", "lying_adapter.py"), (*identity, "commit", "--quiet", "-m", "all")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def test_a_checkout_beside_that_of_the_run_is_named_with_the_way_to_it(adapter: Writes, tmp_path: Path) -> None:
    kind = adapter(tmp_path / "system")
    commit = committed(tmp_path / "system")

    found = _lies_in(kind, tmp_path / "run")

    assert found == {"id": commit, "dirty": False, "root": "../system"}


def test_an_adapter_outside_of_git_lies_in_no_commit(adapter: Writes, tmp_path: Path) -> None:
    assert _lies_in(adapter(tmp_path / "system"), tmp_path / "system") == {"id": None, "dirty": None, "root": "."}


def test_an_installed_adapter_lies_in_no_checkout_though_its_environment_does(adapter: Writes, tmp_path: Path) -> None:
    kind = adapter(tmp_path / ".venv" / "lib" / "site-packages")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)

    assert _lies_in(kind, tmp_path) is None


def test_a_class_that_was_made_and_not_written_lies_nowhere(tmp_path: Path) -> None:
    assert _lies_in(type("Made", (), {"__module__": "builtins"}), tmp_path) is None


def test_the_way_over_the_root_of_the_disk_is_not_told(adapter: Writes, tmp_path: Path) -> None:
    kind = adapter(tmp_path / "system")

    found = _lies_in(kind, type(tmp_path)(tmp_path.anchor) / "elsewhere" / "run")

    assert found == {"id": None, "dirty": None, "root": None}
