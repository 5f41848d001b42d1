"""The description of the served sandbox is valid, whole and true: whatever an operation answers lies in the schema that is its own."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, get_args

import msgspec
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

import gladi.sandbox.shop
import gladi.sandbox.tokopedia
from gladi.record.operations import OPERATIONS
from gladi.record.words import Stage
from gladi.sandbox.openapi import SHAPES, describe
from gladi.sandbox.shop.refusals import REFUSALS as SHOP_REFUSALS
from gladi.sandbox.tokopedia.refusals import REFUSALS as TOKOPEDIA_REFUSALS
from tests.sandbox.described import Description
from tests.sandbox.ground import Ground
from tests.sandbox.lawful import LAWFUL, STAGES

NAMES = [operation.name for operation in OPERATIONS]
NOT_BODIES = {"gladi.sandbox.shop.products.PlainFilter", "gladi.sandbox.shop.naming._Names"}
"""What handlers decode beside: the older half of a body, and the few words of any product write that are noted of it."""


def records(kind: Any) -> set[str]:
    """Name the records in a type: itself, those of its list, or those of which it is one."""
    inside = {name for one in get_args(kind) for name in records(one)}
    return inside | ({f"{kind.__module__}.{kind.__name__}"} if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else set())


@pytest.fixture(scope="module")
def description() -> Description:
    """Read the description once."""
    return Description()


def test_every_operation_has_a_shape_and_every_shape_an_operation() -> None:
    shaped = sorted(SHAPES)

    assert shaped == sorted(NAMES) == sorted(LAWFUL)


def test_the_description_is_valid() -> None:
    document: Any = describe("http://127.0.0.1:1")

    faults = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]

    assert faults == []


def test_a_body_is_described_by_the_record_as_which_its_handler_reads_it() -> None:
    modules = [
        importlib.import_module(f"{package.__name__}.{one.name}")
        for package in (gladi.sandbox.shop, gladi.sandbox.tokopedia)
        for one in pkgutil.iter_modules(package.__path__)
        if one.name != "messages"
    ]
    decoders = [value for module in modules for value in vars(module).values() if isinstance(value, msgspec.json.Decoder)]

    decoded = {name for decoder in decoders for name in records(decoder.type)}

    assert decoded - NOT_BODIES == {name for shaped in SHAPES.values() for name in records(shaped.body)}


def test_no_refusal_is_a_servers_error_but_those_that_the_platform_words_so() -> None:
    broken = {one.name for one in (*SHOP_REFUSALS, *TOKOPEDIA_REFUSALS) if one.status >= 500}

    assert broken == {"label_not_found", "label_not_ready"}


@pytest.mark.parametrize("name", NAMES)
def test_a_lawful_call_is_carried_out_and_answered_as_described(name: str, description: Description) -> None:
    ground = Ground(STAGES.get(name, Stage.PENDING))

    request, response = ground.asks(name, LAWFUL[name](ground))

    assert response.notes.refusal is None, response.body
    assert description.faults(request, response) == []


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_called_at_any_stage_is_answered_as_described(stage: Stage, description: Description) -> None:
    ground = Ground(stage)

    exchanges = [ground.asks(name, call(ground)) for name, call in LAWFUL.items()]

    assert [fault for request, response in exchanges for fault in description.faults(request, response)] == []
