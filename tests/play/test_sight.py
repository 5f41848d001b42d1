"""What the seller sees of one thing: names and texts, in whatever words a system has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi import SHOP, TOKOPEDIA, Rehearsal, TellsSeller
from gladi.play.faults import SystemFault
from gladi.play.sight import Sight, app_named, says
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gladi import Notice, Platform


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


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("Price preview: Rp149.000", "pre", False),
        ("PRE_ORDER: 14 days", "pre", True),
        ("Pre-sale: 14 days", "pre", True),
        ("There is no  collection\ntime.", "no collection time", True),
        ("Sent to GLD12", "GLD1", False),
        ("3 to 30 days.", "30", True),
        ("3-30 days", "30", True),
        ("Refused at 14:30", "30", False),
        ("Refused at 14:30", "14", False),
        ("130 days", "30", False),
        ("300 days", "30", False),
        ("Rp500", "500", True),
        ("Rp500,00", "500", True),
        ("Rp500.750", "500", False),
        ("Rp1.500", "500", False),
        ("latitude -6.2088, longitude 106.8", "-6.2", False),
        ("latitude -6.2, longitude 106.8", "-6.2", True),
    ],
)
def test_a_word_is_said_as_a_whole_and_so_is_a_number(text: str, word: str, *, said: bool) -> None:
    assert says(text, word) is said


def test_of_several_words_for_one_thing_one_will_do_beside_all_the_others() -> None:
    refused = ("refused", "not sent")

    assert [says(text, refused, "card") for text in ("The card was not sent.", "Card: refused", "It was refused.", "A card.")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "app"),
    [
        ("Refused in the app of Tokopedia", TOKOPEDIA),
        ("Refused by Tokopedia & Shop", SHOP),
        ("TOKOPEDIA&SHOP refused", SHOP),
        ("Tokopedia & Shop: refused in the app of Tokopedia", TOKOPEDIA),
        ("Refused", None),
    ],
)
def test_the_platforms_name_is_an_apps_where_tokopedia_is_not_named_beside_it(text: str, app: Platform | None) -> None:
    assert app_named(text) is app


def test_a_sight_says_of_which_apps_it_says_something() -> None:
    both = Sight("MUG-1", {"In the app of Tokopedia": "deactivated", "In the app of Tokopedia & Shop": "deactivated", "Status": "frozen"})

    assert [both.says_where("deactivated"), SIGHT.says_where("deactivated"), both.says_where("frozen")] == [
        {TOKOPEDIA, SHOP},
        {TOKOPEDIA},
        set(),
    ]


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
