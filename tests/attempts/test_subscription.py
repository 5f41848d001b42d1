"""The "merge" subscription: registered beside what is there, read back, and tried with a delivery of our own."""

from __future__ import annotations

import hmac
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from gladi.attempts.case import Readiness
from gladi.attempts.subscription import FICTITIOUS_SELLER, FICTITIOUS_SHOP
from gladi.platforms.troubles.aim import NthCall
from gladi.platforms.troubles.loss import LostAnswer, LostRequest
from gladi.platforms.troubles.trouble import Troubles, troubled
from gladi.sandbox.tokopedia.webhooks import Registration, registered_before
from tests.attempts.developer import MERGE_URL, Developer

if TYPE_CHECKING:
    from gladi.platforms.troubles.trouble import Trouble
    from gladi.record.wire import Request, Response

READY, MISSING = Readiness.READY, Readiness.MISSING
REGISTER = "tokopedia.register_webhooks"


def test_the_url_is_registered_beside_all_that_was_registered_before() -> None:
    developer = Developer()
    before = registered_before(developer.sandbox.app)

    answer = developer.answer("merge-subscription")

    assert developer.sandbox.tokopedia.hooks == msgspec.structs.replace(before, shop_merge_notification_url=MERGE_URL)
    assert answer.said == f"registered at {MERGE_URL} beside 3 other URLs, and the system answered 200 to a delivery of our own"


def test_a_url_that_the_system_registered_is_left_alone_and_tried() -> None:
    developer = Developer()
    developer.answer("merge-subscription")
    developer.asked.clear()

    answer = developer.answer("merge-subscription", account=replace(developer.account, merge_url="https://elsewhere.example.com"))

    assert answer.readiness is READY
    assert REGISTER not in developer.asked
    assert developer.delivered[-1].url == MERGE_URL


def test_nothing_is_registered_where_nobody_names_a_url() -> None:
    developer = Developer()

    answer = developer.answer("merge-subscription", account=replace(developer.account, merge_url=""))

    assert answer.readiness is MISSING
    assert answer.said == "no shop_merge_notification_url is registered"
    assert REGISTER not in developer.asked


def test_a_registration_that_wipes_other_urls_is_told_with_what_to_put_back() -> None:
    developer = Developer()

    def forgets(request: Request) -> Response:
        if request.path.endswith("/register"):
            body = json.loads(request.body)
            del body["order_status_url"], body["webhook_secret"]
            request = replace(request, body=json.dumps(body).encode())
        return developer.sandbox(request)

    developer.platform = forgets

    answer = developer.answer("merge-subscription")

    assert answer.readiness is MISSING
    assert answer.said == "after the registration order_status_url and webhook_secret no longer read as before"
    assert "order_status_url = https://system.example.com/webhooks/tokopedia/order-status" in answer.todo
    assert developer.delivered == []


def test_a_registration_that_is_taken_and_not_kept_is_missing() -> None:
    answer = Developer(lacks=["merge-subscription"]).answer("merge-subscription")

    assert answer.readiness is MISSING
    assert f"does not read back as {MERGE_URL}" in answer.said


@pytest.mark.parametrize(("trouble", "readiness"), [(LostAnswer, READY), (LostRequest, MISSING)])
def test_a_registration_without_an_answer_is_looked_up(trouble: type[Trouble], readiness: Readiness) -> None:
    developer = Developer()
    troubles = Troubles()
    troubles.add(trouble(NthCall(frozenset((REGISTER,)))))  # type: ignore[call-arg]  # both are made from their aim
    developer.platform = troubled(developer.sandbox, troubles, developer.sandbox.journal)

    answer = developer.answer("merge-subscription")

    assert answer.readiness is readiness
    assert developer.asked.count(REGISTER) == 1


def test_another_secret_than_the_systems_is_not_written_over() -> None:
    developer = Developer()

    answer = developer.answer("merge-subscription", account=replace(developer.account, webhook_secret="another"))

    assert answer.readiness is MISSING
    assert "is not the one that the system was given" in answer.said
    assert REGISTER not in developer.asked


def test_an_app_that_has_registered_nothing_gets_the_url_and_the_secret() -> None:
    developer = Developer()
    developer.sandbox.tokopedia._desk.hooks = Registration(fs_id=developer.account.fs_id)

    answer = developer.answer("merge-subscription")

    hooks = developer.sandbox.tokopedia.hooks
    assert answer.readiness is READY
    assert (hooks.shop_merge_notification_url, hooks.webhook_secret) == (MERGE_URL, developer.account.webhook_secret)


def test_the_delivery_is_a_merge_of_nobodys_shop_signed_over_its_bytes() -> None:
    developer = Developer()

    developer.answer("merge-subscription")

    delivery = developer.delivered[0].delivery
    right = hmac.digest(developer.account.webhook_secret.encode(), delivery.body, "sha256").hex()
    assert json.loads(delivery.body) == {
        "status": "merge",
        "tts_seller_id": FICTITIOUS_SELLER,
        "toko_shop_id": FICTITIOUS_SHOP,
        "timestamp": 1741078800,
    }
    assert delivery.headers["authorization-hmac"] == right
    assert (delivery.method, delivery.path) == ("POST", "/webhooks/merge")


@pytest.mark.parametrize("status", [200, 202, 299])
def test_any_answer_of_success_will_do(status: int) -> None:
    developer = Developer()
    developer.status = status

    assert developer.answer("merge-subscription").readiness is READY


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (None, f"nobody answered at {MERGE_URL}"),
        (401, "the system answered 401 to a signed merge webhook of a shop that it does not serve"),
        (302, "the system answered 302 to a signed merge webhook of a shop that it does not serve"),
    ],
)
def test_a_delivery_that_is_not_taken_is_missing(status: int | None, said: str) -> None:
    developer = Developer()
    developer.status = status

    answer = developer.answer("merge-subscription")

    assert (answer.readiness, answer.said) == (MISSING, said)


def test_what_a_url_may_hide_is_not_shown() -> None:
    developer = Developer()
    account = replace(developer.account, merge_url="https://user:word@system.example.com/merge?key=hidden")

    answer = developer.answer("merge-subscription", account=account)

    assert "https://system.example.com/merge?*** beside" in answer.said
    assert developer.delivered[0].url == account.merge_url


def test_a_shop_that_bears_the_fictitious_id_is_a_fault_of_gladi() -> None:
    developer = Developer()
    row = b'{"data": [{"shop_id": %s}]}' % FICTITIOUS_SHOP.encode()
    developer.platform = developer.rewriting("tokopedia.get_shop_info", b"", row)

    assert "is a shop of the app" in developer.answer("test-app").said
