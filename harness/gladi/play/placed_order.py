"""An order that a buyer placed, as a scenario sees it: what the world knows of it, and no system needs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.record.clock import moment
from gladi.record.journal import Call
from gladi.record.operations import Does
from gladi.record.words import Platform
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from datetime import datetime

    from gladi.play.backstage import Backstage
    from gladi.sandbox.world.records import Order

__all__ = ["PlacedOrder", "SentParcel"]


@dataclass(frozen=True, slots=True)
class SentParcel:
    """A parcel that left for an order: which platform was asked, and when; `by_hand` in its console, past the system."""

    name: str
    platform: Platform
    left_at: datetime
    by_hand: bool = False


class PlacedOrder:
    """An order that a buyer placed, as the world knows it: its name, its ids and the parcels that left for it."""

    def __init__(self, backstage: Backstage, name: str) -> None:
        """Point at the order `name` of the world."""
        self._backstage = backstage
        self.name = name

    @property
    def _order(self) -> Order:
        return self._backstage.sandbox.world.orders[self.name]

    @property
    def parcels(self) -> list[SentParcel]:
        """The parcels that left for it, in order of time."""
        return [
            SentParcel(one.key, one.platform, moment(one.left_at), one.by_hand)
            for one in self._backstage.sandbox.world.parcels.values()
            if one.order == self.name
        ]

    @property
    def documents(self) -> list[Platform]:
        """The platforms that printed a document for it, in order of time: one for each."""
        calls = (entry for entry in self._backstage.sandbox.journal.entries if isinstance(entry, Call) and not entry.refused)
        printed = (call for call in calls if call.does is Does.PRINTS_DOCUMENTS)
        return [call.platform for call in printed if self.name in (call.touches, *call.shows)]

    @property
    def lives_on(self) -> list[Platform]:
        """The platforms that hold the order now."""
        return [platform for platform in Platform if self._order.on(platform) is not None]

    @property
    def can_leave(self) -> bool:
        """Whether a platform shows it and would have it shipped; in the cell `origin/shop` of the in-flight matrix none does."""
        return any(view is not None and view.listed and view.actionable for view in map(self._order.on, Platform))

    def id_on(self, platform: Platform) -> str | None:
        """Give the order's id on a platform, or None where that platform does not hold it."""
        view = self._order.on(platform)
        return view.id if view else None

    def tracking_number_on(self, platform: Platform) -> str:
        """Give the number under which a platform lets its parcel be followed; empty until its shipment was arranged there."""
        view = self._order.on(platform)
        return view.tracking if view is not None else ""

    def delivered_on(self, platform: Platform) -> datetime | None:
        """Give when the order reached its buyer, as a platform knows it; None while it has not, as far as that platform knows."""
        view = self._order.on(platform)
        return moment(view.updated_at) if view is not None and view.status is OrderStatus.DELIVERED else None

    def last_read_on(self, platform: Platform) -> datetime | None:
        """Give when a platform last showed the order to the system; None when it never did."""
        entries = reversed(self._backstage.sandbox.journal.entries)
        shown = (entry for entry in entries if isinstance(entry, Call) and entry.platform is platform and self.name in entry.shows)
        return next((moment(call.at) for call in shown if call.lost is None), None)

    def __repr__(self) -> str:
        return f"<order {self.name}>"
