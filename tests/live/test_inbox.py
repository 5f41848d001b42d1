"""What a webhook from outside tells a live play: who sent it, whether it is genuine, and of which merge."""

from __future__ import annotations

import hmac
from pathlib import Path

import pytest

from gladi.platforms.credentials import Credentials
from gladi.play.live.inbox import told_by
from gladi.record.wire import Delivery
from gladi.record.words import SHOP, TOKOPEDIA

KEYS = Credentials(1, "id", "secret", "hook", "key", "app", ("r",), Path("newest"))
MERGE = b'{"status": "merge", "tts_seller_id": "7495", "toko_shop_id": "48"}'
OTHER = b'{"status": "merge", "tts_seller_id": "7495", "toko_shop_id": "49"}'
DEEP = b'{"a":' * 100_000
ORDER = b'{"type": 1, "tts_notification_id": "7", "shop_id": "7495"}'


def signed(key: str, body: bytes) -> str:
    return hmac.digest(key.encode(), body, "sha256").hex()


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"authorization-hmac": signed("hook", MERGE)}, MERGE, (TOKOPEDIA, "merge", ("shop-1",), True)),
        ({"authorization-hmac": signed("other", MERGE)}, MERGE, (TOKOPEDIA, "merge", ("shop-1",), False)),
        ({"authorization-hmac": signed("hook", OTHER)}, OTHER, (TOKOPEDIA, "merge", (), True)),
        ({"authorization-hmac": signed("hook", DEEP)}, DEEP, (TOKOPEDIA, "webhook", (), True)),
        ({"authorization-hmac": signed("hook", b"{}")}, b"{}", (TOKOPEDIA, "webhook", (), True)),
        ({"authorization": signed("app", b"key" + ORDER)}, ORDER, (SHOP, "1", (), True)),
        ({"authorization": signed("app", ORDER)}, ORDER, (SHOP, "1", (), False)),
        ({}, MERGE, (SHOP, "webhook", (), False)),
        ({"authorization-hmac": signed("hook", b"<")}, b"<", (TOKOPEDIA, "webhook", (), True)),
    ],
)
def test_a_signature_says_who_sent_it_and_whether_it_is_genuine(headers: dict[str, str], body: bytes, expected: tuple[object, ...]) -> None:
    delivery = Delivery("POST", "/merge", headers, body)
    outgoing, right = told_by(delivery, KEYS, shop="shop-1", shop_id=48, url="http://x", answered=lambda _: None)

    assert (outgoing.platform, outgoing.event, outgoing.tells_merged, right) == expected
