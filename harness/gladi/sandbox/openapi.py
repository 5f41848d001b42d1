"""The served sandbox as an OpenAPI 3.1 description, made from the operations, their shapes and the records as which handlers read bodies.

A system's own client can be generated from it, and the sandbox is fuzzed against it. It says what this sandbox takes and answers; how
far that is what the platforms do stands with each operation, as its evidence.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.operations import OPERATIONS, Does
from gladi.record.wire import Host
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.envelopes import REFUSED, envelope_of, refused, statuses, wrapped
from gladi.sandbox.shape import DIGITS, TEXT, Envelope, as_text, one_of, schema, within
from gladi.sandbox.shop.shapes import SHOP_SHAPES
from gladi.sandbox.tokopedia.shapes import TOKOPEDIA_SHAPES

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.sandbox.shape import Keys, Shaped

__all__ = ["SHAPES", "describe"]

SHAPES: dict[str, Shaped] = SHOP_SHAPES | TOKOPEDIA_SHAPES
"""What each operation is asked and answers, by its name."""

_ABOUT = """What `gladi serve` takes and answers. It is no description of the platforms: how far the sandbox behaves as they do stands
with each operation as its evidence. Time stands still until it is told to pass. A request on the side of Tokopedia & Shop is signed; `sign`
is HMAC-SHA256 as the platform documents it."""
_JSON = "application/json"
_PLACE = re.compile(r"{(\w+)}")
_SIGNED: Keys = {"app_key": TEXT, "timestamp": DIGITS, "sign": as_text("[0-9a-f]{64}")}
_NEEDS_NO_SHOP = frozenset(("shop.get_authorized_shops", "shop.generate_sharing_links", "shop.generate_general_sharing_links"))
_MOST = 2**63 - 1


def describe(url: str) -> dict[str, Any]:
    """Give the whole description as JSON values; `url` is where the sandbox is served."""
    bodies, components = _bodies()
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation, bodies)
    return {
        "openapi": "3.1.0",
        "info": {"title": "The sandbox of Gladi", "version": "1", "description": " ".join(_ABOUT.split())},
        "servers": [{"url": url}],
        "tags": [
            {"name": str(TOKOPEDIA), "description": "Tokopedia Open API"},
            {"name": str(SHOP), "description": "Tokopedia & Shop, through the TikTok Shop Open API"},
        ],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "tokopedia": {"type": "http", "scheme": "bearer"},
                "tokopedia_app": {"type": "http", "scheme": "basic"},
                "shop": {"type": "apiKey", "in": "header", "name": "x-tts-access-token"},
            },
            "schemas": components | REFUSED,
        },
    }


def _bodies() -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Write the records as which handlers read bodies: by operation, and the schemas that those refer to."""
    found: dict[str, dict[str, Any]] = {}
    components: dict[str, Any] = {}
    for platform in (SHOP, TOKOPEDIA):
        of_it = {name: one for name, one in SHAPES.items() if one.body is not None and name.startswith(f"{platform}.")}
        # Both platforms have an Edit and a Shipment, so that each name says whose it is.
        prefix = str(platform).capitalize()
        schemas, named = msgspec.json.schema_components(
            [one.body for one in of_it.values()], ref_template=f"#/components/schemas/{prefix}{{name}}"
        )
        # A default of a record is a tuple; JSON knows lists alone.
        schemas, named = msgspec.json.decode(msgspec.json.encode((schemas, named)))
        found |= dict(zip(of_it, schemas, strict=True))
        components |= {f"{prefix}{name}": one for name, one in named.items()}
    return found, components


def _described(operation: Operation, bodies: dict[str, dict[str, Any]]) -> dict[str, Any]:
    shaped = SHAPES[operation.name]
    envelope = envelope_of(operation, shaped)
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.title,
        "tags": [str(operation.platform)],
        "description": f"Evidence: {operation.evidence.grade}, {operation.evidence.place}.",
        "parameters": [*_of_the_path(operation), *_of_the_query(operation, shaped)],
        "responses": {
            "200": {"description": "Answered.", "content": _answered(envelope, shaped)},
            **{
                str(status): {"description": "Refused.", "content": {_JSON: {"schema": refused(envelope, status)}}}
                for status in statuses(operation, shaped)
            },
        },
        "security": _security(operation),
    }
    if shaped.form is not None:
        described["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": schema(shaped.form)}}}
    elif operation.name in bodies:
        must = operation.platform is TOKOPEDIA or not _may_be_empty(shaped.body)
        described["requestBody"] = {"required": must, "content": {_JSON: {"schema": bodies[operation.name]}}}
    return described


def _may_be_empty(body: object) -> bool:
    """Tell whether every field of a body may be left out; Tokopedia & Shop then takes no body for an empty one."""
    try:
        msgspec.convert({}, body)
    except msgspec.ValidationError:
        return False
    return True


def _of_the_path(operation: Operation) -> list[dict[str, Any]]:
    plain = DIGITS if operation.platform is SHOP else within(0, _MOST)
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": schema(one_of(*operation.versions) if name == "version" else plain),
        }
        for name in _PLACE.findall(operation.path)
    ]


def _of_the_query(operation: Operation, shaped: Shaped) -> list[dict[str, Any]]:
    common: Keys = {}
    if operation.host is Host.SHOP_API:
        common = _SIGNED if operation.name in _NEEDS_NO_SHOP else {**_SIGNED, "shop_cipher": TEXT}
    parameters: list[dict[str, Any]] = []
    for name, shape in chain(shaped.query.items(), common.items()):
        written = schema(shape)
        parameter: dict[str, Any] = {"name": name.removesuffix("?"), "in": "query", "required": not name.endswith("?"), "schema": written}
        # A list stands in one parameter, its items joined with commas.
        parameters.append(parameter | {"style": "form", "explode": False} if written.get("type") == "array" else parameter)
    return parameters


def _answered(envelope: Envelope, shaped: Shaped) -> dict[str, Any]:
    kind = "text/html" if envelope is Envelope.HTML else _JSON
    return {kind: {"schema": wrapped(envelope, shaped.answer)}}


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    if operation.host is Host.SHOP_API:
        return [{"shop": []}]
    if operation.host is Host.SHOP_AUTH:
        return []
    return [{"tokopedia_app" if operation.does is Does.AUTHORIZES else "tokopedia": []}]
