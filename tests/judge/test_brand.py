"""The older brand is found wherever a person reads it, once, and quoted; the API's own name and addresses are left aside."""

from __future__ import annotations

import pytest

from gladi.judge.bench import Outcome
from gladi.judge.brand import older_brand
from tests.judge.test_invariants import Play

RULE = "the_older_brand_is_nowhere_shown"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Sold on TikTok Shop", "Sold on TikTok Shop"),
        ("Platform: TIKTOK_SHOP", "Platform: TIKTOK_SHOP"),
        ("tik-tok", "tik-tok"),
        ("Tik Tok", "Tik Tok"),
        ("TikTok Shop Open API or TikTok", "TikTok Shop Open API or TikTok"),
        (f"{'a' * 40} TikTok\n{'b' * 40}", f"…{'a' * 29} TikTok {'b' * 29}…"),
    ],
)
def test_the_older_brand_is_quoted_with_what_stands_around_it(text: str, quoted: str) -> None:
    assert older_brand(text) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "Tokopedia & Shop",
        "Sticky tokens",
        "The TikTok Shop Open API refused it.",
        "TikTok Shop APIs",
        "See https://www.tiktok.com/asdsfe1c",
        "at partner.tiktokshop.com/docv2",
        "",
    ],
)
def test_what_may_bear_the_name_is_left_aside(text: str) -> None:
    assert older_brand(text) is None


def test_a_notice_that_bears_it_is_told_once_however_often_it_is_read() -> None:
    play = Play()
    notices = ({"about": "SKU-1", "text": "It waits."}, {"about": "SKU-1", "text": "TikTok Shop refused it."})
    for _ in range(2):
        play.journal.showed("TellsSeller", notices)

    judged = play.judged(RULE)

    assert [(one.text, one.entries) for one in judged.violations] == [
        ("what the seller reads about SKU-1 bears the older brand: “TikTok Shop refused it.”; write Tokopedia & Shop.", (1,))
    ]
    assert judged.chances == 2


@pytest.mark.parametrize("row", [{"name": "TikTok status", "text": "live"}, {"name": "App", "text": "TIKTOK_SHOP"}])
def test_a_field_bears_it_in_its_name_or_its_text(row: dict[str, str]) -> None:
    play = Play()
    play.journal.showed("TellsSeller.fields", ({"about": "577", **row},))

    violation = play.judged(RULE).violations[0]

    assert (
        violation.text
        == f"what the seller reads about 577, {row['name']} bears the older brand: “{row['name']} {row['text']}”; write Tokopedia & Shop."
    )


def test_a_document_that_bears_it_is_named_with_the_place() -> None:
    play = Play()
    about = {"order": "INV-001", "document": "invoice"}
    play.journal.showed(
        "PrintsDocuments", ({**about, "lines": "9"}, {**about, "place": "page 1, line 3", "text": "Thanks from TikTok Shop"})
    )

    violation = play.judged(RULE).violations[0]

    assert (
        violation.text
        == "the invoice of order INV-001, page 1, line 3 bears the older brand: “Thanks from TikTok Shop”; write Tokopedia & Shop."
    )
    assert (violation.order, violation.entries) == ("INV-001", (1,))


def test_what_is_not_shown_to_people_is_not_looked_at() -> None:
    play = Play()
    play.journal.showed("SeesOrders", ({"platform": "TIKTOK_SHOP", "text": "TikTok"},))

    assert play.outcome(RULE) is Outcome.NOT_REHEARSED


def test_a_document_without_it_is_a_chance_that_was_not_taken() -> None:
    play = Play()
    play.journal.showed("PrintsDocuments", ({"order": "INV-001", "document": "invoice", "lines": "9", "read": "yes"},))

    assert play.outcome(RULE) is Outcome.UPHELD


@pytest.mark.parametrize("row", [{"lines": "0", "read": "no"}, {"lines": "0", "read": "yes"}], ids=["a picture", "an empty page"])
def test_a_document_of_which_nothing_was_read_is_no_chance(row: dict[str, str]) -> None:
    play = Play()
    play.journal.showed("PrintsDocuments", ({"order": "INV-001", "document": "invoice", **row},))

    assert play.outcome(RULE) is Outcome.NOT_REHEARSED


def test_in_print_the_name_of_the_api_counts_and_an_address_does_not() -> None:
    assert older_brand("TikTok Shop API invoice", in_print=True) == "TikTok Shop API invoice"
    assert older_brand("Seen at www.tiktok.com/shop", in_print=True) is None


def test_a_letterhead_that_names_the_api_bears_the_older_brand() -> None:
    play = Play()
    about = {"order": "INV-001", "document": "invoice"}
    play.journal.showed(
        "PrintsDocuments", ({**about, "lines": "9", "read": "yes"}, {**about, "place": "line 1", "text": "TikTok Shop Open API invoice"})
    )

    assert play.outcome(RULE) is Outcome.BROKEN
