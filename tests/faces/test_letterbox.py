"""The letterbox hands on what is posted, raw, and answers with the status that it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from gladi.faces.letterbox import Letterbox
from gladi.faces.listener import Listener
from gladi.faces.server import LARGEST_BODY

if TYPE_CHECKING:
    from gladi.record.wire import Delivery


@pytest.mark.parametrize(
    ("method", "target", "body", "status"),
    [
        ("POST", "/merge?a=%20b", b"\x00\xff", 202),
        ("POST", "/other", b"{}", 404),
        ("GET", "/merge", b"", 405),
        ("POST", "/merge", b" " * (LARGEST_BODY + 1), 413),
    ],
)
def test_only_what_is_posted_to_its_slot_is_handed_on(method: str, target: str, body: bytes, status: int) -> None:
    taken: list[Delivery] = []

    async def takes(delivery: Delivery) -> int:
        taken.append(delivery)
        return 202

    with Listener(Letterbox(takes, path="/merge")) as listener, httpx.Client(trust_env=False) as client:
        answer = client.request(method, f"http://127.0.0.1:{listener.ports[0]}{target}", content=body, headers={"Authorization-Hmac": "ab"})

    assert answer.status_code == status
    assert [(one.path, one.body, one.headers["authorization-hmac"]) for one in taken] == ([(target, body, "ab")] if status == 202 else [])


def test_without_a_path_every_path_is_a_slot() -> None:
    async def takes(delivery: Delivery) -> int:  # noqa: ARG001 - it takes anything
        return 200

    with Listener(Letterbox(takes)) as listener, httpx.Client(trust_env=False) as client:
        answer = client.post(f"http://127.0.0.1:{listener.ports[0]}/anywhere")

    assert (answer.status_code, answer.text) == (200, "ok\n")
