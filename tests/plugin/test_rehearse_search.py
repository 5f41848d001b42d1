"""`--rehearse-search` adds one item, whose result stands in the verdict and in the exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.repository import Repository

SMALL = ("--rehearse-search", "--rehearse-search-examples", "3", "--rehearse-search-steps", "2", "--rehearse-search-seed", "0")


def test_a_search_that_finds_a_breach_fails_by_its_story_and_writes_a_scenario(repository: Repository) -> None:
    run = repository.rehearses(*SMALL, "-k", "the_search", "--alluredir", "allure", system="systems:Nothing")

    (search,) = run.verdict["searches"]
    assert (run.status, run.verdict["verdict"], search["outcome"]) == (1, "broken", "broken")
    assert search["broken"] == "the_merge_is_noticed"
    assert search["scenario"] in run.out
    assert "Run the search again: pytest --rehearse" in run.out
    attached = {
        name["name"] for path in (run.folder / "allure").glob("*-result.json") for name in json.loads(path.read_text())["attachments"]
    }
    assert "the play as a scenario" in attached


def test_a_search_that_missed_something_is_not_rehearsed_and_says_what(repository: Repository) -> None:
    tiny = (*SMALL, "--rehearse-search-examples", "1", "--rehearse-search-steps", "1", "--rehearse-search-seed", "1")

    run = repository.rehearses(*tiny, "--rehearse-trouble", "off", "-k", "the_search", system="systems:Listener")

    (search,) = run.verdict["searches"]
    assert (run.status, search["outcome"]) == (11, "not rehearsed")
    assert search["trouble"] == "off"
    assert "an id above 2^53" in search["missed"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--rehearse-search-examples", "none"),
            "--rehearse-search-examples: 'none' is no number of a search; write a whole number from 1",
        ),
        (("--rehearse-target", "recorded"), "--rehearse-search: a search plays on the sandbox alone; leave --rehearse-target recorded out"),
    ],
)
def test_a_wrong_option_of_the_search_is_one_sentence(repository: Repository, options: tuple[str, ...], sentence: str) -> None:
    run = repository.rehearses("--rehearse-search", *options, system="systems:Nothing")

    assert run.status == 4
    assert [line for line in run.errors if sentence in line]
