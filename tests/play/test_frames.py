"""Whose frames an error went through: its author's own are kept, whatever is installed, and nobody else's."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from gladi.play.frames import own_frames, root_of, where
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class Parses(Quiet):
    def tick(self, now: datetime) -> None:  # noqa: ARG002 - the interface's
        json.loads("{")


class Gathers(Quiet):
    async def tick(self, now: datetime) -> None:  # noqa: ARG002 - the interface's
        async with asyncio.TaskGroup() as group:
            group.create_task(self.syncs())

    async def syncs(self) -> None:
        raise ValueError("no such row")


def test_a_library_in_which_it_was_raised_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        perform(Parses, tmp_path)

    last = own_frames(caught.value)[-1]
    assert (last.file.name, last.function, last.source, last.entered) == ("test_frames.py", "tick", 'json.loads("{")', True)
    assert where(caught.value) == f"test_frames.py, line {last.line}, in tick"
    assert last.shown.endswith("test_frames.py")
    assert not last.shown.startswith("/")


def test_of_a_group_the_first_error_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        perform(Gathers, tmp_path)

    assert str(root_of(caught.value)) == "no such row"
    assert own_frames(caught.value)[-1].function == "syncs"


def test_a_system_that_is_installed_is_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "site-packages"
    installed.mkdir()
    (installed / "their_library.py").write_text("def fails():\n    raise ValueError\n")
    (installed / "their_system.py").write_text(
        "import their_library\nfrom tests.play.stage import Quiet\n\n\n"
        "class Mine(Quiet):\n    def tick(self, now):\n        their_library.fails()\n"
    )
    monkeypatch.syspath_prepend(installed)
    from their_system import Mine  # type: ignore[import-not-found]  # noqa: PLC0415 - written above

    with pytest.raises(ValueError, match=r"^$") as caught:
        perform(Mine, tmp_path)

    assert [frame.shown for frame in own_frames(caught.value)][-1:] == ["their_system.py"]
