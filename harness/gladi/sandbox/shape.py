"""A shape: what a body looks like, written as the body itself with kinds in the place of values, and turned into JSON Schema.

`{"id": ID, "note?": TEXT, "lines": [{"sku": TEXT}]}` is an object with an id, perhaps a note, and a list of lines. An object has the
keys that stand there and no others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BOOL",
    "COUNT",
    "DIGITS",
    "EMPTY",
    "ID",
    "INT",
    "MONEY",
    "NO",
    "NULL",
    "NUMBER",
    "SECONDS",
    "TEXT",
    "YES",
    "Envelope",
    "Keys",
    "Kind",
    "Shape",
    "Shaped",
    "as_text",
    "either",
    "one_of",
    "schema",
    "within",
    "words",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A JSON Schema for one value."""

    schema: dict[str, object]


Shape: TypeAlias = "Kind | Mapping[str, Shape] | list[Shape]"
"""A kind, an object of shapes (a name that ends in `?` may be absent), or a list with the one shape of its items."""

Keys: TypeAlias = "Mapping[str, Shape]"
"""The names of an object, or of a query, each with its shape."""

NULL = Kind({"type": "null"})
TEXT = Kind({"type": "string"})
BOOL = Kind({"type": "boolean"})
YES, NO = Kind({"const": True}), Kind({"const": False})
INT = Kind({"type": "integer"})
NUMBER = Kind({"type": "number"})
COUNT = Kind({"type": "integer", "minimum": 0})
SECONDS = COUNT
"""Unix seconds."""
ID = Kind({"type": "string", "pattern": "^[1-9][0-9]{18}$"})
"""An id of Tokopedia & Shop: nineteen digits as text, which a float cannot hold."""
DIGITS = Kind({"type": "string", "pattern": "^[0-9]+$"})
MONEY = Kind({"type": "string", "pattern": "^-?[0-9]+$"})
"""Whole rupiah, as text."""
EMPTY = Kind({"type": "array", "maxItems": 0})
"""A list in which this sandbox never has anything."""


class Envelope(StrEnum):
    """What an operation's answer is wrapped in."""

    SHOP = "shop"
    MODERN = "modern"
    """Header and data; refusals too."""
    SHOP_INFO = "shop info"
    """A header with an integer code; refused in the legacy form."""
    LEGACY = "legacy"
    """Data, status and error messages; refusals too."""
    BARE = "bare"
    """None, and OAuth's own words for a refusal."""
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Shaped:
    """What one operation is asked and answers."""

    answer: Shape
    query: Keys = field(default_factory=dict[str, Shape])
    body: object = None
    """The type as which the handler reads a body of JSON; None where it reads none."""
    form: Shape | None = None
    """The fields of a multipart form, in the place of JSON."""
    envelope: Envelope | None = None
    """How the answer is wrapped; None for the platform's usual envelope."""
    breaks: bool = False
    """Whether the platform answers some of its refusals with HTTP 500, as if it had broken down."""


def one_of(*values: str | int) -> Kind:
    """Make a kind with a few values."""
    return Kind({"enum": list(values)})


def words(literal: object, *, but: tuple[str, ...] = ()) -> Kind:
    """Make a kind with the values of a `Literal`, without some of them."""
    return one_of(*(word for word in get_args(literal) if word not in but))


def within(least: int, most: int) -> Kind:
    """Make an integer between two bounds, both included."""
    return Kind({"type": "integer", "minimum": least, "maximum": most})


def as_text(pattern: str) -> Kind:
    """Make a text that a pattern matches from its beginning to its end."""
    return Kind({"type": "string", "pattern": f"^{pattern}$"})


def either(*shapes: Shape) -> Kind:
    """Make a shape that is one of several."""
    return Kind({"anyOf": [schema(one) for one in shapes]})


def schema(shape: Shape) -> dict[str, object]:
    """Write a shape as JSON Schema (2020-12, which OpenAPI 3.1 speaks)."""
    if isinstance(shape, Kind):
        return shape.schema
    if isinstance(shape, list):
        return {"type": "array", "items": schema(shape[0])}
    return {
        "type": "object",
        "properties": {name.removesuffix("?"): schema(one) for name, one in shape.items()},
        "required": [name for name in shape if not name.endswith("?")],
        "additionalProperties": False,
    }
