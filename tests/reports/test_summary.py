"""The plain page says of a verdict all that is in it: no number, badge or warning of it is another run's."""

from __future__ import annotations

import re
from html import unescape

import pytest
from msgspec.structs import replace

from gladi.judge.bench import Outcome
from gladi.judge.verdict import InvariantResult, Notice, Overall, ScenarioResult, Verdict, sum_up
from gladi.record.words import Level
from gladi.reports.summary import summary

ORDERS, WEBHOOK = "guide.overview.ships-once", "changelog.status.webhook"
AGREES = {"shop": "shop-1", "field": "toko_shop_id", "verdict": "agree", "why": "the same digits"}
DIFFERS = {"shop": "shop-1", "field": "tts_seller_id", "verdict": "differ", "why": "other digits"}


def scenario(name: str, outcome: Outcome, **fields: object) -> ScenarioResult:
    filed = {"phase": "during_merge", "platform": "Both platforms", "process": "orders", "rehearses": (WEBHOOK,), "title": f"Of {name}"}
    return ScenarioResult(id=name, outcome=outcome, **(filed | fields))  # type: ignore[arg-type]  # fields of many types


def said(rule: str, outcome: Outcome, chances: int) -> InvariantResult:
    return InvariantResult(id=rule, outcome=outcome, chances=chances)


RESULTS = (
    scenario(
        "leaves_once",
        Outcome.BROKEN,
        rehearses=(ORDERS,),
        why="order INV-1 left 2 times.",
        cells={"origin/origin": Outcome.UPHELD, "both/both": Outcome.BROKEN, "neither/shop": Outcome.NOT_REHEARSED},
        invariants=(said("an_order_leaves_once", Outcome.BROKEN, 2), said("shop_info_every_five_minutes", Outcome.BROKEN, 1)),
        ids=(AGREES, DIFFERS),
    ),
    scenario(
        "is_noticed",
        Outcome.UPHELD,
        findings=(Notice(level=Level.WARNING, about="receive", text="receive raised <Oops>"),),
        invariants=(said("an_order_leaves_once", Outcome.UPHELD, 1), said("the_merge_is_noticed", Outcome.UPHELD, 4)),
        ids=(AGREES,),
    ),
    scenario("is_never_played", Outcome.NOT_REHEARSED),
)
VERDICT = Verdict(
    verdict=Overall.BROKEN,
    gladi="0.1.0",
    target="sandbox",
    face="inprocess",
    seed=7,
    strict=True,
    in_flight="every",
    system={"adapter": "our.system:System", "version": "2.0", "capabilities": []},
    commit={"id": "abc123", "dirty": True},
    catalogue="x",
    scenarios=RESULTS,
    invariants=sum_up(RESULTS),
    finished_at="2025-03-03T00:00:00+00:00",
)


def rows_of(verdict: Verdict, anchor: str) -> list[list[str]]:
    """Give the rows of a section as a reader sees them: the text of each cell, a line break as ` | `. The verdict itself has no anchor."""
    page = summary(verdict, [], {})
    part = page.partition("<h2")[0] if not anchor else page.partition(f'<h2 id="{anchor}">')[2].partition("<h2")[0]
    rows = [re.findall("<td>(.*?)</td>", row, re.DOTALL) for row in re.findall("<tr>(.*?)</tr>", part, re.DOTALL)]
    return [[unescape(re.sub("<[^>]*>", "", cell.replace("<br>", " | "))) for cell in row] for row in rows if row]


def test_what_was_in_force_stands_at_the_top() -> None:
    assert rows_of(VERDICT, "") == [
        ["system", "our.system:System 2.0"],
        ["commit", "abc123 with changes that are not committed"],
        ["target", "sandbox, face inprocess"],
        ["seed", "7"],
        ["orders in flight", "every"],
        ["assumed otherwise", "nothing"],
        ["trouble", "off"],
        ["strict", "yes"],
        ["gladi", "0.1.0"],
        ["finished", "2025-03-03T00:00:00+00:00"],
    ]


def test_a_clean_run_that_was_not_strict_says_neither() -> None:
    told = dict(rows_of(replace(VERDICT, strict=False, commit={"id": "abc123", "dirty": False}), ""))

    assert (told["strict"], told["commit"]) == ("no", "abc123")


def test_a_scenario_is_told_with_the_cells_in_which_it_failed_and_with_its_warnings() -> None:
    told = {row[1]: (row[0], row[4]) for row in rows_of(VERDICT, "scenarios")}

    assert told == {
        "Of leaves_once": ("broken", "order INV-1 left 2 times. | in flight: both/both broken, neither/shop not rehearsed"),
        "Of is_noticed": ("upheld", " | warned: receive raised <Oops>"),
        "Of is_never_played": ("not rehearsed", ""),
    }


@pytest.mark.parametrize(("strict", "advice"), [(True, "broken"), (False, "warned")])
def test_an_invariant_is_told_with_its_chances_and_where_it_was_broken(strict: bool, advice: str) -> None:  # noqa: FBT001 - a parameter
    told = {row[1].rpartition(" | ")[2]: (row[0], *row[2:4]) for row in rows_of(replace(VERDICT, strict=strict), "rules")}

    assert told["an_order_leaves_once"] == ("broken", "3", "leaves_once")
    assert told["the_merge_is_noticed"] == ("upheld", "4", "")
    assert told["shop_info_every_five_minutes"] == (advice, "1", "leaves_once")
    assert told["no_paid_order_is_lost"] == ("not rehearsed", "0", "")


def test_ids_that_differ_bear_another_badge_and_each_is_told_with_its_scenarios() -> None:
    assert rows_of(VERDICT, "ids") == [
        ["upheld", "shop-1", "toko_shop_id", "agree: the same digits", "2"],
        ["broken", "shop-1", "tts_seller_id", "differ: other digits", "1"],
    ]


def test_a_requirement_that_was_rehearsed_by_half_is_not_upheld_and_what_is_nought_is_not_counted() -> None:
    told = {row[1].split(" | ")[1]: row[0] for row in rows_of(VERDICT, "coverage") if len(row) > 2}

    assert (told[ORDERS], told[WEBHOOK]) == ("broken", "not rehearsed")
    assert re.findall(r"(\d+) requirements: ([^<]*)", summary(VERDICT, [], {})) == [
        (str(len(told)), f"1 broken, {len(told) - 1} not rehearsed.")
    ]
