"""`gladi init`: make a repository ready to rehearse, with a line in its pytest ini and the skeleton of an adapter."""

from __future__ import annotations

import ast
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.cli.ini import OPTION, Ini, IniError, find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

__all__ = ["add", "run"]

READY, USAGE = 0, 2

_MODULE, _CLASS = "rehearsing", "Adapter"
_SPEC = f"{_MODULE}:{_CLASS}"
_NEXT = """
next: pytest --rehearse
"""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written, all or nothing: files that must not be there yet, and an ini that is to hold a line more."""

    new: dict[Path, str]
    changed: dict[Path, str]


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "init",
        help="make a repository ready to rehearse: one ini line and the skeleton of an adapter",
        description=f"Write the line `{OPTION} = {_SPEC}` into the pytest ini of a repository, and {_MODULE}.py, the skeleton of an "
        "adapter with every capability to choose from. No file that is there is overwritten; a second run changes nothing.",
        epilog="Exit status: 0 all is there, 2 it cannot be done and nothing was written.",
    )
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="where your pytest ini lies or belongs (default: here)")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Write what is missing and say so; what cannot be done is one sentence on standard error, and then nothing was written."""
    folder = Path(args.folder)
    try:
        ini = find(folder)
        named = ini.system
        plan = _planned(folder, ini, named)
        _carry_out(plan)
    except IniError as error:
        sys.stderr.write(f"gladi init: {error}\n")
        return USAGE
    if not plan.new and not plan.changed:
        sys.stdout.write(f"nothing to write: {ini.path.name} names {OPTION} = {named} already\n{_NEXT}")
        return READY
    for path in plan.new:
        if path != ini.path:
            sys.stdout.write(f"wrote {folder / path.name}: the skeleton of your adapter, with every capability to choose from\n")
    if named is None:
        sys.stdout.write(f"wrote {folder / ini.path.name}: the line {OPTION} = {_SPEC}\n")
    sys.stdout.write(_NEXT)
    return READY


def _planned(folder: Path, ini: Ini, named: str | None) -> _Plan:
    """Work out what is missing.

    Raises:
        IniError: the name is taken, or the ini cannot be changed safely.
    """
    new: dict[Path, str] = {}
    changed: dict[Path, str] = {}
    adapter = folder.resolve() / f"{_MODULE}.py"
    if named in (None, _SPEC):
        if (adapter.parent / _MODULE / "__init__.py").exists():
            raise IniError(f"{_MODULE} is a package here; write an adapter into it and {OPTION} = {_SPEC} into {ini.path.name} yourself")
        if not os.path.lexists(adapter):
            from gladi.cli.skeleton import skeleton  # noqa: PLC0415 - it reads the interfaces, which the other commands do not need

            new[adapter] = skeleton()
        elif named is None and not _defines_the_class(adapter):
            raise IniError(
                f"{adapter.name} is there already and holds no class {_CLASS}; "
                f"write {OPTION} = module:class, with your own names, into {ini.path.name} yourself"
            )
    if named is None:
        (changed if ini.exists else new)[ini.path] = ini.naming(_SPEC)
    return _Plan(new, changed)


def _defines_the_class(path: Path) -> bool:
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return False
    return any(isinstance(one, ast.ClassDef) and one.name == _CLASS for one in tree.body)


def _carry_out(plan: _Plan) -> None:
    """Write everything, or leave everything as it was.

    Raises:
        IniError: something cannot be written.
    """
    begun: list[Path] = []
    path = Path()
    try:
        for path, text in plan.new.items():
            with path.open("x", encoding="utf-8", newline="") as file:
                begun.append(path)
                file.write(text)
        for path, text in plan.changed.items():
            target = path.resolve()  # a link stays a link
            handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            begun.append(Path(beside))
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            shutil.copymode(target, beside)
            Path(beside).replace(target)
            begun.clear()  # replaced in one step, and last: from here on all is written
    except BaseException as error:
        for one in begun:
            one.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise IniError(f"{path} cannot be written ({error.strerror}), so nothing was") from None
        raise
