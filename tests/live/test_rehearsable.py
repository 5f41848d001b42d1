"""The count of docs/live.md: it is of the catalogue as it is, and adds up. `python -m tests.live.rehearsable` plays and writes it."""

from __future__ import annotations

import re

from gladi.play.catalogue import catalogue
from tests.live.rehearsable import BEGINS, ENDS, PAGE, Played, written

COUNTED = PAGE.read_text(encoding="utf-8").partition(f"{BEGINS}\n")[2].partition(ENDS)[0]
COMMAND = "write it anew: python -m tests.live.rehearsable"


def test_the_page_counts_the_catalogue_as_it_is() -> None:
    named = re.findall(r"`(\w+)`", COUNTED)

    found = re.match(r"(\d+) of (\d+) scenarios", COUNTED)
    assert found is not None
    assert (int(found[1]), int(found[2])) == (len(named), len(catalogue())), COMMAND
    assert len(set(named)) == len(named)
    assert set(named) <= {one.id for one in catalogue()}, COMMAND


def test_the_page_says_of_every_other_scenario_why_it_is_left_out() -> None:
    left_out = sum(int(count) for count in re.findall(r"^\| it .* \| (\d+) \|$", COUNTED, re.MULTILINE))

    assert left_out + len(re.findall(r"`\w+`", COUNTED)) == len(catalogue()), COMMAND


def test_a_reason_that_nobody_has_put_into_words_stands_as_it_was_said() -> None:
    every = [Played(one) for one in catalogue()]
    every[0] = Played(every[0].scenario, why="the moon is in the way")
    every[1] = Played(every[1].scenario, why="it lets 5 hours pass, which pass really here, and a run waits 2 hours at once at most")

    said = written(every)

    assert said.startswith(f"{len(every) - 2} of {len(every)} scenarios can be rehearsed on a test shop")
    assert "| it waits for more than two hours at once | 1 |\n| the moon is in the way | 1 |" in said
