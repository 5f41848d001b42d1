"""The registry of requirements is whole: every bullet of the rehearsal guide is asked of somebody, and nothing stands in it unasked.

`guide-anchors.json` is a copy of the first words of each bullet, by its place in the guide, with what it was turned into.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TypedDict

import pytest

from gladi.judge.requirements import EXCLUSIONS, REQUIREMENTS, UNREHEARSED, UnknownRequirementError, requirement
from gladi.play.catalogue import catalogue


class Anchor(TypedDict):
    """One bullet: where it stands, how it begins, what it asks."""

    place: str
    words: str
    asks: list[str]


ANCHORS: list[Anchor] = json.loads((Path(__file__).parent / "guide-anchors.json").read_text(encoding="utf-8"))
SOURCES = {"guide": "rehearsal guide, ", "changelog": "API changelog, ", "platform": "notices to developers, "}
BULLETS = {"overview": 6, "preparation": 9, "start": 6, "verification": 20, "faq": 7}
"""How many bullets and numbered lines (in the FAQ: questions, too) each section of the guide has."""


def test_every_bullet_of_the_guide_is_a_requirement_or_excluded_with_a_reason() -> None:
    assert Counter(anchor["place"].partition(".")[0] for anchor in ANCHORS) == BULLETS
    for anchor in ANCHORS:
        assert anchor["asks"], anchor["place"]
        assert set(anchor["asks"]) <= REQUIREMENTS.keys() | EXCLUSIONS.keys(), anchor["place"]


def test_no_bullet_is_left_out_between_two_others() -> None:
    places = [tuple(anchor["place"].split(".")) for anchor in ANCHORS]

    for *parent, number in places:
        assert len(parent) == 1 or tuple(parent) in places
        assert number == "1" or (*parent, str(int(number) - 1)) in places
    assert len(set(places)) == len(places)


def test_every_bullet_of_the_verification_is_rehearsed_and_not_excluded() -> None:
    asked = {one for anchor in ANCHORS if anchor["place"].startswith("verification") for one in anchor["asks"]}

    assert asked <= REQUIREMENTS.keys()


def test_everything_that_the_registry_has_of_the_guide_stands_in_the_guide() -> None:
    asked = {one for anchor in ANCHORS for one in anchor["asks"]}

    assert asked == {one for one in (*REQUIREMENTS, *EXCLUSIONS) if one.startswith("guide.")}


def test_of_the_changelog_nothing_is_excluded_but_what_pictures_alone_would_show() -> None:
    assert [one for one in EXCLUSIONS if not one.startswith("guide.")] == ["changelog.brand.extra-logos"]


def test_an_anchor_quotes_no_more_than_six_words() -> None:
    assert max(len(anchor["words"].split()) for anchor in ANCHORS) == 6


def test_ids_are_well_formed_and_belong_to_one_document() -> None:
    ids = [one.id for one in REQUIREMENTS.values()] + list(EXCLUSIONS)

    assert len(set(ids)) == len(ids)
    assert list(REQUIREMENTS) == [one.id for one in REQUIREMENTS.values()]
    for one in ids:
        assert re.fullmatch(r"(guide|changelog|platform)(\.[a-z]+(-[a-z]+)*){2,3}", one), one
    for asked in REQUIREMENTS.values():
        assert asked.source.startswith(SOURCES[asked.id.partition(".")[0]])


def test_texts_are_sentences_that_name_no_older_brand() -> None:
    for one in REQUIREMENTS.values():
        assert one.text.endswith(".")
        assert "TikTok" not in one.text + (one.disputed or "")


def test_no_two_requirements_are_made_from_one_id() -> None:
    judge = Path(__file__).parents[2] / "harness" / "gladi" / "judge"
    source = "".join((judge / f"{name}.py").read_text(encoding="utf-8") for name in ("guide", "changelog", "requirements"))

    written = re.findall(r'"((?:guide|changelog|platform)\.[a-z.-]+)"', source)

    assert sorted(written) == sorted([*REQUIREMENTS, *EXCLUSIONS, *UNREHEARSED])


def test_what_the_documents_contradict_is_marked_as_disputed() -> None:
    disputed = {one.id for one in REQUIREMENTS.values() if one.disputed}

    assert disputed == {
        "guide.merged.orders-in-flight",
        "guide.merged.price-and-stock-after-confirmation",
        "changelog.fulfillment.error-codes",
        "changelog.mapping.product",
        "changelog.mapping.shop",
        "changelog.status.five-minutes",
        "changelog.status.unmerge",
        "changelog.webhook.registration",
    }
    assert requirement("guide.merged.price-and-stock-after-confirmation").disputed == (
        "whether price and stock are among the product calls that wait is written nowhere"
    )


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("guide.verification.ids-agrees", "'guide.verification.ids-agrees' is no requirement; did you mean guide.verification.ids-agree"),
        ("x", f"'x' is no requirement; docs/requirements.md lists all {len(REQUIREMENTS)}"),
        (
            "guide.preparation.test-app",
            (
                "'guide.preparation.test-app' is not rehearsed: owning a test app "
                "is a matter of accounts and consoles: preflight asks for it before an attempt on real test shops"
            ),
        ),
    ],
)
def test_an_unknown_id_is_answered_with_the_right_ones(asked: str, answer: str) -> None:
    with pytest.raises(UnknownRequirementError) as unknown:
        requirement(asked)

    assert str(unknown.value).startswith(answer)
    assert isinstance(unknown.value, LookupError)


def test_every_requirement_has_a_scenario_or_says_why_not_yet() -> None:
    rehearsed = {one.id for scenario in catalogue() for one in scenario.rehearses}

    assert REQUIREMENTS.keys() - rehearsed == UNREHEARSED.keys()


def test_no_requirement_of_the_guide_waits_for_a_scenario() -> None:
    assert [name for name in UNREHEARSED if name.startswith("guide.")] == []
