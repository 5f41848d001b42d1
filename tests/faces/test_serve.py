"""`gladi serve`: a system in any language rehearses over HTTP, its people and clock are on the control port."""

from __future__ import annotations

import base64
import json
import signal
import socket
import stat
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from gladi.attempts.policy import Policy, TestShop
from gladi.cli import main
from gladi.cli.room import Room
from gladi.faces.control import Refused
from gladi.faces.postman import Postman
from gladi.faces.server import Served
from gladi.record.wire import Host
from gladi.record.words import SHOP
from gladi.sandbox.seed import BEGINNING
from gladi.sandbox.settings import Settings
from tests.faces.echo import Echo, now
from tests.live.stand_in import serves

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gladi.record.wire import Request, Response
    from gladi.sandbox.app import App

LONG_ENOUGH = timedelta(days=1, minutes=2)


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Run the command on free ports; gives the process and what the banner says, by name."""
    command = [
        sys.executable,
        "-c",
        "import sys; from gladi.cli import main; sys.exit(main())",
        "serve",
        "--port",
        "0",
        "--control-port",
        "0",
    ]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said: dict[str, str] = {}
            for line in process.stdout:
                name, _, value = line.strip().partition(" ")
                said[name] = value.strip()
                if line.strip().endswith("/stage"):
                    break
            yield process, said
        finally:
            process.kill()


def room(*, real: bool = False, settings: Settings | None = None, says: list[str] | None = None) -> Room:
    said = says if says is not None else []
    return Room(seed=0, settings=settings or Settings(), start=lambda: BEGINNING, real=real, postman=Postman(), says=said.append)


def register(urls: dict[Host, str], credentials: App, hook: str) -> None:
    """Register for the merge webhook as a system would."""
    basic = base64.b64encode(f"{credentials.client_id}:{credentials.client_secret}".encode()).decode()
    with httpx.Client(trust_env=False) as client:
        token = client.post(
            f"{urls[Host.TOKOPEDIA_ACCOUNTS]}/token?grant_type=client_credentials", headers={"Authorization": f"Basic {basic}"}
        ).json()["access_token"]
        client.post(
            f"{urls[Host.TOKOPEDIA_API]}/v1/fs/{credentials.fs_id}/register",
            json={"fs_id": credentials.fs_id, "shop_merge_notification_url": hook, "webhook_secret": credentials.webhook_secret},
            headers={"Authorization": f"Bearer {token}"},
        ).raise_for_status()


def entries(opened: Room, kind: str) -> list[dict[str, Any]]:
    return [entry for entry in map(json.loads, opened.journal()) if entry.get("kind") == kind]


def test_a_merge_is_lived_through_from_outside(tmp_path: Path) -> None:
    with serving("--credentials", str(tmp_path / "c.json")) as (process, said):
        control = said["control"]
        credentials = json.loads((tmp_path / "c.json").read_text())
        with httpx.Client(trust_env=False) as client:
            linked = client.post(f"{control}/deeds", json={"deed": "link_shops"}).json()
            stage = client.post(f"{control}/clock", json={"advance": 86400}).json()["shops"][0]["stage"]
            again = client.post(f"{control}/deeds", json={"deed": "link_shops"})
            unknown = client.get(f"{said['fs.tokopedia.net']}/v1/fs/1/nowhere")
            journal = client.get(f"{control}/journal").text.splitlines()
            reset = client.post(f"{control}/reset").json()["shops"][0]["stage"]
        process.send_signal(signal.SIGINT)
        status = process.wait(10)

    assert (linked["stage"], stage, reset) == ("merging", "merged", "pending")
    assert again.status_code == 400
    assert again.json()["error"].endswith("shops are linked once, from pending")
    assert unknown.status_code >= 400
    kinds = [kind for kind, _ in groupby(json.loads(line).get("kind") for line in journal)]
    assert kinds == [None, "fact", "deed", "fact", "finding", "call"], "the webhook went nowhere"
    assert credentials["urls"]["fs.tokopedia.net"] == said["fs.tokopedia.net"]
    assert stat.S_IMODE((tmp_path / "c.json").stat().st_mode) == 0o600
    assert status == 0


def test_credentials_in_a_file_that_others_could_read_are_taken_from_them(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text("something longer than nothing" * 100)
    file.chmod(0o644)

    with serving("--credentials", str(file)):
        credentials = json.loads(file.read_text())

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "app_secret" in credentials["shop"]


def test_with_its_credentials_it_prints_what_a_gladi_toml_says_of_its_shops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serves(tmp_path) as stand_in:
        printed = capsys.readouterr().out

    (tmp_path / "gladi.toml").write_text("[[test-shops]]" + printed.partition("[[test-shops]]")[2], encoding="utf-8")
    shop = stand_in.room.sandbox.world.all_shops()[0]
    assert Policy.read(tmp_path).test_shops == (TestShop(shop.tokopedia_id, shop.shop_id, shop.name),)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--in-flight", "both/none"],
            "--in-flight 'both/none' is no cell of the in-flight matrix; write one of origin/origin, origin/shop",
        ),
        (["--assume", "merge_fail=true"], "--assume 'merge_fail' is no switch of the sandbox; did you mean merge_fails?"),
        (["--assume", "strict=true"], "--assume strict has an option of its own; write --strict"),
        (["--assume", "webhook_delay=soon"], "--assume 'soon' is no value of webhook_delay; write a duration, such as 90s, 15m, 48h or 7d"),
        (["--start", "monday"], "--start 'monday' is no date with a time zone; write now, or one such as 2025-03-03T09:00+07:00"),
        (["--start", "2025-04-01"], "--start '2025-04-01' is no date with a time zone; write now, or one such as 2025-03-03T09:00+07:00"),
        (["--start", "2020-01-01T00:00Z"], "--start 2020-01-01T00:00Z is too early; the seller's business begins at 2025-03-03"),
        (["--port", "65536"], "--port 65536 is no port; write a number from 0 to 65535"),
        (["--port", "65533", "--ports", "each"], "--port 65533 is no port; write a number from 0 to 65532"),
        (["--credentials", "/nowhere/at/all"], "cannot write the credentials to /nowhere/at/all: No such file or directory"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["serve", "--port", "0", "--control-port", "0", *options])

    said = capsys.readouterr()
    assert status == 2
    assert said.err.startswith(f"gladi serve: {sentence}")
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize("option", ["--port", "--control-port"])
def test_a_port_in_use_is_one_sentence_and_status_2(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    ports = {"--port": "0", "--control-port": "0"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports[option] = str(taken.getsockname()[1])

        status = main(["serve", *(word for pair in ports.items() for word in pair)])

    assert status == 2
    assert capsys.readouterr().err == (
        f"gladi serve: cannot listen on 127.0.0.1 port {ports[option]}: Address already in use; "
        f"give another with {option} (0 takes a free one)\n"
    )


def test_a_webhook_is_answered_before_time_goes_on() -> None:
    opened = room()
    receiver = Echo()

    with Served(opened.answers, now=opened.now, lock=opened.lock) as served, Served(receiver, now=now) as hook:
        register(served.urls, opened.sandbox.app, f"{hook.url}/hooks/merge")
        opened.deed("link_shops", {})
        opened.advance(LONG_ENOUGH)

    (webhook,) = entries(opened, "webhook")
    merged = next(entry["at"] for entry in entries(opened, "fact") if entry.get("stage") == "merged")
    assert webhook["at"] == merged + 60_000
    assert (webhook["status"], webhook["tells_merged"]) == (200, ["shop-1"])
    assert receiver.last.path == "/hooks/merge"
    assert b'"merge"' in receiver.last.body


def test_a_receiver_may_call_the_platform_while_it_answers() -> None:
    opened = room()
    asked: list[int] = []

    with Served(opened.answers, now=opened.now, lock=opened.lock) as served:

        class Calling(Echo):
            def __call__(self, request: Request) -> Response:
                asked.append(httpx.get(f"{served.url}/v1/fs/1/nowhere", trust_env=False).status_code)
                return super().__call__(request)

        with Served(Calling(), now=now) as hook:
            register(served.urls, opened.sandbox.app, hook.url)
            opened.deed("link_shops", {})
            opened.advance(LONG_ENOUGH)

    assert len(asked) == 1
    assert entries(opened, "webhook")[0]["status"] == 200


def test_a_webhook_for_another_machine_stays_here_and_is_journalled_as_lost() -> None:
    said: list[str] = []
    opened = room(says=said)

    with Served(opened.answers, now=opened.now, lock=opened.lock) as served:
        register(served.urls, opened.sandbox.app, "https://isv.example/hooks")
        opened.deed("link_shops", {})
        opened.advance(LONG_ENOUGH)

    assert said == ["webhook 'merge' was not sent: isv.example is not this machine; --webhooks-anywhere sends it there"]
    assert [(entry["status"], entry["lost"]) for entry in entries(opened, "webhook")] == [(None, True)]


def test_a_webhook_is_tried_again_when_the_settings_say_so() -> None:
    opened = room(settings=Settings(webhook_retries=(timedelta(minutes=5),)))

    with Served(opened.answers, now=opened.now, lock=opened.lock) as served:
        register(served.urls, opened.sandbox.app, "https://isv.example/hooks")
        opened.deed("link_shops", {})
        opened.advance(LONG_ENOUGH + timedelta(minutes=5))

    first, second = entries(opened, "webhook")
    assert second["at"] - first["at"] == 300_000


def test_a_virtual_clock_stands_until_told_and_a_real_one_passes() -> None:
    virtual, real = room(), room(real=True)

    virtual.advance(timedelta(hours=1))
    real.advance(timedelta(hours=1))

    assert virtual.now() == BEGINNING + 3_600_000
    with real.lock:
        first = real.now()
    while (later := real.now()) == first:
        pass
    assert BEGINNING + 3_600_000 <= first < later


def test_a_buyer_and_a_seller_are_played_on_the_control_port() -> None:
    opened = room()

    before = opened.deed("place_order", {"on": "tokopedia"})
    opened.deed("link_shops", {"shop": "shop-1"})
    opened.advance(LONG_ENOUGH)
    after = opened.deed("place_order", {"on": "tokopedia", "quantity": 2})
    confirmed = opened.deed("confirm_product_merge", {})

    assert list(before["ids"]) == ["tokopedia"]
    assert list(after["ids"]) == ["shop"]
    assert confirmed["stage"] == "confirmed"
    assert [entry["did"] for entry in entries(opened, "deed")] == [
        "placed order INV-001 in the app of Tokopedia",
        "linked the shops",
        "placed order INV-002 in the app of Tokopedia",
        "confirmed the product merge",
    ]


def test_a_seller_sets_stock_by_hand_on_the_control_port() -> None:
    opened = room()

    done = opened.deed("set_stock", {"on": "shop", "sku": "TMB-BMB", "units": 4})

    listing = opened.sandbox.world.listing_of_sku(SHOP, "shop-1", "TMB-BMB")
    assert listing is not None
    assert (done["units"], listing.offers[0].stock[0][1]) == (4, 4)
    assert [entry["did"] for entry in entries(opened, "deed")] == [
        "set the stock of TMB-BMB to 4 by hand, in the console of Tokopedia & Shop"
    ]


@pytest.mark.parametrize(
    ("deed", "particulars", "sentence"),
    [
        ("link_shops", {"shop": "shop-9"}, '"shop" names no shop of this seller; write one of shop-1'),
        ("link_shops", {"shop": ["shop-1"]}, '"shop" names no shop of this seller; write one of shop-1'),
        ("link_shops", {"when": "now"}, "link_shops takes no when; it takes shop"),
        (
            "confirm_product_merge",
            {},
            "the shops of Toko Melati are pending; the product merge is confirmed once, after the shops have merged",
        ),
        ("place_order", {"on": "bazaar"}, '"on" names the app in which the buyer buys; write one of tokopedia, shop'),
        ("place_order", {"on": ["shop"]}, '"on" names the app in which the buyer buys; write one of tokopedia, shop'),
        ("place_order", {"quantity": 0}, '"quantity" is a whole number of units, at least 1'),
        ("place_order", {"sku": 1}, '"sku" is a seller SKU, such as "TRY-TEK"'),
        ("place_order", {"sku": "NONE"}, "no SKU 'NONE' is on sale on Tokopedia"),
        (
            "set_stock",
            {"on": "bazaar", "sku": "TRY-TEK", "units": 4},
            '"on" names the platform in whose console the seller is; write one of tokopedia, shop',
        ),
        ("set_stock", {"sku": "TRY-TEK", "units": -1}, '"units" is a whole number of units, 0 or more'),
        ("set_stock", {"units": 4}, '"sku" is a seller SKU, such as "TRY-TEK"'),
        ("set_stock", {"sku": "NONE", "units": 4}, "NONE is not sold on Tokopedia; name a SKU that is"),
    ],
)
def test_a_deed_that_cannot_be_done_is_refused_and_not_journalled(deed: str, particulars: dict[str, Any], sentence: str) -> None:
    opened = room()

    with pytest.raises(Refused) as caught:
        opened.deed(deed, particulars)

    assert str(caught.value) == sentence
    assert entries(opened, "deed") == []


def test_after_a_reset_everything_begins_again() -> None:
    opened = room()
    opened.deed("link_shops", {})
    opened.advance(LONG_ENOUGH)

    stage = opened.reset()

    assert stage["now"] == "2025-03-03T02:00:00.000Z"
    assert stage["shops"][0]["stage"] == "pending"
    assert len(opened.journal()) == 1
