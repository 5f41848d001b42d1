"""Asks for the ids of the warehouses once, and keeps them for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Storefront
    from examples.careful.shop import ShopClient

BREAKS: dict[str, set[str]] = {}
FAILS = {"stock_finds_its_warehouse_under_a_new_id"}


class Remembering:
    """The client, but for one answer."""

    def __init__(self, shop: ShopClient) -> None:
        """Stand before `shop`."""
        self._shop = shop
        self._warehouses: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the client has
        return getattr(self._shop, name)

    async def default_warehouse(self, front: Storefront) -> str:
        """Give the id that the warehouse had when it was first asked for."""
        if front.id not in self._warehouses:
            self._warehouses[front.id] = await self._shop.default_warehouse(front)
        return self._warehouses[front.id]


class KeepsWarehouses(Catalogue):
    """Saves itself a call."""

    def __init__(self, book: Any, tokopedia: Any, shop: Any, patience: Any) -> None:  # noqa: ANN401 - as Catalogue
        """Put a client with too good a memory in the place of the client."""
        super().__init__(book, tokopedia, Remembering(shop), patience)  # type: ignore[arg-type]


class RemembersWarehouses(Careful):
    """Sets stock in a warehouse that has another id by now."""

    catalogue = KeepsWarehouses
