"""The exit status of a rehearsing run: 0, 1, 11 and 12 say what the verdict says, whatever pytest would have said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gladi.play.catalogue import catalogue
from tests.plugin.repository import BY_WEBHOOK, PLAYS

if TYPE_CHECKING:
    from tests.plugin.repository import Repository, Run

IDLE = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_an_hour_passes(rehearsal: Rehearsal) -> None:
    """An hour passes."""
    await rehearsal.passes(hours=1)
'''

AFTER_THE_MERGE = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_the_shops_merge(rehearsal: Rehearsal) -> None:
    """The shops merge."""
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=5)
    pass
'''


def test_a_catalogue_that_was_played_as_far_as_the_system_declares_exits_0(listened: Run) -> None:
    assert (listened.status, listened.verdict["verdict"]) == (0, "incomplete")


def test_nothing_selected_exits_11(repository: Repository) -> None:
    run = repository.rehearses("-k", "no_such_scenario", system="systems:Listener")

    assert (run.status, run.verdict["verdict"]) == (11, "nothing rehearsed")


def test_a_run_in_which_all_was_skipped_exits_11(repository: Repository) -> None:
    needing_nothing = [one.id for one in catalogue() if not one.needs]

    run = repository.rehearses("-k", " and ".join(f"not {name}" for name in needing_nothing), system="systems:Nothing")

    assert f"{PLAYS - len(needing_nothing)} skipped" in run.out
    assert (run.status, run.verdict["verdict"]) == (11, "nothing rehearsed")


def test_a_file_without_a_scenario_exits_11(repository: Repository) -> None:
    repository.holds("own.py", "A = 1\n")

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert (run.status, run.verdict["verdict"]) == (11, "nothing rehearsed")


def test_a_deselected_catalogue_exits_11_though_all_that_was_selected_passed(repository: Repository) -> None:
    run = repository.rehearses("-k", BY_WEBHOOK, system="systems:Listener")

    assert f"1 passed, {PLAYS - 1} deselected" in run.out
    assert (run.status, run.verdict["verdict"]) == (11, "incomplete")


def test_a_violation_exits_1(repository: Repository) -> None:
    repository.scenario(
        '''
        @scenario(rehearses=RULE, begins=Stage.MERGED)
        async def test_nothing_is_asserted(rehearsal: Rehearsal) -> None:
            """Nothing is asserted."""
        '''
    )

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert (run.status, run.verdict["verdict"]) == (1, "broken")
    assert run.scenarios["nothing_is_asserted"]["asserted"]


def test_an_expected_failure_is_a_failure(repository: Repository) -> None:
    repository.scenario("import pytest\n\n\n@pytest.mark.xfail" + IDLE.replace("await rehearsal.passes(hours=1)", "assert not rehearsal"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert "1 xfailed" in run.out
    assert (run.status, run.verdict["verdict"]) == (1, "broken")


def test_a_scenario_that_asks_for_what_cannot_be_exits_12(repository: Repository) -> None:
    repository.scenario(IDLE.replace("passes(hours=1)", "until(Stage.MERGED)"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    why = "RehearsalError: the shops are pending; to reach merged the seller must act first"
    assert (run.status, run.verdict["verdict"]) == (12, "harness fault")
    assert run.scenarios["an_hour_passes"]["why"] == (
        f"the scenario asks for what cannot be: {why} (own.py, line 10, in test_an_hour_passes)"
    )
    assert "this says nothing about the system" in run.out


@pytest.mark.parametrize("face", ["inprocess", "served"])
def test_a_sandbox_that_raises_exits_12_though_the_system_swallowed_the_answer(face: str, repository: Repository) -> None:
    repository.scenario(IDLE.replace("await", "rehearsal.world.shops = None\n    await"))
    repository.system(
        """
        class Mine(Nothing):
            def tick(self, now):
                address = f"{self.venue.tokopedia_url}/v1/shop/fs/{self.venue.tokopedia.fs_id}/shop-info"
                try:
                    httpx.get(address, headers={"authorization": f"Bearer {self.token()}"})
                except Exception:
                    pass
                return now + timedelta(hours=1)

            def token(self):
                keys, address = self.venue.tokopedia, f"{self.venue.tokopedia_token_url}/token?grant_type=client_credentials"
                return httpx.post(address, auth=(keys.client_id, keys.client_secret)).json()["access_token"]
        """
    )

    run = repository.rehearses("own.py", "--rehearse-face", face)

    assert (run.status, run.verdict["verdict"]) == (12, "harness fault")
    assert run.scenarios["an_hour_passes"]["why"] == (
        "HarnessFault: the sandbox raised AttributeError: 'NoneType' object has no attribute 'rows'; please report it"
    )


@pytest.mark.parametrize(
    ("fixture", "fault"),
    [
        ("def broken():\n    raise ValueError('theirs')\n", "own.py::test_an_hour_passes: setup failed"),
        ("def broken():\n    yield\n    raise ValueError('theirs')\n", "own.py::test_an_hour_passes: teardown failed"),
    ],
)
def test_a_fixture_that_raises_exits_12(fixture: str, fault: str, repository: Repository) -> None:
    repository.holds("conftest.py", f"import pytest\n\n\n@pytest.fixture(autouse=True)\n{fixture}")
    repository.scenario(IDLE)

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert (run.status, run.verdict["verdict"]) == (12, "harness fault")
    assert f"  fault          {fault}" in run.out.splitlines()


def test_a_file_that_cannot_be_collected_exits_12_where_pytest_is_told_to_go_on(repository: Repository) -> None:
    repository.scenario(IDLE)
    repository.holds("broken.py", "import no_such_module_of_scenarios\n")

    run = repository.rehearses("own.py", "broken.py", "--continue-on-collection-errors", system="systems:Nothing")

    assert (run.status, run.verdict["verdict"]) == (12, "harness fault")
    assert "  fault          broken.py: cannot be collected" in run.out.splitlines()


def test_under_strict_a_warning_fails(repository: Repository) -> None:
    repository.system(
        "class Mine(Listener):\n    def receive(self, delivery):\n        super().receive(delivery)\n        raise KeyError('shop')\n"
    )
    repository.scenario(AFTER_THE_MERGE)

    lenient, strict = (repository.rehearses("own.py", *words) for words in ((), ("--rehearse-strict",)))

    warned = "Under --rehearse-strict a warning fails."
    assert (warned in lenient.out, warned in strict.out) == (False, True)


def test_under_strict_a_piece_of_advice_that_was_not_taken_fails(repository: Repository) -> None:
    words = ("-k", "an_order_on_tokopedia_leaves_before_the_merge")

    lenient, strict = (
        repository.rehearses(*words, *more, system="examples.rogues.polls_every_minute:PollsEveryMinute")
        for more in ((), ("--rehearse-strict",))
    )

    assert (lenient.status, strict.status) == (11, 1)
    told, _, _ = strict.out.partition("short test summary info")  # where CI is set, pytest tells all of it again there
    said = [line for line in told.splitlines() if line.startswith("Get Shop Info was asked about shop-1 again")]
    assert len(said) == 3, "of dozens of one kind the first three are told"
    assert re.search(r"wait five minutes\. \(and \d\d more like it\)$", said[2])


def test_a_platform_called_by_its_own_name_beside_a_served_face_fails_the_scenario(repository: Repository) -> None:
    repository.system(
        "import urllib.request\n\n\nclass Mine(Nothing):\n    def tick(self, now):\n        try:\n"
        "            urllib.request.urlopen('https://fs.tokopedia.net/v1/shop')\n        except OSError:\n            pass\n"
    )
    repository.scenario(AFTER_THE_MERGE)

    run = repository.rehearses("own.py", "--rehearse-face", "served")

    assert run.status == 1
    assert "fs.tokopedia.net was called by a client that Gladi does not intercept" in run.out


def test_a_deed_that_the_scenario_forgot_to_need_is_one_sentence(repository: Repository) -> None:
    repository.scenario(AFTER_THE_MERGE.replace("    pass\n", "    await rehearsal.seller.sets_the_price('SKU', to=1)\n"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert run.status == 12
    assert "this needs SetsPrices, which the system does not declare; write needs=SetsPrices in the scenario" in run.out


def test_a_scenario_whose_own_assertion_fails_tells_what_happened_and_what_to_type(repository: Repository) -> None:
    repository.scenario(IDLE.replace("passes(hours=1)", "passes(hours=1)\n    assert rehearsal.webhooks.answers == [200]"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert run.status == 1
    told = run.out.partition("Captured rehearsal call")[2]
    assert "An hour passes." in told
    assert "Rehearses: " in told
    assert "Run it again: pytest --rehearse own.py --rehearse-system systems:Nothing" in told


def test_a_run_that_is_interrupted_says_where_its_unfinished_verdict_lies(repository: Repository) -> None:
    repository.scenario(IDLE.replace("passes(hours=1)", "passes(hours=1)\n    raise KeyboardInterrupt"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert (run.status, run.verdict["verdict"]) == (2, "unfinished")
    assert "  the rehearsal did not end; its verdict is unfinished: reports/verdict.json" in run.out.splitlines()
