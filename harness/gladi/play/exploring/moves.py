"""What is lawful now: the orders, SKUs and apps with which somebody could do something at this moment of a play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.exploring.steps import Bought
from gladi.record.words import TOKOPEDIA, Platform, Stage
from gladi.sandbox.shop.events import Topic
from gladi.sandbox.world.records import ListingStatus, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.play.exploring.told_play import ToldPlay
    from gladi.sandbox.world.records import Order, View

__all__ = ["Moves"]

_MOST_SKUS = 4
_CANCELLABLE = (OrderStatus.UNPAID, OrderStatus.ON_HOLD, OrderStatus.ARRANGED, OrderStatus.PAID, OrderStatus.ACCEPTED)
_TO_SHIP = (OrderStatus.PAID, OrderStatus.ACCEPTED, OrderStatus.PARTLY_ARRANGED)


class Moves:
    """What could be done next in a play; it looks at the world behind both platforms, as no system can."""

    def __init__(self, play: ToldPlay) -> None:
        """Look at a play that has been opened."""
        self._play = play
        self._world = play.rehearsal.world
        self._shop = self._world.all_shops()[0].key
        self._skus = {platform: self._sold_on(platform) for platform in Platform}

    @property
    def stage(self) -> Stage:
        """Where the merge stands."""
        return self._play.rehearsal.stage

    @property
    def next_merge_fails(self) -> bool:
        """Whether the integration that comes or is under way will fail."""
        return self._world.next_integration_fails or self._world.settings.merge_fails

    @property
    def merges(self) -> bool:
        """Whether the integration is under way and will succeed."""
        return self.stage is Stage.MERGING and not self.next_merge_fails

    @property
    def can_be_mirrored(self) -> bool:
        """Whether the platform may choose the shop for mirroring, and somebody can be told."""
        registrations = self._play.rehearsal.backstage.sandbox.shop.webhooks.registrations
        told = registrations.address(self._shop, Topic.TOKOPEDIA_MIRROR_STATUS_CHANGE) is not None
        return told and self.stage is Stage.PENDING and self._shop not in self._world.mirrored

    @property
    def mishaps(self) -> int:
        """How often something was made to go wrong in this play so far."""
        return sum(one.does.startswith(("trouble.", "webhooks.")) for one in self._play.steps)

    @property
    def orders_come_late(self) -> bool:
        """Whether the merge has put an order of this play out of sight that is still to come back."""
        pending = self._play.rehearsal.backstage.sandbox.clock.pending()
        return any(timer.name.startswith("late arrival of INV-") for timer in pending)

    @property
    def seconds_to_the_next(self) -> float:
        """How long it is to the next due thing, be it the sandbox's or the system's; zero when nothing is due."""
        backstage = self._play.rehearsal.backstage
        clock = backstage.sandbox.clock
        due = min((at for at in (clock.due, backstage.wake) if at is not None), default=clock.now)
        return (due - clock.now) / 1000

    @property
    def merge_is_told(self) -> bool:
        """Whether the system registered for the merge webhook."""
        return self._play.rehearsal.webhooks.are_registered

    @property
    def webhooks_are_heard(self) -> bool:
        """Whether the receiver of webhooks lives."""
        return self._play.rehearsal.backstage.post.is_heard

    @property
    def shop_is_heard(self) -> bool:
        """Whether the system registered for webhooks of Tokopedia & Shop."""
        return self._play.rehearsal.backstage.sandbox.shop.webhooks.registrations.are_any

    def orders(self, fits: Callable[[Order], bool] = lambda order: True) -> list[Bought]:  # noqa: ARG005 - any
        """Give the orders of the play that fit, oldest first."""
        return [Bought(name) for name, placed in self._play.orders.items() if fits(self._world.orders[placed.name])]

    def to_cancel(self) -> list[Bought]:
        """Give the orders that their buyers could take back on Tokopedia & Shop, or ask to."""
        return self.orders(lambda order: _listed(order.shop_view) and _open(order.shop_view, _CANCELLABLE))

    def to_answer(self) -> list[Bought]:
        """Give the orders whose buyers wait to hear whether they may cancel."""
        return self.orders(lambda order: order.shop_view is not None and order.shop_view.cancel_requested_at is not None)

    def to_hand_over(self) -> list[Bought]:
        """Give the orders that have a parcel in the warehouse."""
        views = self._world.parcels.values()
        return self.orders(
            lambda order: any(
                one.order == order.key and (view := order.on(one.platform)) is not None and view.status is OrderStatus.ARRANGED
                for one in views
            )
        )

    def to_ship_by_hand(self, platform: Platform) -> list[Bought]:
        """Give the orders that a person could have shipped in the console of a platform."""

        def could(order: Order) -> bool:
            view = order.on(platform)
            # A person who has shipped it on one platform does not do it again on the other.
            left = any(one.order == order.key for one in self._world.parcels.values())
            return view is not None and view.actionable and _listed(view) and _open(view, _TO_SHIP) and not left

        # Nor does he when the clerk has pressed the button already, and the system may be about to ship it.
        pressed = {name for one in self._play.steps if one.does == "clerk.ships" for name in one.uses}
        return [one for one in self.orders(could) if one.name not in pressed]

    def to_accept_by_hand(self) -> list[Bought]:
        """Give the orders that a person could accept in the console of Tokopedia."""
        return self.orders(
            lambda order: (view := order.on(TOKOPEDIA)) is not None and view.actionable and view.listed and view.status is OrderStatus.PAID
        )

    def skus(self, *platforms: Platform) -> list[str]:
        """Give a few seller SKUs that were on sale on any of these platforms when the play began."""
        return list(dict.fromkeys(sku for platform in platforms or tuple(Platform) for sku in self._skus[platform]))

    def skus_now(self, platform: Platform) -> list[str]:
        """Give those of them that this platform sells now."""
        return [sku for sku in self.skus() if self._world.listing_of_sku(platform, self._shop, sku) is not None]

    def _sold_on(self, platform: Platform) -> list[str]:
        rows = self._world.listings.rows("shop", (platform, self._shop))
        active = [one.offers[0].sku for one in rows if one.status is ListingStatus.ACTIVE]
        # Those on both platforms come last in either row, and a search wants some of each kind.
        return [*active[: _MOST_SKUS // 2], *active[-_MOST_SKUS // 2 :]]


def _listed(view: View | None) -> bool:
    return view is not None and view.listed


def _open(view: View | None, statuses: tuple[OrderStatus, ...]) -> bool:
    return view is not None and view.status in statuses and view.cancel_requested_at is None
