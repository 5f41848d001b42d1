"""The roster: which Tokopedia shops are served, what each has become, and which shops on Tokopedia & Shop are open to us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from examples.evented import events
from examples.evented.facts import Front, Place
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

__all__ = ["Roster", "Served"]


class Served(msgspec.Struct, frozen=True):
    """A Tokopedia shop, and what Get Shop Info has said of its merge."""

    shop: str
    merge: events.MergeConfirmed | None = None
    rumour: str | None = None
    """The seller whom a webhook named, while nothing else is known."""
    swept: bool = False
    """Its orders on Tokopedia were read up to the second of the merge."""

    @property
    def front(self) -> str | None:
        """The shop on Tokopedia & Shop that it became, as far as that is known."""
        return self.merge.front if self.merge else None


class Roster:
    """Folds what is told of shops."""

    def __init__(self, shop_ids: Iterable[int]) -> None:
        """Begin with the shops that the app serves, none of which has merged as far as anybody knows."""
        self.shops = {str(one): Served(str(one)) for one in shop_ids}
        self.fronts: dict[str, Front] = {}
        self.closed: set[str] = set()
        """The fronts whose owners have taken their access back."""
        self.mirrored: dict[str, str] = {}
        self.heard: set[str] = set()
        """The marks of the webhooks that were taken."""
        self.apart: dict[str, datetime] = {}
        """When Get Shop Info last said that a shop has not merged; no event, because it says so every five minutes."""
        self._behind: dict[str, str] = {}

    def folds(self, event: events.Event, at: datetime) -> None:  # noqa: ARG002 - a projection's
        """Take one event in."""
        match event:
            case events.MergeHeard(shop=shop):
                self.shops[shop] = replace(self.shops[shop], rumour=event.seller)
            case events.MergeConfirmed(shop=shop):
                self.shops[shop] = replace(self.shops[shop], merge=event)
                self._behind |= {event.front: shop} if event.front else {}
            case events.ShopSwept(shop=shop):
                self.shops[shop] = replace(self.shops[shop], swept=True)
            case events.FrontOpened(front=front):
                self.fronts[front.id] = front
                self.closed.discard(front.id)
            case events.FrontClosed(front=closed):
                self.fronts.pop(closed, None)
                self.closed.add(closed)
            case events.MirroringHeard():
                self.mirrored[event.front] = event.status
            case _:
                pass
        if isinstance(event, events.MergeHeard | events.SeparationHeard | events.NewsHeard | events.MirroringHeard):
            self.heard.add(event.mark)

    def behind(self, place: Place) -> Served | None:
        """Find the Tokopedia shop that a shop of either platform is, or was; None while nobody has said."""
        return self.shops.get(place.shop if place.platform is TOKOPEDIA else self._behind.get(place.shop, ""))

    def business_of(self, place: Place) -> Place:
        """Give where the business of a shop is done now: on Tokopedia & Shop once it has merged and is open to us."""
        served = self.behind(place)
        return Place(SHOP, served.front) if served and served.front and served.front in self.fronts else place

    def has_merged(self, front: str) -> bool:
        """Tell whether a shop on Tokopedia & Shop has a past on Tokopedia."""
        return front in self._behind

    def may_have_a_past(self, front: str, seen_at: datetime) -> bool:
        """Tell whether a shop on Tokopedia & Shop may be what one of ours became, of which nobody has told us by then."""
        return any(
            served.front in (None, front) and (served.merge is not None or self.apart.get(served.shop, seen_at) <= seen_at)
            for served in self.shops.values()
        )
