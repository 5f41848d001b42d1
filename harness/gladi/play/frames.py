"""The frames of an error that are its author's own: his system's and his scenario's, without Gladi's, Python's and the libraries'.

1. What Gladi's play called is the system's, wherever it is installed; a library is what the system called.
"""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["Frame", "own_frames", "root_of", "where"]

_STDLIB = Path(os.__file__).parent
_INSTALLED = frozenset(("site-packages", "dist-packages"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One place that an error went through."""

    file: Path
    line: int
    function: str
    module: str
    source: str
    """The line of source, without its indentation; empty where there is none to read."""
    entered: bool
    """Whether Gladi called it, rather than a frame of the same author."""

    @property
    def shown(self) -> str:
        """The file as a person knows it: from the folder in which he works, else as its module is called; never a whole path."""
        if self.file.is_relative_to(Path.cwd()) and _INSTALLED.isdisjoint(self.file.parts):
            return self.file.relative_to(Path.cwd()).as_posix()
        deep = self.module.count(".") + (2 if self.file.stem == "__init__" else 1)
        return "/".join(self.file.parts[-deep:])

    def __str__(self) -> str:
        """Give the place in words: `mine.py, line 40, in ship`."""
        return f"{self.shown}, line {self.line}, in {self.function}"


def root_of(error: BaseException) -> BaseException:
    """Give the error itself, or of a group of errors the first that is none."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    return root_of(cast("BaseExceptionGroup[BaseException]", error).exceptions[0])


def own_frames(error: BaseException) -> tuple[Frame, ...]:
    """Give its author's own frames, outermost first; of a group also those of its first error. None where only others were on the way."""
    found: list[Frame] = []
    called: set[str] = set()
    by_gladi = False
    for frame, line in _walk(error):
        module = str(frame.f_globals.get("__name__", ""))
        package = module.partition(".")[0]
        file = Path(frame.f_code.co_filename)
        if not file.is_absolute() or (file.is_relative_to(_STDLIB) and _INSTALLED.isdisjoint(file.parts)):
            continue
        if package == "gladi":
            by_gladi = module.startswith("gladi.play.")
            continue
        if by_gladi:
            called.add(package)
        if package in called or _INSTALLED.isdisjoint(file.parts):
            summary = traceback.FrameSummary(str(file), line, frame.f_code.co_name, lookup_line=True)
            found.append(Frame(file, line, frame.f_code.co_name, module, summary.line or "", by_gladi))
        by_gladi = False
    return tuple(found)


def _walk(error: BaseException) -> list[tuple[FrameType, int]]:
    inner = root_of(error)
    frames = list(traceback.walk_tb(error.__traceback__))
    return frames if inner is error else [*frames, *traceback.walk_tb(inner.__traceback__)]


def where(error: BaseException) -> str:
    """Say where an error was raised: `mine.py, line 40, in ship`; by the last frame where none is its author's.

    The name of the file alone, for a journal: it is the same to the byte wherever the rehearsal is begun.
    """
    if own := own_frames(error):
        return f"{own[-1].file.name}, line {own[-1].line}, in {own[-1].function}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}, line {last.lineno}, in {last.name}"
