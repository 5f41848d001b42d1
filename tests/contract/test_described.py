"""What the third-party client is answered lies in the description of the served sandbox, so a client made from that would read it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.faces.server import Served
from gladi.sandbox.sandbox import Sandbox
from tests.contract.test_tiktok_client import Shop, answers
from tests.sandbox.described import Description

if TYPE_CHECKING:
    from gladi.record.wire import Request, Response


def test_every_answer_to_the_client_is_as_described() -> None:
    sandbox, description, faults, asked = Sandbox(), Description(), list[str](), set[str]()

    def watched(request: Request) -> Response:
        response = sandbox(request)
        faults.extend(description.faults(request, response))
        asked.add(request.path)
        return response

    with Served(watched, now=lambda: sandbox.clock.now) as served:
        shop = Shop(sandbox, served.url)
        with shop.client:
            operations = answers(shop)

    assert faults == []
    assert len(asked) > len(operations) > 30
