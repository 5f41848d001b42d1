"""The skeleton is true: what it asks for is what the interfaces ask for, and it is good Python, with and without the `# `."""

from __future__ import annotations

import importlib.util
import inspect
import re
import subprocess
import sys
import typing
from collections.abc import Awaitable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gladi.cli.skeleton import skeleton
from gladi.play.adapter import CAPABILITIES, load
from gladi.play.system import HearsTheShop, Restarts, System

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
AWAITABLE: Any = Awaitable


def whole() -> str:
    """Give the skeleton as it is when a user has taken every `# ` away that is to be taken."""
    return re.sub(r"^( *)# (?!-- )(?=\S| )|^ *#$", r"\1", skeleton(), flags=re.MULTILINE)


@pytest.fixture
def modules(tmp_path: Path) -> list[Path]:
    """Write the skeleton as it is, and whole."""
    for name, text in (("skeleton_as_it_is", skeleton()), ("skeleton_whole", whole())):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    return sorted(tmp_path.glob("*.py"))


def imported(path: Path) -> ModuleType:
    """Import a file, and leave no trace of it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_as_it_is_it_is_an_adapter_that_declares_nothing(modules: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(modules[0].parent))

    adapter = load("skeleton_as_it_is:Adapter")

    assert adapter.capabilities == frozenset()


def test_whole_it_is_an_adapter_that_declares_everything(modules: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(modules[1].parent))

    adapter = load("skeleton_whole:Adapter")

    assert adapter.capabilities == frozenset(CAPABILITIES)


@pytest.mark.parametrize("asked", [System, *CAPABILITIES], ids=lambda one: one.__name__)
def test_its_methods_are_those_of_the_interface(asked: Any, modules: list[Path]) -> None:
    adapter = imported(modules[1]).Adapter
    names = sorted(asked.__abstractmethods__)

    assert names or asked in (HearsTheShop, Restarts), "only what is heard needs no method: `receive` takes it"
    assert {name: shape(vars(adapter)[name]) for name in names} == {name: shape(vars(asked)[name]) for name in names}
    for name in names:
        here, there = (typing.get_type_hints(vars(owner)[name]) for owner in (adapter, asked))
        answer = here.pop("return")
        assert answer | AWAITABLE[answer] == there.pop("return")
        assert here == there


def shape(method: Any) -> list[tuple[str, Any, Any]]:
    """Give the parameters of a method: name, kind, default."""
    return [(one.name, one.kind, one.default) for one in inspect.signature(method).parameters.values()]


@pytest.mark.parametrize("words", [("check",), ("format", "--check", "--diff")])
def test_ruff_as_it_comes_finds_nothing(words: tuple[str, ...], modules: list[Path]) -> None:
    command = [sys.executable, "-m", "ruff", *words, "--isolated", "--no-cache", *(str(path) for path in modules)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_finds_nothing_strictly(modules: list[Path], tmp_path: Path) -> None:
    words = ["--strict", "--cache-dir", str(tmp_path / "cache"), *(str(path) for path in modules)]

    done = subprocess.run([sys.executable, "-m", "mypy", *words], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
