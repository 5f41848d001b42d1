"""The file from which pytest reads its options in a folder: found by pytest's own rules, and given one line more or left alone.

The line is inserted and nothing else is touched; then the file is read again, and unless it says what it said before and
the line, it is not written. Where pytest looks, and in which order: pytest's reference, "Initialization: determining rootdir
and inifile"; `pytest.toml` and `[tool.pytest]` since pytest 9.
"""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from configparser import Error, RawConfigParser
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__ = ["Ini", "IniError", "find"]

OPTION = "rehearse_system"

_TABLES = {
    "pytest.toml": ("pytest",),
    ".pytest.toml": ("pytest",),
    "pytest.ini": ("pytest",),
    ".pytest.ini": ("pytest",),
    "pyproject.toml": ("tool.pytest.ini_options", "tool.pytest"),
    "tox.ini": ("pytest",),
    "setup.cfg": ("tool:pytest",),
}
"""The files in which pytest looks, first come first read, and what their part for pytest is called."""
_SINCE_9 = ("pytest.toml", ".pytest.toml", "tool.pytest")


class IniError(Exception):
    """The line cannot be written; the text is one sentence that says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Ini:
    """An ini of pytest: a file that is there, or one that would have to be made, whose text is empty."""

    path: Path
    table: str
    text: str = ""
    exists: bool = True

    @property
    def system(self) -> str | None:
        """What `rehearse_system` names already, or None.

        Raises:
            IniError: the file cannot be read with certainty.
        """
        try:
            options = _part(_read(self.text, self.path), self.table) or {}
        except (Error, ValueError):
            raise self._unsure("module:Adapter") from None
        found = options.get(OPTION)
        return None if found is None else str(found)

    @property
    def pythonpath(self) -> tuple[Path, ...]:
        """The folders that pytest puts on the path before all others, the first one foremost.

        Raises:
            IniError: they are written in a way that pytest would not take.
        """
        try:
            given = (_part(_read(self.text, self.path), self.table) or {}).get("pythonpath") or ()
            words = shlex.split(given) if isinstance(given, str) else [str(one) for one in given]
        except (Error, ValueError, TypeError):
            raise IniError(f"the pythonpath in {self.path.name} cannot be read; write one folder or more there, such as src") from None
        return tuple(self.path.parent / one for one in words)

    def naming(self, spec: str) -> str:
        """Give the text with one line more, by which `rehearse_system` names `spec`.

        Raises:
            IniError: the file is written in a way in which that could lose something.
        """
        end = "\r\n" if "\r\n" in self.text else "\n"
        headings = list(re.finditer(rf"^\[{re.escape(self.table)}\][ \t]*(?:[#;][^\r\n]*)?(?=\r?$)", self.text, re.MULTILINE))
        if headings:
            at = headings[0].end()
            text = f"{self.text[:at]}{end}{self._line(spec)}{self.text[at:]}"
        else:
            between = "" if not self.text or self.text.endswith("\n") else end
            text = f"{self.text}{between}[{self.table}]{end}{self._line(spec)}"
        text = text if text.endswith("\n") else f"{text}{end}"
        try:
            expected, read = _read(self.text, self.path), _read(text, self.path)
        except (Error, ValueError):
            raise self._unsure(spec) from None
        part = _part(expected, self.table)
        if part is None:
            part = expected[self.table] = {}
        part[OPTION] = spec
        if read != expected:
            raise self._unsure(spec)
        return text

    def _line(self, spec: str) -> str:
        return f'{OPTION} = "{spec}"' if self.path.suffix == ".toml" else f"{OPTION} = {spec}"

    def _unsure(self, spec: str) -> IniError:
        return IniError(
            f"{self.path.name} is written in a way that cannot be changed safely, so nothing was written; "
            f"add {self._line(spec)} to its [{self.table}] yourself, then run this again"
        )


def find(folder: Path) -> Ini:
    """Find the ini that pytest reads in a folder, or say that a new `pytest.ini` is to be made there.

    Raises:
        IniError: there is no such folder, a file cannot be read, or the ini in force lies in a folder above.
    """
    if not folder.is_dir():
        raise IniError(f"{folder} is no folder; make it first, or name the one in which your pytest ini lies")
    here = folder.resolve()
    for above in (here, *here.parents):
        for name in _TABLES:
            found = _found(above / name)
            if found is not None and above != here:
                place = os.path.relpath(above)
                raise IniError(f"the pytest ini in force in {folder} is {Path(place) / name}; run gladi init {place}, where it lies")
            if found is not None:
                return found
    return Ini(here / "pytest.ini", "pytest", exists=False)


def _found(path: Path) -> Ini | None:
    """Give the ini in a file, or None where pytest finds none in it."""
    is_new = int(version("pytest").partition(".")[0]) >= 9  # noqa: PLR2004 - see above
    tables = [one for one in _TABLES[path.name] if is_new or not {one, path.name} & set(_SINCE_9)]
    if not tables or not path.is_file():
        return None
    try:
        text = path.read_bytes().decode()
        if path.name == "pyproject.toml":
            document = _read(text, path)
            table = next((one for one in tables if _has(document, one)), None)
            return None if table is None else Ini(path, table, text)
    except (OSError, ValueError) as error:
        raise IniError(f"{path.name} cannot be read ({error}); mend it, then run this again") from None
    if "pytest" in path.name or re.search(rf"^\[{tables[0]}\]", text, re.MULTILINE):
        return Ini(path, tables[0], text)
    return None


def _has(document: dict[str, Any], table: str) -> bool:
    """Tell whether pytest takes a table for its own: `[tool.pytest]` only where it holds more than `ini_options`."""
    part = _part(document, table)
    return part is not None and (table != "tool.pytest" or bool(part.keys() - {"ini_options"}))


def _part(document: dict[str, Any], table: str) -> dict[str, Any] | None:
    """Give the part of a document that is pytest's own, or None."""
    for name in table.split("."):
        part = document.get(name)
        if not isinstance(part, dict):
            return None
        document = part
    return document


def _read(text: str, path: Path) -> dict[str, Any]:
    """Read a whole document, section by section.

    Raises:
        ValueError: it is no TOML.
        configparser.Error: it is no ini.
    """
    if path.suffix == ".toml":
        return tomllib.loads(text)
    parser = RawConfigParser(allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names as they are written
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser.sections()}
