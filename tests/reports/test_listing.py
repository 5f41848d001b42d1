"""What `--collect-only` shows: titles by phase, with ids; with -q a line each, with -v what each needs."""

from __future__ import annotations

import pytest

from gladi.play.catalogue import catalogue
from gladi.reports.listing import listing

NOTICED, BY_WEBHOOK = (
    next(one for one in catalogue() if one.id == name)
    for name in ("the_merge_is_noticed_though_the_webhook_is_lost", "the_merge_is_noticed_by_webhook")
)
FIRST = catalogue()[0]


class Lines(list[str]):
    """Takes the place of pytest's writer."""

    def write_line(self, line: str, **_: bool) -> None:
        self.append(line)


@pytest.fixture
def lines() -> Lines:
    """Give an empty page."""
    return Lines()


def test_scenarios_are_listed_by_phase_with_title_and_id(lines: Lines) -> None:
    listing(lines, [BY_WEBHOOK, FIRST], verbosity=0)

    assert lines == [
        "1 Before the merge",
        f"  {FIRST.title}",
        f"      -k {FIRST.id}",
        "3 After the merge",
        "  The system subscribed to the merge webhook, receives it and takes it",
        "      -k the_merge_is_noticed_by_webhook",
    ]


def test_a_scenario_that_is_played_several_times_is_listed_once(lines: Lines) -> None:
    listing(lines, [FIRST, FIRST, FIRST], verbosity=0)

    assert lines[1:] == [f"  {FIRST.title}", f"      -k {FIRST.id}  (played 3 times)"]


def test_quietly_each_is_a_line_of_three_columns(lines: Lines) -> None:
    listing(lines, [FIRST, FIRST, BY_WEBHOOK], verbosity=-1)

    assert [line.split("\t") for line in lines] == [[str(one.phase), one.id, one.title] for one in (FIRST, BY_WEBHOOK)]


def test_verbosely_what_a_scenario_needs_stands_below_it(lines: Lines) -> None:
    listing(lines, [NOTICED, BY_WEBHOOK], verbosity=1)

    assert [line for line in lines if "needs" in line] == ["      needs LinksShops"]
