"""The way into a run on the live target: what it stands on has to agree before the first scenario, or it is one sentence."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.attempts.account import Account
from gladi.attempts.events import Kind
from gladi.attempts.policy import TestShop
from gladi.attempts.sightings import Sightings
from gladi.attempts.spendable import UnspendableError
from gladi.faces.guard import Guard
from gladi.play.live.ground import Post
from gladi.play.scenario import of, scenario
from gladi.record.wire import Host, Response
from gladi.record.words import Stage, TroubleLevel
from gladi.session.live import LiveStage, grounded, opened
from tests.live.stand_in import StandIn, repository_of, serves

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from gladi.record.wire import Request
    from tests.attempts.repository import Repository

NAME = "Toko Melati"
URL, PORT = "GLADI_LIVE_WEBHOOK_URL", "GLADI_LIVE_WEBHOOK_PORT"
OURS = {
    "GLADI_LIVE_FS_ID": "13000",
    "GLADI_LIVE_CLIENT_ID": "id",
    "GLADI_LIVE_CLIENT_SECRET": "secret",
    "GLADI_LIVE_WEBHOOK_SECRET": "hook",
    "GLADI_LIVE_APP_KEY": "key",
    "GLADI_LIVE_APP_SECRET": "app",
    "GLADI_LIVE_REFRESH_TOKENS": "R-0",
}
"""Credentials for the platforms themselves, which no test gets as far as to call."""


class Nobody:
    """No terminal."""

    is_there = False

    def shows(self, text: str) -> None:
        """Show nothing."""

    def asks(self, question: str) -> str | None:
        """Hear nothing."""

    def breaks_off(self) -> None:
        """Ask nothing more."""


@pytest.fixture
def stand_in(tmp_path: Path) -> Generator[StandIn]:
    with serves(tmp_path, "--seed", "7", "--assume", "merge_takes_at_most=4h") as found:
        yield found


@pytest.fixture
def repository(tmp_path: Path, stand_in: StandIn) -> Repository:
    return repository_of(tmp_path / "repository", stand_in)


def attempts(repository: Repository, stand_in: StandIn, *, tokopedia: int | None = None, shop: str | None = None) -> Path:
    """Have an attempt open with the stand-in's shop, or with one that bears another id in gladi.toml; give the folder."""
    real = stand_in.room.sandbox.world.all_shops()[0]
    policy = repository.root / "gladi.toml"
    tokopedia = tokopedia or real.tokopedia_id
    said = policy.read_text().replace(str(real.tokopedia_id), str(tokopedia)).replace(real.shop_id, shop or real.shop_id)
    policy.write_text(said.replace(real.name, NAME))
    with repository.ledger() as ledger:
        ledger.attest(f"test-shop-{tokopedia}", "Ayu", date.max)
        ledger.open(f"{NAME} ({tokopedia})", by="Ayu")
    return repository.root


def refused(root: Path, environment: dict[str, str]) -> str:
    """Be refused, with one sentence; no name of a platform is resolved meanwhile."""
    with Guard() as guard, pytest.raises(UnspendableError) as sentence, grounded(root, environment, Nobody()):
        pass
    assert guard.hits == []
    return str(sentence.value)


def test_a_shop_that_both_apis_answer_for_is_the_ground(repository: Repository, stand_in: StandIn) -> None:
    root = attempts(repository, stand_in)

    with grounded(root, stand_in.environment, Nobody()) as ground:
        found = ground.shop

    real = stand_in.room.sandbox.world.all_shops()[0]
    assert found == (real.tokopedia_id, real.shop_id, NAME)


def test_a_shop_that_the_app_does_not_serve_on_tokopedia_is_none(repository: Repository, stand_in: StandIn) -> None:
    root = attempts(repository, stand_in, tokopedia=77)

    assert refused(root, stand_in.environment) == "the app serves no shop 77 on Tokopedia, which gladi.toml names as Toko Melati"


def test_a_shop_that_has_not_authorized_the_app_is_none(repository: Repository, stand_in: StandIn) -> None:
    root = attempts(repository, stand_in, shop="7495000000000000099")

    assert refused(root, stand_in.environment) == (
        "the shop could not be looked at: no seller has authorized the app with the shop 7495000000000000099 of Toko Melati"
    )


def test_a_merge_that_the_ledger_does_not_know_has_to_be_recorded_first(repository: Repository, stand_in: StandIn) -> None:
    root = attempts(repository, stand_in)
    stand_in.does("link_shops")
    stand_in.passes(hours=5)

    assert refused(root, stand_in.environment) == (
        "Toko Melati has merged, and the ledger does not know; type: gladi attempts record 1 merged"
    )


def test_a_merge_that_the_ledger_knows_is_no_hindrance(repository: Repository, stand_in: StandIn) -> None:
    root = attempts(repository, stand_in)
    stand_in.does("link_shops")
    stand_in.passes(hours=5)
    with repository.ledger() as ledger:
        ledger.record(1, Kind.LINKED)
        ledger.record(1, Kind.MERGED)

    with grounded(root, stand_in.environment, Nobody()) as ground:
        assert ground.door.stage() is Stage.MERGED


@pytest.mark.parametrize("url", ["", "http://hooks.example.com/gladi", "ftp://hooks.example.com", "https:hooks.example.com"])
def test_webhooks_of_the_platforms_arrive_over_tls_or_nothing_is_called(
    tmp_path: Path, repository: Repository, stand_in: StandIn, url: str
) -> None:
    root = attempts(repository, stand_in)
    environment = {**OURS, "GLADI_LIVE_CONSENTS": str(tmp_path / "newest"), URL: url, PORT: "8471"}

    assert refused(root, environment) == (
        "nothing says where webhooks of this run arrive; set GLADI_LIVE_WEBHOOK_URL to a public https:// URL "
        "that leads to GLADI_LIVE_WEBHOOK_PORT"
    )
    assert not (tmp_path / "newest").exists()


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "8471.0", "\u0668\u0664", "http"])
def test_a_port_is_one_of_tcp(repository: Repository, stand_in: StandIn, port: str) -> None:
    root = attempts(repository, stand_in)

    sentence = refused(root, stand_in.environment | {URL: "http://127.0.0.1:9", PORT: port})

    assert sentence == "GLADI_LIVE_WEBHOOK_PORT is no port of this machine; set it to the one to which GLADI_LIVE_WEBHOOK_URL leads"
    assert stand_in.calls == []


@pytest.mark.parametrize("port", [1, 65535])
def test_the_first_port_and_the_last_are_ports(repository: Repository, stand_in: StandIn, port: int) -> None:
    root = attempts(repository, stand_in)

    with grounded(root, stand_in.environment | {URL: "http://127.0.0.1:9", PORT: str(port)}, Nobody()) as ground:
        assert ground.post == Post("http://127.0.0.1:9", port)


def test_the_merge_of_another_shop_under_the_same_app_is_not_ours() -> None:
    rows: list[dict[str, Any]] = [
        {"shop_id": 1, "tts_integration_completed": {"tts_seller_id": "7495"}},
        {"shop_id": 2},
    ]

    def answers(request: Request) -> Response:
        said: dict[str, Any] = {"access_token": "T"} if request.host == Host.TOKOPEDIA_ACCOUNTS else {"data": rows}
        return Response(200, (), msgspec.json.encode(said))

    account = Account(13000, "id", "secret", "hook", "key", "app", ())
    seen = [
        Sightings(answers, account, TestShop(shop, "7495000000000000001", NAME), now=lambda: 0, business=lambda: 0).seller_id()
        for shop in (1, 2)
    ]

    assert seen == ["7495", None]


RERUNS = """
def pytest_addoption(parser):
    parser.addoption("--reruns", type=int, dest="reruns")
    parser.addoption("--force-flaky", action="store_true", dest="force_flaky")
    parser.addini("reruns", "as pytest-rerunfailures has it")
"""


@pytest.mark.parametrize(
    "words", [("--reruns", "1"), ("--force-flaky",), ("-o", "reruns=2")], ids=["by an option", "by flaky", "by the ini file"]
)
def test_what_would_be_run_again_is_refused_before_anything_is_read(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makepyfile(again=RERUNS)
    pytester.syspathinsert()
    config = pytester.parseconfig("-p", "again", *words)

    with pytest.raises(pytest.UsageError) as sentence:
        opened(config, trouble=TroubleLevel.OFF)

    assert str(sentence.value) == ("what fails is run again here, and nothing on the live target can be; rehearse there without --reruns")


@pytest.mark.parametrize("words", [(), ("-p", "again"), ("-p", "again", "--reruns", "0"), ("-p", "again", "-o", "reruns=0")])
def test_what_is_run_once_is_refused_for_no_reruns(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makepyfile(again=RERUNS)
    pytester.syspathinsert()

    with pytest.raises(pytest.UsageError, match="no attempts are counted"):
        opened(pytester.parseconfig(*words), trouble=TroubleLevel.OFF)


def test_scenarios_are_played_in_the_order_of_the_merge(tmp_path: Path) -> None:
    def beginning(stage: Stage) -> Any:
        async def test_it(rehearsal: object) -> None:
            """Something is rehearsed."""

        return SimpleNamespace(function=scenario(rehearses="guide.verification.ids-agree", begins=stage)(test_it), path=tmp_path)

    items = [beginning(stage) for stage in (Stage.CONFIRMED, Stage.MERGED, Stage.PENDING, Stage.MERGING)]
    LiveStage(None, None).pytest_collection_modifyitems(items)  # type: ignore[arg-type]

    begins = [found.begins for item in items if (found := of(item.function)) is not None]
    assert begins == [Stage.PENDING, Stage.MERGING, Stage.MERGED, Stage.CONFIRMED]
