"""The ledger: what each platform keeps of a seller's promotions and payouts. A row stays where it was made, whatever merges later."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from gladi.record.words import SHOP, TOKOPEDIA, Platform, SellerKind
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import OrderStatus, Record
from gladi.sandbox.world.table import Base, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.world.records import Order, Shop
    from gladi.sandbox.world.world import World

__all__ = ["Account", "Ledger", "Post"]

_DAY = 86_400_000
_PAYOUTS_OF_THE_PAST = 3
"""A seller has more; three are enough to see whether they are shown, and cost a world nothing however big it is."""
_SETTLED = {TOKOPEDIA: "tokopedia.list", SHOP: "shop.created"}

Place = tuple[Any, tuple[Any, ...]]


class Account(StrEnum):
    """Which book of the ledger a row stands in."""

    PAYOUTS = "payouts"
    PROMOTIONS = "promotions"


class Post(Record, frozen=True, kw_only=True, gc=False):
    """One row: money that the platform paid out for an order, or a promotion of the seller's."""

    key: str
    number: int
    account: Account
    shop: str
    platform: Platform
    id: str
    """The platform's own: digits, on Tokopedia & Shop 19."""
    at: int
    ends_at: int
    title: str
    amount: int = 0
    """Whole rupiah; of a promotion the percentage that it takes off."""
    listing: str = ""


def _by_place(post: Post) -> Iterator[Place]:
    yield (post.shop, post.platform, post.account), (post.at, post.number, post.key)


_NONE_YET: Base[Post] = Base((), place=_by_place)


class Ledger:
    """Promotions and payouts of every shop. What a shop began with is written down when it is first asked for."""

    def __init__(self, world: World) -> None:
        """Begin with empty books."""
        self._world = world
        self._table: Table[Post] = Table(_NONE_YET)
        self._opened: set[str] = set()

    def posts(self, shop: str, platform: Platform, account: Account, *, since: int = 0, until: int | None = None) -> Iterator[Post]:
        """Go through a book in order of time, from `since` on and before `until`, both instants."""
        self._opens(shop)
        high = () if until is None else ((until,),)
        return self._table.rows("place", (shop, platform, account), (since,), *high)

    def count(self, shop: str, platform: Platform, account: Account) -> int:
        """Count the rows of a book."""
        self._opens(shop)
        return self._table.count("place", (shop, platform, account))

    def pays_out(self, order: Order, platform: Platform) -> None:
        """The buyer has an order in his hands: the platform that had it delivered pays the seller."""
        self._opens(order.shop)
        self._pays(order, platform, self._world.clock.now)

    def promotes(self, key: str, platform: Platform) -> Post:
        """The seller begins a promotion of a week in the console of a platform.

        Raises:
            WorldError: his Tokopedia store is history, or he never had one.
        """
        shop = self._world.shops[key]
        if platform is TOKOPEDIA and (shop.merged_at is not None or not shop.is_on_tokopedia):
            msg = f"{shop.name} has no store of its own on {TOKOPEDIA.label}; a promotion of his begins on {SHOP.label}"
            raise WorldError(msg)
        self._opens(key)
        return self._promotes(shop, platform, self._world.clock.now, "Weekly offer")

    # -- writing -------------------------------------------------------------------------------------------------------

    def _opens(self, key: str) -> None:
        if key in self._opened:
            return
        self._opened.add(key)
        shop = self._world.shops[key]
        if shop.begins_as is SellerKind.NEW_HERE:
            return
        for platform in (TOKOPEDIA, SHOP) if shop.is_on_tokopedia else (SHOP,):
            for days, title in ((60, "Offer of the past"), (3, "Offer of the month")):
                self._promotes(shop, platform, self._world.began_at - days * _DAY, title)
            past = self._world.orders.rows(_SETTLED[platform], (key, OrderStatus.COMPLETED), (), (self._world.began_at,))
            for order in islice(past, _PAYOUTS_OF_THE_PAST):
                self._pays(order, platform, min(order.placed_at + 5 * _DAY, self._world.began_at))

    def _pays(self, order: Order, platform: Platform, at: int) -> None:
        self._put(Account.PAYOUTS, order.shop, platform, at, ends_at=at, title=order.invoice, amount=order.goods)

    def _promotes(self, shop: Shop, platform: Platform, at: int, title: str) -> Post:
        listing = next(iter(self._world.listings.rows("shop", (platform, shop.key))), None)
        return self._put(
            Account.PROMOTIONS, shop.key, platform, at, ends_at=at + 7 * _DAY, title=title, amount=10, listing=listing.id if listing else ""
        )

    def _put(self, account: Account, shop: str, platform: Platform, at: int, **more: Any) -> Post:  # noqa: ANN401 - the row's own fields
        number = len(self._table) + 1
        key = f"{account}-{number:03d}"
        ours = 1_300_000_000 if account is Account.PAYOUTS else 55_000_000
        post = Post(
            key=key,
            number=number,
            account=account,
            shop=shop,
            platform=platform,
            id=str(ours + number) if platform is TOKOPEDIA else shop_side_id(f"{self._world.seed} {shop} {key}", "7372"),
            at=at,
            **more,
        )
        return self._table.put(key, post)
