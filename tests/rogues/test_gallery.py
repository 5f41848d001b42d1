"""The gallery has every bug that was asked for, each is caught by something, and what is kept of the searches is still so."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from docs import gallery as page
from examples.rogues import GALLERY
from gladi.judge.invariants import INVARIANTS
from gladi.play.exploring.search import EXAMPLES, STEPS
from tests.rogues.company import ROGUES
from tests.rogues.gallery import HUNG, kept, main, search
from tests.rogues.matrix import kept as kept_matrix

if TYPE_CHECKING:
    from pathlib import Path

_BUGS = 26
_SOON = range(2, 10)
"""The plays in which a rogue of the sample was found: not in the first, which shows little, nor so late that it takes long."""


def sample() -> list[str]:
    """Choose three whose search is short, the same in every run of every checkout."""
    soon = sorted(rogue for rogue, sought in kept().rogues.items() if sought.play in _SOON)
    return Random("gallery").sample(soon, 3)


def test_every_bug_hangs_in_the_gallery_with_a_rogue_that_has_it() -> None:
    bugs = {bug for bug, _ in GALLERY}

    printed = "\n".join(page.gallery())

    assert len(bugs) == _BUGS
    assert set(HUNG) - set(ROGUES) == set()
    assert [(bug, rogue) for bug, rogue in GALLERY if f"| {bug} | [`{rogue}`](../examples/rogues/{rogue}.py) |" not in printed] == []


@pytest.mark.parametrize("rogue", HUNG)
def test_what_hangs_in_the_gallery_is_caught_by_a_scenario(rogue: str) -> None:
    assert kept_matrix()[rogue]


def test_what_is_kept_is_of_these_rogues_and_of_a_search_with_its_defaults() -> None:
    ids = {kind.id for kind in INVARIANTS}

    searches = kept()

    assert (sorted(searches.rogues), searches.plays, searches.steps) == (HUNG, EXAMPLES, STEPS)
    for rogue, sought in searches.rogues.items():
        assert (sought.broke is None) == (sought.play is None), rogue
        assert sought.broke is None or (sought.broke in ids and sought.play in range(1, EXAMPLES + 1)), rogue


@pytest.mark.parametrize("rogue", sample())
def test_a_search_finds_what_is_kept_of_it_in_the_same_play(rogue: str) -> None:
    sought = search(rogue)

    assert sought == kept().rogues[rogue], "run `python -m tests.rogues.gallery`"


def test_searches_of_other_rogues_than_hang_there_are_not_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = json.loads(page._KEPT.read_text(encoding="utf-8"))
    there["rogues"]["is_gone"] = there["rogues"].pop("ships_twice")
    (tmp_path / "gallery.json").write_text(json.dumps(there))
    monkeypatch.setattr(page, "_KEPT", tmp_path / "gallery.json")

    with pytest.raises(SystemExit) as caught:
        list(page.gallery())

    assert str(caught.value) == (
        "gallery.json is not about the rogues of the gallery: `is_gone`, `ships_twice` stand in one of the two alone; "
        "run `python -m tests.rogues.gallery`"
    )


def test_who_asks_for_a_rogue_that_does_not_hang_there_reads_which_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ships_thrice"])

    assert "ships_thrice does not hang in the gallery; write some of adds_a_row_per_webhook, " in capsys.readouterr().err
