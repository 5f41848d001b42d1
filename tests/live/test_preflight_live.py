"""`gladi preflight --target live` before a stand-in over real sockets: the same checks, and nothing is called that may not be."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from gladi.faces.listener import Listener
from gladi.faces.server import body_of
from tests.live.stand_in import StandIn, repository_of, serves

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from typing import Any

    from tests.attempts.repository import Repository


class Deployed:
    """The deployed system, as far as the platforms know it: a URL that takes webhooks."""

    def __init__(self) -> None:
        """Begin without any."""
        self.received: list[bytes] = []

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        assert scope["path"] == "/merge"
        self.received.append(await body_of(receive) or b"")
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@contextmanager
def deployed() -> Generator[tuple[str, Deployed]]:
    system = Deployed()
    with Listener(system) as listening:
        yield f"http://127.0.0.1:{listening.ports[0]}/merge", system


@pytest.fixture
def stand_in(tmp_path: Path) -> Generator[StandIn]:
    with serves(tmp_path) as found:
        yield found


@pytest.fixture
def repository(tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Repository:
    found = repository_of(tmp_path / "repository", stand_in)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(found.root)
    return found


def test_all_nine_are_asked_of_the_platforms(repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    with deployed() as (url, system):
        status = repository.gladi("preflight", "--target", "live", "--merge-url", url, environment=stand_in.environment)

    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    assert said.out.startswith("Preflight on the stand-in for the platforms\n")
    assert said.out.endswith("9 of 9 are ready.\n")
    assert [json.loads(body)["toko_shop_id"] for body in system.received] == ["900000000000"]
    assert {"tokopedia.get_shop_info", "tokopedia.register_webhooks", "shop.get_authorized_shops"} <= {*stand_in.calls}


def test_a_system_that_is_not_up_is_told_by_its_check_alone(
    repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    with deployed() as (url, _):
        pass

    status = repository.gladi("preflight", "--target", "live", "--merge-url", url, environment=stand_in.environment)

    said = capsys.readouterr()
    assert (status, said.err) == (10, "")
    assert f"nobody answered at {url}\n" in said.out


def test_a_stand_in_that_was_reset_has_its_old_tokens_named(
    repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.gladi("preflight", "--target", "live", environment=stand_in.environment)
    stand_in.asks("POST", "/reset", {})
    capsys.readouterr()

    repository.gladi("preflight", "--target", "live", environment=stand_in.environment)

    said = " ".join(capsys.readouterr().out.split())
    assert "Refresh Token was refused with code 36004005; a stand-in that was reset or served anew knows none of the tokens in" in said
    assert "live.json.consents: delete that file" in said


def test_a_second_preflight_goes_on_with_the_newest_consent(
    repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        repository.gladi("preflight", "--target", "live", environment=stand_in.environment)

    said = capsys.readouterr().out
    assert said.count("inferred: a seller in Indonesia has authorized the app") == 3


def test_the_decision_says_of_whom_it_was_asked(repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    with deployed() as (url, _):
        status = repository.gladi("can-i-rehearse", "--target", "live", "--merge-url", url, environment=stand_in.environment)

    assert (status, capsys.readouterr().out.splitlines()[0]) == (0, "yes, as far as the stand-in for the platforms can tell")


def test_a_shop_for_which_nobody_vouches_is_not_touched(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = repository_of(tmp_path / "repository", stand_in, vouched=False)
    monkeypatch.chdir(repository.root)
    shop = stand_in.room.sandbox.world.all_shops()[0]

    status = repository.gladi("preflight", "--target", "live", environment=stand_in.environment)

    said = capsys.readouterr()
    assert (status, said.out, stand_in.calls) == (2, "", [])
    assert said.err == (
        f"gladi preflight: nobody vouches that {shop.name} ({shop.tokopedia_id}) is a test shop, and no API tells; look in both consoles, "
        f"then: gladi attempts attest test-shop-{shop.tokopedia_id} --by NAME --until DATE; nothing was called\n"
    )


def test_a_person_vouches_for_a_shop_of_gladi_toml_alone(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = repository_of(tmp_path / "repository", stand_in, vouched=False)
    monkeypatch.chdir(repository.root)
    mine = stand_in.room.sandbox.world.all_shops()[0].tokopedia_id

    statuses = [repository.gladi("attempts", "attest", f"test-shop-{shop}", "--until", "9999-12-31") for shop in (mine + 1, mine)]

    said = capsys.readouterr()
    assert statuses == [2, 0]
    assert f"test-shop-{mine + 1} is of no shop that gladi.toml names as [[test-shops]]" in said.err
    assert f"test-shop-{mine} is vouched for" in said.out


def test_without_test_shops_nothing_is_called(repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.root / "gladi.toml").write_text('[attempts]\ndeveloper = "Acme"\nledger = "ledger.sqlite"\n')

    status = repository.gladi("preflight", "--target", "live", environment=stand_in.environment)

    assert (status, stand_in.calls) == (2, [])
    assert "the live target touches test shops alone, and gladi.toml names none" in capsys.readouterr().err


def test_without_credentials_nothing_is_called(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    status = repository.gladi("preflight", "--target", "live")

    said = capsys.readouterr()
    assert (status, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("gladi preflight: the live target has no credentials: name their file with GLADI_LIVE_CREDENTIALS, or set ")
    assert said.err.endswith("; nothing was called\n")


def test_credentials_in_the_work_tree_are_refused(repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    inside = stand_in.credentials.rename(repository.root / "live.json")

    status = repository.gladi("preflight", "--target", "live", environment={"GLADI_LIVE_CREDENTIALS": str(inside)})

    assert (status, stand_in.calls) == (2, [])
    assert "lies in the work tree" in capsys.readouterr().err


def test_nothing_can_be_left_out_on_live(repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    status = repository.gladi("preflight", "--target", "live", "--without", "test-app", environment=stand_in.environment)

    assert (status, stand_in.calls) == (2, [])
    assert "--without leaves a preparation out on the sandbox" in capsys.readouterr().err


def test_the_shops_of_others_are_no_test_shops(repository: Repository, stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    policy = repository.root / "gladi.toml"
    shop = stand_in.room.sandbox.world.all_shops()[0]
    policy.write_text(policy.read_text().replace(str(shop.shop_id), "7495999999999999999"))

    status = repository.gladi("preflight", "--target", "live", "--json", environment=stand_in.environment)

    checks = {one["id"]: one for one in json.loads(capsys.readouterr().out)["checks"]}
    assert (status, checks["development-shop"]["answer"]) == (10, "missing")
    assert checks["development-shop"]["said"].startswith("no shop in Indonesia that has authorized the app is one of the test shops")


def test_platforms_that_nobody_serves_are_told_check_by_check(
    repository: Repository, stand_in: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    with serves(tmp_path / "gone") as gone:
        environment = gone.environment
    said = json.loads((tmp_path / "gone" / "live.json").read_text())
    (tmp_path / "gone" / "live.json").write_text(json.dumps(said | {"control": stand_in.control}))

    status = repository.gladi("preflight", "--target", "live", environment=environment)

    assert status == 10
    assert "Get Token reached nobody at accounts.tokopedia.com" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["preflight", "can-i-rehearse"])
def test_a_stand_in_that_is_gone_is_one_sentence(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "gone").mkdir()
    with serves(tmp_path / "gone") as gone:
        environment, port = gone.environment, gone.control.rpartition(":")[2]
    capsys.readouterr()

    status = repository.gladi(command, "--target", "live", environment=environment)

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err == (
        f"gladi {command}: nobody answers at the control port of the stand-in, 127.0.0.1 port {port}; "
        "serve it anew with `gladi serve --credentials FILE`\n"
    )
