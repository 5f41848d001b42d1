"""How much of what the third-party client can ask is answered: an operation is imitated, and then called here, or it is an unknown path."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from tiktok_shop_api.generated import api

from gladi.faces.server import Served
from gladi.record.operations import OPERATIONS
from gladi.record.routing import router
from gladi.record.wire import Host, Request
from gladi.sandbox.sandbox import Sandbox
from tests.contract.not_imitated import NOT_IMITATED
from tests.contract.test_tiktok_client import Shop, answers

if TYPE_CHECKING:
    from collections.abc import Iterator

BY_WEBHOOKS = {"get_webhooks", "register_webhook", "delete_webhook"}
"""What test_webhooks.py calls."""
OLDER = {"generate_sharing_links"}
"""What only older editions of the API have; the client is of a newer one."""

ANOTHER_METHOD = ["DELETE /product/202309/products"]
"""What is asked of a path that has other methods here, and is told so."""


def calls() -> Iterator[tuple[str, str, Request]]:
    """Give each operation of the client: its group, its name, and its call with ones in the place of ids."""
    for file in sorted(Path(api.__path__[0]).glob("*/*.py")):
        call = re.search(r'"method": "(\w+)",\s*"url": "([^"]+)"', file.read_text(encoding="utf-8"))
        if call is not None:
            yield file.parent.name, file.stem, Request(call[1].upper(), Host.SHOP_API, re.sub(r"{\w+}", "1", call[2]), 0)


def test_what_is_not_imitated_is_listed_and_what_is_listed_is_not_imitated() -> None:
    missing: dict[str, list[str]] = {}
    for group, name, request in calls():
        if router().route(request).operation is None:
            missing.setdefault(group, []).append(name)

    assert missing == {group: sorted(names.split()) for group, names in NOT_IMITATED.items()}


def test_what_is_not_imitated_is_an_unknown_path() -> None:
    sandbox = Sandbox()
    asked = [request for group, name, request in calls() if name in NOT_IMITATED.get(group, "").split()]

    said: dict[Any, list[str]] = {}
    for request in asked:
        said.setdefault(msgspec.json.decode(sandbox(request).body)["code"], []).append(f"{request.method} {request.path}")

    assert len(said.pop(36009009)) > 200
    assert said == {36009010: ANOTHER_METHOD}


@pytest.mark.parametrize("path", ["/product/202405/products/diagnoses", "/product/202405/products/seo_words"])
def test_a_word_in_the_place_of_an_id_is_another_operation(path: str) -> None:
    response = Sandbox()(Request("GET", Host.SHOP_API, path, 0))

    assert response.notes.refusal == "path_unknown"


def test_the_client_calls_every_operation_that_it_knows_and_the_sandbox_answers() -> None:
    known = {operation.name for _, _, request in calls() if (operation := router().route(request).operation) is not None}
    sandbox = Sandbox()
    with Served(sandbox, now=lambda: sandbox.clock.now) as served:
        shop = Shop(sandbox, served.url)
        with shop.client:
            called = {f"shop.{name}" for name in answers(shop)}

    assert called | {f"shop.{name}" for name in BY_WEBHOOKS} == known
    assert known | {f"shop.{name}" for name in OLDER} == {one.name for one in OPERATIONS if one.host is Host.SHOP_API}
