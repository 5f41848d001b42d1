"""Webhooks: registering replaces, and a merge is announced with the ids as strings under the registered secret."""

from __future__ import annotations

import hmac
from hashlib import sha256

import pytest

from gladi.record.words import Stage
from tests.sandbox.tokopedia import Caller

REGISTER = "POST /v1/fs/{fs_id}/register"
LIST = "GET /v1/fs/{fs_id}"
URL = "https://isv.example.com/callback?of=tokopedia"


def test_what_was_registered_is_listed_with_the_secret_in_clear() -> None:
    caller = Caller()

    answer = caller.json(caller.calls(REGISTER, {"fs_id": caller.fs_id, "order_notification_url": URL, "webhook_secret": "s3cret"}))
    listed = caller.data(caller.calls(LIST))

    assert answer == {"data": "success", "status": "200 Ok", "error_message": []}
    assert (listed["fs_id"], listed["order_notification_url"], listed["webhook_secret"]) == (caller.fs_id, URL, "s3cret")
    assert listed["shop_merge_notification_url"] == ""


def test_the_example_of_the_changelog_copied_blindly_wipes_the_order_webhooks() -> None:
    caller = Caller()
    caller.calls(REGISTER, {"fs_id": caller.fs_id, "order_notification_url": URL, "webhook_secret": "s3cret"})

    caller.calls(REGISTER, {"fs_id": caller.fs_id, "shop_merge_notification_url": URL})
    listed = caller.data(caller.calls(LIST))

    assert listed["shop_merge_notification_url"] == URL
    assert (listed["order_notification_url"], listed["webhook_secret"]) == ("", "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"\x00",
        b'{"fs_id":"13000"}',
        b'{"fs_id":1}',
        b'{"fs_id":13000,"order_status_url":5}',
        b'{"fs_id":13000,"order_status_url":"not a url"}',
        b'{"fs_id":13000,"order_status_url":"https://[::1"}',
        b'{"fs_id":13000,"order_status_url":"https://a:99999/"}',
        b'{"fs_id":13000,"order_status_url":"ftp://a/"}',
        b'{"fs_id":13000,"order_status_url":"https://a/\\u0000"}',
        b'{"fs_id":13000,"x":' + b"[" * 100_000,
    ],
)
def test_a_malformed_registration_is_refused_and_the_old_one_stays(body: bytes) -> None:
    caller = Caller()
    caller.calls(REGISTER, {"fs_id": caller.fs_id, "order_status_url": URL})

    refused = caller.calls(REGISTER, body)

    assert caller.json(refused) == {"data": None, "status": "400 Bad Request", "error_message": ["bad input data"]}
    assert caller.data(caller.calls(LIST))["order_status_url"] == URL


def test_a_public_key_does_not_wipe_the_webhooks() -> None:
    caller = Caller()
    caller.calls(REGISTER, {"fs_id": caller.fs_id, "order_status_url": URL})

    refused = caller.calls(REGISTER, {"fs_id": caller.fs_id}, upload=1)

    assert refused.status == 400
    assert caller.data(caller.calls(LIST))["order_status_url"] == URL


def test_a_merge_is_announced_with_ids_as_strings_and_a_signature_over_the_raw_body() -> None:
    caller = Caller()
    caller.calls(REGISTER, {"fs_id": caller.fs_id, "shop_merge_notification_url": URL, "webhook_secret": "s3cret"})
    caller.reaches(Stage.MERGED)
    statuses: list[int | None] = []

    outgoing = caller.api.merge_webhook("shop-1", answered=statuses.append)

    assert outgoing is not None
    shop = caller.shop
    assert shop.merged_at is not None
    assert (
        outgoing.delivery.body
        == (
            f'{{"status":"merge","tts_seller_id":"{shop.seller_id}","toko_shop_id":"{shop.tokopedia_id}",'
            f'"timestamp":{shop.merged_at // 1000}}}'
        ).encode()
    )
    assert outgoing.delivery.headers == {
        "content-type": "application/json",
        "authorization-hmac": hmac.new(b"s3cret", outgoing.delivery.body, sha256).hexdigest(),
    }
    assert (outgoing.url, outgoing.delivery.method, outgoing.delivery.path) == (URL, "POST", "/callback?of=tokopedia")
    assert (outgoing.platform, outgoing.event) == ("tokopedia", "merge")
    assert (outgoing.shop, outgoing.tells_merged) == ("shop-1", ("shop-1",))
    outgoing.answered(200)
    assert statuses == [200]


def test_without_a_registered_url_nobody_is_told() -> None:
    caller = Caller()
    caller.calls(REGISTER, {"fs_id": caller.fs_id, "order_status_url": URL})
    caller.reaches(Stage.MERGED)

    assert caller.api.merge_webhook("shop-1", answered=lambda _: None) is None


def test_a_url_without_a_path_is_delivered_to_the_root() -> None:
    caller = Caller()
    caller.calls(REGISTER, {"fs_id": caller.fs_id, "shop_merge_notification_url": "http://127.0.0.1:8000"})
    caller.reaches(Stage.MERGED)

    outgoing = caller.api.merge_webhook("shop-1", answered=lambda _: None)

    assert outgoing is not None
    assert outgoing.delivery.path == "/"
