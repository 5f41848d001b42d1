"""What a system or a scenario raises: told as a story of its own frames, with the platform's last answer and no source of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_story import failure_of

if TYPE_CHECKING:
    from tests.plugin.repository import Repository, Run

CARELESS = """
class Mine(Listener, SeesOrders):
    def tick(self, now):
        self.polls("verysecret")
        return now + timedelta(hours=1)

    def polls(self, token):
        address = f"{self.venue.tokopedia_url}/v1/shop/fs/{self.venue.tokopedia.fs_id}/shop-info"
        httpx.get(address, params={"access_token": token}).raise_for_status()

    def orders(self):
        return []
"""

IDLE = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_hours_pass(rehearsal: Rehearsal) -> None:
    """Hours pass."""
    {body}
'''

AGAIN = "Run it again: pytest --rehearse own.py --rehearse-system mine:Mine --rehearse-seed 0 --rehearse-face inprocess -k hours_pass"


def hours(repository: Repository, *words: str, body: str = "await rehearsal.passes(hours=2)", system: str = "mine:Mine") -> Run:
    repository.scenario(IDLE.format(body=body))
    return repository.rehearses("own.py", *words, system=system)


def test_what_the_system_raises_is_told_whole(repository: Repository) -> None:
    repository.system(CARELESS)

    run = hours(repository)

    sentence = (
        "the system raised HTTPStatusError: Client error '401 Unauthorized' for url "
        "'https://fs.tokopedia.net/v1/shop/fs/13000/shop-info?access_token=***' (mine.py, line 12, in polls)"
    )
    assert (run.status, run.verdict["verdict"]) == (1, "broken")
    assert (run.scenarios["hours_pass"]["why"], run.scenarios["hours_pass"]["raised"]) == (sentence, "HTTPStatusError")
    assert (
        failure_of(run)
        == f"""\
{sentence}

    mine.py:7 in tick
        self.polls("verysecret")
    mine.py:12 in polls
        httpx.get(address, params={{"access_token": ***}}).raise_for_status()

The platform's last answer: Mon 09:00  tokopedia.get_shop_info, GET /v1/shop/fs/13000/shop-info  401 (no token)

                  … calls and polls
  → Mon 09:00  GET /v1/shop/fs/13000/shop-info  401 (no token)

{AGAIN}
"""
    )


@pytest.mark.parametrize("words", [("--full-trace",), ("--tb=long",), ("--tb=short",)])
def test_the_real_traceback_is_given_to_who_asks_for_it_and_the_story_beside_it(words: tuple[str, ...], repository: Repository) -> None:
    repository.system(CARELESS)

    run = hours(repository, *words)

    assert "httpx.HTTPStatusError" in run.out
    assert "httpx/_models.py:" in run.out
    assert "The platform's last answer: " in run.out.partition("Captured rehearsal call")[2]


def test_a_factory_that_raises_is_told_by_its_place_and_its_cause(repository: Repository) -> None:
    repository.system(
        """
        class Mine(Nothing):
            def __init__(self, venue):
                try:
                    {}["shop"]
                except KeyError as missing:
                    raise RuntimeError("password=hunter2 is wrong") from missing
        """
    )

    run = hours(repository)

    assert (
        failure_of(run)
        == f"""\
the system raised RuntimeError: password=*** is wrong (mine.py, line 10, in __init__)

    mine.py:10 in __init__
        raise RuntimeError("password=*** is wrong") from missing
    because of KeyError: 'shop'

The platform was not asked anything before.

{AGAIN}
"""
    )


@pytest.mark.parametrize("face", ["inprocess", "served"])
@pytest.mark.parametrize("client", ["httpx.Client()", "httpx.Client(transport=venue.transport() if venue.transport else None)"])
def test_a_system_that_dies_of_a_lost_answer_is_broken_whatever_stands_before_it(face: str, client: str, repository: Repository) -> None:
    repository.system(
        f"""
        class Mine(Nothing):
            def __init__(self, venue):
                self.venue, self.client = venue, {client}

            def tick(self, now):
                keys = self.venue.tokopedia
                address = f"{{self.venue.tokopedia_token_url}}/token?grant_type=client_credentials"
                self.client.post(address, auth=(keys.client_id, keys.client_secret))
                return now + timedelta(hours=1)
        """
    )

    run = hours(
        repository,
        "--rehearse-face",
        face,
        body="rehearsal.trouble.loses_the_answer(to='tokopedia.get_token')\n    await rehearsal.passes(hours=2)",
    )

    assert (run.status, run.verdict["verdict"]) == (1, "broken")
    assert run.scenarios["hours_pass"]["why"] == (
        "the system raised RemoteProtocolError: Server disconnected without sending a response. (mine.py, line 12, in tick)"
    )
    assert "tokopedia.get_token, POST /token  was done, and its answer lost\n" in failure_of(run)
    assert "gladi/" not in failure_of(run)
    assert "because of" not in failure_of(run), "in the words of httpx and of the library beneath it"


def test_a_scenario_that_is_written_wrongly_is_told_by_its_line_without_our_source(repository: Repository) -> None:
    run = hours(repository, body="await rehearsal.passes(hours='x')", system="systems:Nothing")

    assert run.status == 12
    assert failure_of(run).startswith(
        "the scenario is written wrongly: TypeError: unsupported type for timedelta hours component: str "
        "(own.py, line 10, in test_hours_pass)\n\n    own.py:10 in test_hours_pass\n        await rehearsal.passes(hours='x')\n\n"
    )
    assert "If the line is right, Gladi is wrong: --full-trace shows where it raised this; please report it.\n" in failure_of(run)
    assert "gladi/" not in failure_of(run)


def test_a_scenario_that_raises_by_itself_is_told_by_its_line(repository: Repository) -> None:
    run = hours(repository, body="await rehearsal.passes(hours=1)\n    {}['a']", system="systems:Nothing")

    assert run.status == 1
    assert failure_of(run).startswith("the scenario raised KeyError: 'a' (own.py, line 11, in test_hours_pass)\n")


def test_what_the_system_does_after_it_raised_is_not_told(repository: Repository) -> None:
    repository.system(CARELESS.replace('self.polls("verysecret")', 'now.hour > 2 and self.polls("verysecret")'))

    run = hours(repository)

    assert "  … 3 calls\n  → Mon 10:00  GET /v1/shop/fs/13000/shop-info  401 (no token)\n\nRun it again" in run.out
