"""A sample of what `python -m tests.sandbox.fuzz` asks at length, and that the fuzzing sees each kind of fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from gladi.record.operations import OPERATIONS
from gladi.record.words import SHOP
from gladi.sandbox.sandbox import Sandbox
from tests.sandbox.fuzz import MODES, Wrong, call, fuzz
from tests.sandbox.ground import Asked, Ground

if TYPE_CHECKING:
    from gladi.record.wire import Request, Response

BY_NAME = {operation.name: operation for operation in OPERATIONS}
A_FEW = dict(zip(MODES, (3, 2), strict=True))


@pytest.mark.parametrize("name", BY_NAME)
def test_whatever_is_asked_is_answered_as_described_and_a_refusal_changes_nothing(name: str) -> None:
    for mode, examples in A_FEW.items():
        fuzz(name, mode, examples=examples)


class Talkative(Sandbox):
    """Says more than it promised."""

    def __call__(self, request: Request) -> Response:
        response = super().__call__(request)
        return replace(response, body=response.body.replace(b'"data":{', b'"data":{"more":1,'))


class Fragile(Sandbox):
    """Breaks down."""

    def __call__(self, request: Request) -> Response:
        return replace(super().__call__(request), status=500)


class Rash(Sandbox):
    """Writes before it refuses."""

    def __call__(self, request: Request) -> Response:
        self.world.place_order("shop-1", on=SHOP)
        return super().__call__(request)


class Raising(Sandbox):
    """Does not answer at all."""

    def __call__(self, request: Request) -> Response:
        raise ZeroDivisionError(request.path)


@pytest.mark.parametrize(
    ("kind", "product", "says"),
    [(Talkative, None, "more"), (Rash, "1", "changed though the call was refused"), (Fragile, None, "HTTP 500")],
)
def test_a_sandbox_that_breaks_its_word_is_found_out(kind: type[Sandbox], product: str | None, says: str) -> None:
    ground = Ground()
    ground.sandbox.__class__ = kind
    asked = Asked({"product_id": product or ground.listing().id})

    with pytest.raises(Wrong, match=says):
        call(ground, BY_NAME["shop.get_product"], asked)


def test_a_sandbox_that_raises_is_found_out() -> None:
    ground = Ground()
    ground.sandbox.__class__ = Raising

    with pytest.raises(ZeroDivisionError):
        call(ground, BY_NAME["shop.get_product"], Asked({"product_id": "1"}))
