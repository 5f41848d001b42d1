"""What a rehearsing run says on the terminal: what was in force, and what was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.plugin.repository import BY_WEBHOOK, SHIPPED

if TYPE_CHECKING:
    from tests.plugin.repository import Repository, Run


def test_the_header_says_what_is_in_force(listened: Run) -> None:
    assert listened.out.splitlines()[2:5] == [
        f"rehearsal: {SHIPPED} scenarios of the merge into Tokopedia & Shop, target sandbox",
        "in force: face inprocess, seed 0, in flight every",
        "system: systems:Listener declares no capability",
    ]


def test_the_header_says_what_was_chosen(repository: Repository) -> None:
    repository.settings |= {"rehearse_seed": "3", "rehearse_strict": "true"}
    repository.system("class Mine(Nothing, ShipsOrders, SeesOrders):\n    def ship(self, order): ...\n    def orders(self): return []\n")

    run = repository.rehearses("--rehearse-in-flight", "both/shop", "--rehearse-seed", "4", "-k", "nothing")

    assert run.out.splitlines()[2:5] == [
        f"rehearsal: {SHIPPED} scenarios of the merge into Tokopedia & Shop, target sandbox",
        "in force: face inprocess, seed 4, in flight both/shop, strict",
        "system: mine:Mine declares SeesOrders, ShipsOrders",
    ]


def test_the_summary_says_what_was_found(listened: Run) -> None:
    lines = listened.out.splitlines()
    summary = lines[next(n for n, line in enumerate(lines) if line.strip("=") == " rehearsal ") + 1 :]

    assert [line.split()[:4] for line in summary[:5]] == [
        [],
        ["1", "Before", "the", "merge"],
        ["2", "During", "the", "merge"],
        ["3", "After", "the", "merge"],
        [],
    ]
    counted = [int(number) for line in summary[1:4] for number in re.findall(r"(\d+) (?:upheld|not rehearsed)", line)]
    assert sum(counted) == SHIPPED
    assert "  upheld         A system is told of a merge within the hour, by the webhook or by asking for itself (1 chance)" in summary
    assert "  not rehearsed  An order leaves the warehouse once, whichever platform was asked (0 chances)" in summary
    assert any(
        line.startswith("  not rehearsed: Listener does not declare EditsProducts: a_description_reaches_both_platforms_before_the_merge, ")
        for line in summary
    )
    assert summary[-3:-1] == [
        "  verdict: INCOMPLETE: what was rehearsed was upheld, but not everything was rehearsed",
        "  written to reports/verdict.json; journals in reports/journals; `gladi report` makes a page",
    ]


@pytest.mark.parametrize("quiet", [("-qq",), ("--no-header", "--no-summary"), ("--tb=no", "-v"), ("-p", "no:terminal")])
def test_a_quiet_run_finds_the_same(quiet: tuple[str, ...], repository: Repository) -> None:
    run = repository.rehearses("-k", BY_WEBHOOK, *quiet, system="systems:Nothing")

    assert (run.status, run.err) == (1, "")
    assert run.verdict["verdict"] == "broken"
    assert ("verdict: BROKEN" in run.out) is ("no:terminal" not in quiet)


def test_what_was_asked_for_and_is_not_imitated_is_told_at_the_end(repository: Repository) -> None:
    repository.system(
        "class Mine(Nothing):\n"
        "    def __init__(self, venue):\n"
        "        import httpx\n"
        "        httpx.post(f'{venue.shop_url}/product/202309/brands', json={})\n"
    )

    run = repository.rehearses("-k", BY_WEBHOOK)

    assert "  warning        asked for, not imitated: POST /product/202309/brands on Tokopedia & Shop; " in run.out
