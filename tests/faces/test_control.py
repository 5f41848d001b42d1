"""The control port: what it is given to do, it does; what it cannot do, it refuses in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from gladi.faces.control import Control, Controls, Refused
from gladi.faces.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

DONE: list[object] = []


def advance(duration: timedelta) -> dict[str, Any]:
    DONE.append(duration.total_seconds())
    return {"now": "later"}


def deed(name: str, particulars: Mapping[str, Any]) -> dict[str, Any]:
    if particulars.get("shop") == "shop-9":
        raise Refused("there is no shop-9")
    if particulars.get("shop") == "broken":
        raise ZeroDivisionError
    DONE.append((name, dict(particulars)))
    return {"done": name}


def reset() -> dict[str, Any]:
    DONE.append("reset")
    return {"now": "then"}


CONTROLS = Controls(stage=lambda: {"now": "then"}, advance=advance, deed=deed, journal=lambda: [b'{"journal":1}', b'{"n":1}'], reset=reset)


@pytest.fixture(scope="module")
def port() -> Iterator[httpx.Client]:
    with Listener(Control(CONTROLS)) as listener, httpx.Client(base_url=f"http://127.0.0.1:{listener.ports[0]}", trust_env=False) as client:
        yield client


def test_it_does_what_it_is_given_to_do(port: httpx.Client) -> None:
    DONE.clear()

    answers = [
        port.get("/healthz").json(),
        port.get("/stage").json(),
        port.post("/clock", json={"advance": 3600}).json(),
        port.post("/deeds", json={"deed": "place_order", "on": "tokopedia"}).json(),
        port.post("/reset").json(),
    ]

    assert answers == [{"ok": True}, {"now": "then"}, {"now": "later"}, {"done": "place_order"}, {"now": "then"}]
    assert DONE == [3600, ("place_order", {"on": "tokopedia"}), "reset"]


def test_the_journal_comes_as_json_lines(port: httpx.Client) -> None:
    answer = port.get("/journal")

    assert answer.content == b'{"journal":1}\n{"n":1}\n'
    assert answer.headers["content-type"] == "application/jsonl"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "sentence"),
    [
        ("POST", "/clock", b"", 400, 'the body is no JSON object; write one, such as {"advance": 3600}'),
        ("POST", "/clock", b"[1]", 400, 'the body is no JSON object; write one, such as {"advance": 3600}'),
        (
            "POST",
            "/clock",
            b'{"advance": -1}',
            400,
            '"advance" is -1; write the seconds that shall pass, from 0 to ten years, such as {"advance": 3600}',
        ),
        (
            "POST",
            "/clock",
            b'{"advance": true}',
            400,
            '"advance" is true; write the seconds that shall pass, from 0 to ten years, such as {"advance": 3600}',
        ),
        (
            "POST",
            "/deeds",
            b'{"deed": "dance"}',
            400,
            '"deed" is "dance"; write one of link_shops, confirm_product_merge, place_order, set_stock',
        ),
        ("POST", "/deeds", b'{"deed": []}', 400, '"deed" is []; write one of link_shops, confirm_product_merge, place_order, set_stock'),
        ("POST", "/deeds", b'{"deed": "link_shops", "shop": "shop-9"}', 400, "there is no shop-9"),
        ("POST", "/deeds", b'{"deed": "link_shops", "shop": "broken"}', 500, "/deeds raised ZeroDivisionError: ; this is a fault of Gladi"),
        ("GET", "/clock", b"", 405, "/clock wants POST, not GET"),
        (
            "GET",
            "/clocks",
            b"",
            404,
            "there is no /clocks here; the control port has GET /healthz, GET /stage, POST /clock, POST /deeds, GET /journal, POST /reset",
        ),
    ],
)
def test_what_it_cannot_do_it_refuses_in_one_sentence(  # noqa: PLR0913, PLR0917 - a table of requests and answers
    port: httpx.Client, method: str, path: str, body: bytes, status: int, sentence: str
) -> None:
    answer = port.request(method, path, content=body)

    assert (answer.status_code, answer.json()) == (status, {"error": sentence})
