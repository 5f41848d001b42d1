"""What the seller sees of one thing: names and texts, in whatever words a system has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi import Rehearsal, TellsSeller
from gladi.play.faults import SystemFault
from gladi.play.sight import Sight
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gladi import Notice


class Telling(Quiet, TellsSeller):
    """A system that shows one field of everything."""

    def notices(self) -> Sequence[Notice]:
        """Tell nothing."""
        return []

    def fields(self, about: str) -> Mapping[str, str]:
        """Show one field."""
        return {"Fee": f"of {about}"}


class Mumbling(Telling):
    """A system that shows a number where a text belongs."""

    def fields(self, about: str) -> Mapping[str, str]:
        """Show a number."""
        return {about: 500}  # type: ignore[dict-item]  # that is what it is for


SIGHT = Sight("MUG-1", {"Status on Tokopedia": "SELLER_DEACTIVATED", "Status on Tokopedia & Shop": "live"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tokopedia", "seller deactivated"), True),
        (("Tokopedia & Shop", "Live"), True),
        (("Tokopedia & Shop", "deactivated"), False),
        (("frozen",), False),
    ],
)
def test_a_sight_says_what_one_field_says_as_a_whole(words: tuple[str, ...], *, said: bool) -> None:
    assert SIGHT.says(*words) is said


def test_what_the_seller_sees_is_noted_in_the_journal(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.sees("MUG-1")

    rehearsal = perform(Telling, tmp_path, body)

    assert [row for entry in rehearsal.journal.entries for row in getattr(entry, "rows", ()) if row.get("name") == "Fee"] == [
        {"about": "MUG-1", "name": "Fee", "text": "of MUG-1"}
    ]


def test_a_field_that_is_no_text_is_the_systems_fault(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.sees("MUG-1")

    with pytest.raises(SystemFault, match=r"fields answered {'MUG-1': 500} for 'MUG-1'; return a mapping of names to texts"):
        perform(Mumbling, tmp_path, body)
