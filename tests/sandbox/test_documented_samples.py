"""The documented samples: they can be read, their signatures follow from the documented rule, and the sandbox answers in their shape."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from gladi.judge.identity import compare
from gladi.record.wire import Host, Request
from gladi.record.words import TOKOPEDIA, Stage
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.shop.auth import sign
from gladi.sandbox.world.records import ListingStatus

FIXTURES = Path(__file__).parents[2] / "fixtures"
DOCUMENTED = FIXTURES / "documented"
VECTORS = json.loads((DOCUMENTED / "signature-vectors.json").read_text(encoding="utf-8"))


def sample(name: str) -> Any:
    return json.loads((DOCUMENTED / name).read_text(encoding="utf-8"))


def differences(sample: Any, answer: Any, place: str = "$") -> list[str]:
    """Say where an answer lacks a field of a sample, or has it with another type; fields that the sample does not know are welcome."""
    if isinstance(sample, dict) and isinstance(answer, dict):
        missing = [f"{place}.{name} is missing" for name in sample.keys() - answer.keys()]
        return missing + [
            one for name in sample.keys() & answer.keys() for one in differences(sample[name], answer[name], f"{place}.{name}")
        ]
    if isinstance(sample, list) and isinstance(answer, list) and answer:
        return [one for item in answer for one in differences(sample[0], item, f"{place}[]")]
    lawful = (int, float) if isinstance(sample, float) else (type(sample),)
    return [] if type(answer) in lawful and answer != [] else [f"{place} is {answer!r} where the sample has {sample!r}"]


class Caller:
    """One app that calls the Tokopedia API of a sandbox, with a token of its own."""

    def __init__(self) -> None:
        """Open a sandbox and fetch a token."""
        self.sandbox = Sandbox()
        app = self.sandbox.app
        self.fs_id = app.fs_id
        basic = b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
        token = self.calls("POST /token?grant_type=client_credentials", host=Host.TOKOPEDIA_ACCOUNTS, authorization=f"Basic {basic}")
        self.bearer = f"Bearer {json.loads(token)['access_token']}"

    def calls(self, call: str, body: bytes = b"", *, host: str = Host.TOKOPEDIA_API, authorization: str = "") -> bytes:
        """Call the API, and give the body of an answer that is no refusal."""
        method, _, url = call.partition(" ")
        path, _, query = url.partition("?")
        headers = {"authorization": authorization or self.bearer, "content-type": "application/json"}
        answer = self.sandbox(Request(method, host, path, self.sandbox.clock.now, query, headers, body))
        assert answer.status == 200, answer.body
        return answer.body

    def registers(self, name: str) -> dict[str, Any]:
        """Register a documented sample under this app's own id, and give what is registered then."""
        self.calls(f"POST /v1/fs/{self.fs_id}/register", json.dumps(sample(name) | {"fs_id": self.fs_id}).encode())
        registered: dict[str, Any] = json.loads(self.calls(f"GET /v1/fs/{self.fs_id}"))["data"]
        return registered

    def merges(self) -> str:
        """Bring the first shop through the merge and the product merge; give its key."""
        key = self.sandbox.world.all_shops()[0].key
        self.sandbox.world.link(key)
        while (due := self.sandbox.clock.due) is not None and not self.sandbox.outbox:
            self.sandbox.clock.leap(due)
        assert self.sandbox.world.stage(key) is Stage.MERGED
        self.sandbox.world.confirm(key)
        return key


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def merged(caller: Caller) -> Caller:
    caller.registers("register-request.json")
    caller.merges()
    return caller


# -- the files ---------------------------------------------------------------------------------------------------------


def test_every_sample_is_json_and_stands_in_the_readme() -> None:
    about = (FIXTURES / "README.md").read_text(encoding="utf-8")
    named = {line.split("`")[1] for line in about.splitlines() if line.startswith("| `")}

    files = {path.name for path in DOCUMENTED.iterdir()}

    assert named == files
    for name in files:
        assert sample(name)


@pytest.mark.parametrize("vector", VECTORS["requests"], ids=lambda vector: vector["id"])
def test_a_request_is_signed_as_documented(vector: dict[str, Any]) -> None:
    secret, pairs = vector["secret"], sorted(tuple(pair) for pair in vector["query"])
    signed = "".join(name + value for name, value in pairs if name not in {"sign", "access_token"})
    body = "" if vector["content_type"].startswith("multipart/") else vector["body"]
    text = f"{secret}{vector['path']}{signed}{body}{secret}"

    by_the_rule = hmac.digest(secret.encode(), text.encode(), "sha256").hex()
    by_the_sandbox = sign(secret, vector["path"], vector["query"], vector["body"].encode(), vector["content_type"])

    assert (by_the_rule, by_the_sandbox) == (vector["sign"], vector["sign"])


@pytest.mark.parametrize("vector", VECTORS["webhooks"], ids=lambda vector: vector["id"])
def test_a_webhook_is_signed_as_documented(vector: dict[str, str]) -> None:
    signed = hmac.digest(vector["secret"].encode(), (vector["app_key"] + vector["body"]).encode(), "sha256")

    assert signed.hex() == vector["authorization"]


# -- the sandbox -------------------------------------------------------------------------------------------------------


def test_get_shop_info_of_a_merged_shop_has_the_shape_of_both_its_samples(merged: Caller) -> None:
    shop = merged.sandbox.world.all_shops()[0]

    answer = json.loads(merged.calls(f"GET /v1/shop/fs/{merged.fs_id}/shop-info?shop_id={shop.tokopedia_id}"))

    assert differences(sample("get-shop-info-migration.json"), answer) == []
    assert differences(sample("shop-mapping.json"), answer) == []


def test_get_shop_info_of_a_shop_that_has_not_merged_lacks_the_two_fields_of_the_merge_alone(caller: Caller) -> None:
    answer = json.loads(caller.calls(f"GET /v1/shop/fs/{caller.fs_id}/shop-info"))

    assert set(differences(sample("get-shop-info-migration.json"), answer)) == {"$.data[].tts_integration_completed is missing"}
    assert set(differences(sample("shop-mapping.json"), answer)) == {"$.data[].tts_shop_id is missing"}


def test_the_merge_webhook_has_the_shape_of_its_sample_and_not_a_field_more(merged: Caller) -> None:
    [webhook] = merged.sandbox.outbox

    body = json.loads(webhook.delivery.body)

    assert differences(sample("merge-webhook.json"), body) == []
    assert body.keys() == sample("merge-webhook.json").keys()


def test_the_ids_that_the_sandbox_sends_and_answers_agree(merged: Caller) -> None:
    [webhook] = merged.sandbox.outbox

    identity = compare(webhook.delivery.body, merged.calls(f"GET /v1/shop/fs/{merged.fs_id}/shop-info"))

    assert identity.agree, identity.table()


def test_get_product_info_of_a_linked_product_has_the_shape_of_its_sample(merged: Caller) -> None:
    shop = merged.sandbox.world.all_shops()[0]
    listings = merged.sandbox.world.listings.rows("shop", (TOKOPEDIA, shop.key))
    linked = next(listing for listing in listings if listing.status is ListingStatus.ACTIVE and listing.twin)

    answer = json.loads(merged.calls(f"GET /inventory/v1/fs/{merged.fs_id}/product/info?product_id={linked.id}"))

    assert differences(sample("product-mapping.json"), answer) == []


def test_the_documented_registration_copied_blindly_wipes_every_other_webhook(caller: Caller) -> None:
    before = caller.registers("register-request.json")

    after = caller.registers("register-request-copied.json")

    assert {name for name, value in before.items() if value} == set(sample("register-request.json"))
    assert {name for name, value in after.items() if value} == {"fs_id", "shop_merge_notification_url"}


# -- the test itself ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"a": 1, "b": [{"c": "x", "more": 1}]}, []),
        ({"a": 1}, ["$.b is missing"]),
        ({"a": "1", "b": [{"c": "x"}]}, ["$.a is '1' where the sample has 1"]),
        ({"a": True, "b": [{"c": "x"}]}, ["$.a is True where the sample has 1"]),
        ({"a": 1, "b": []}, ["$.b is [] where the sample has [{'c': 'y'}]"]),
        ({"a": 1, "b": [{"c": "x"}, {"c": None}]}, ["$.b[].c is None where the sample has 'y'"]),
    ],
)
def test_another_shape_is_found_out(answer: dict[str, Any], found: list[str]) -> None:
    assert differences({"a": 1, "b": [{"c": "y"}]}, answer) == found
