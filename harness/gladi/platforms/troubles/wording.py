"""What a platform may word otherwise: the order of lists, fields that nobody knows, and, against its documents, ids as numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from gladi.platforms.troubles.body import objects_at, said, saying
from gladi.record.routing import router

if TYPE_CHECKING:
    from random import Random

    from gladi.platforms.troubles.aim import Aim
    from gladi.record.wire import Answers, Request, Response

__all__ = ["REORDERED", "NumericIds", "ReorderedLists", "UnknownFields"]

REORDERED: dict[str, tuple[str, ...]] = {
    "shop.get_authorized_shops": ("shops",),
    "shop.get_warehouses": ("warehouses",),
    "shop.search_products": ("products", "products.skus", "products.skus.inventory"),
    "shop.get_product": ("skus", "skus.inventory"),
    "shop.search_orders": ("orders.line_items", "orders.packages"),
    "shop.get_orders": ("orders", "orders.line_items", "orders.packages"),
    "shop.get_conversations": ("conversations",),
    "tokopedia.get_shop_info": ("",),
    "tokopedia.list_orders": ("",),
    "tokopedia.get_product_info": ("",),
}
"""The lists under `data` whose order no document names and no parameter asks for; those of Search Orders, Search Packages, Search
Returns and Get Conversation Messages are in the order of `sort_order` (tiktok-shop-api.md 6)."""
_LONGEST_ID = 19
_ADDED = "added_later"


@dataclass(frozen=True, slots=True)
class ReorderedLists:
    """Lists come in another order than last time, where no document names one."""

    aim: Aim
    random: Random = field(repr=False)
    name: ClassVar[str] = "list in another order"
    legal: ClassVar[bool] = True

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Shuffle the lists of an answer."""
        response = platform(request)
        operation = router().route(request).operation
        paths = REORDERED.get(operation.name, ()) if operation is not None else ()
        body = said(response) if paths and not request.params.get("sort_field") else None
        if body is None:
            return response
        is_another = False
        for path in paths:
            parent, _, name = f"data.{path}".rstrip(".").rpartition(".")
            for one in objects_at(body, parent):
                if isinstance(rows := one.get(name), list):
                    before = list(rows)
                    self.random.shuffle(rows)
                    is_another = is_another or rows != before
        return saying(response, body) if is_another else response


@dataclass(frozen=True, slots=True)
class UnknownFields:
    """Objects have a field that no document names."""

    aim: Aim
    name: ClassVar[str] = "unknown fields"
    legal: ClassVar[bool] = True

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Add a text to every object under `data`, and an object beside `data` itself."""
        response = platform(request)
        body = said(response)
        if body is None:
            return response
        _add(body.get("data"))
        body[_ADDED] = {"since": 2}
        return saying(response, body)


@dataclass(frozen=True, slots=True)
class NumericIds:
    """Ids are numbers where they were strings, exact to the last of their up to 19 digits."""

    aim: Aim
    name: ClassVar[str] = "ids as numbers"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Write every text of digits under a name that ends in `id` or `ids` as a number."""
        response = platform(request)
        body = said(response)
        return response if body is None else saying(response, _numbered(body))


def _add(value: object) -> None:
    if isinstance(value, dict):
        for inner in list(value.values()):
            _add(inner)
        value[_ADDED] = "a field that no document names"
    elif isinstance(value, list):
        for inner in value:
            _add(inner)


def _numbered(value: Any, name: str = "") -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        return {key: _numbered(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbered(inner, name) for inner in value]
    return int(value) if isinstance(value, str) and name.endswith(("id", "ids")) and _is_id(value) else value


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and text[0] != "0" and len(text) <= _LONGEST_ID
