"""The list of orders: each once, though both platforms may show it, with what the warehouse may do with it.

Nobody documents where an order lives that was paid on Tokopedia and not shipped when the shops merged: where it was, on both
platforms under two ids, or on neither for two days. So two views with one footprint are taken for one order, and a view on
Tokopedia & Shop that may have such a twin is held until Tokopedia was read up to the second of the merge.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from examples.evented import events
from examples.evented.facts import Standing, View
from examples.evented.intents import Shipment
from gladi.play.system import OrderState
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from examples.evented.facts import Line
    from examples.evented.roster import Roster
    from examples.evented.store import Store

__all__ = ["TO_SHIP", "Orders"]

TO_SHIP = (Standing.NEW, Standing.OPEN)
_LEFT = (Standing.SHIPPED, Standing.DONE)
_UNSETTLED = (Standing.WAITING, Standing.ASKED, Standing.GONE, *TO_SHIP)


class Orders:
    """Folds what is seen of orders."""

    def __init__(self, roster: Roster, store: Store) -> None:
        """Show the orders of the shops on `roster`."""
        self._roster = roster
        self._store = store
        self.views: dict[str, View] = {}
        self.sent: set[str] = set()
        self.named: set[str] = set()
        """The products that either platform can name."""
        self._since: dict[str, datetime] = {}
        self._twins: dict[str, str] = {}
        self._copies: set[str] = set()
        self._pairs: Counter[tuple[object, ...]] = Counter()
        self.edition = 0
        """Counts what may have made two views recognisable as one."""

    def folds(self, event: events.Event, at: datetime) -> None:
        """Take one event in."""
        match event:
            case events.OrderSeen(view=view):
                self.edition += view.key not in self.views
                self.views[view.key] = view
                self._since.setdefault(view.key, at)
            case events.OrdersMatched(first=first, second=second):
                self._twins |= {first: second, second: first}
                self._copies.add(second)
                self._pairs[self.views[first].footprint] += 1
            case events.OrderSent(order=order):
                self.sent.add(order)
            case events.ProductNamed(product_id=product_id):
                self.named.add(product_id)
            case events.ProductSeen(product=product):
                self.named |= {product.product_id, product.tts_product_id or product.product_id}
            case events.MergeConfirmed():
                self.edition += 1
            case _:
                pass

    # -- rows ----------------------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[View]:
        """Give every order once, by the view that stands for it."""
        return (view for key, view in list(self.views.items()) if key not in self._copies)

    def row(self, key: str) -> View:
        """Give the view that stands for the order of a view."""
        return self.views[self._twins[key] if key in self._copies else key]

    def both(self, row: View) -> list[View]:
        """Give the views of an order, Tokopedia's first: what came from there is shipped there while it can be."""
        # By key: whoever holds a row since before a call holds what was so then.
        views = (self.views[key] for key in (row.key, self._twins.get(row.key)) if key is not None)
        return sorted(views, key=lambda view: view.is_on_shop)

    def state(self, row: View) -> OrderState:
        """Say what the warehouse may do with an order."""
        standings = {view.standing for view in self.both(row)}
        if standings == {Standing.CLOSED} or Standing.DONE in standings:
            return OrderState.CLOSED
        if Standing.SHIPPED in standings:
            return OrderState.SHIPPED
        if row.key in self.sent:
            # Its buyer may cancel until the courier has come, and only the platform that had it sent hears of that.
            return OrderState.CLOSED if Standing.CLOSED in standings else OrderState.SHIPPED
        if standings.isdisjoint(_UNSETTLED):
            return OrderState.CLOSED
        return OrderState.HELD if self.why_held(row) else OrderState.TO_SHIP

    def is_settled(self, row: View) -> bool:
        """Tell whether there is nothing left to do for an order."""
        return self.state(row) in (OrderState.SHIPPED, OrderState.CLOSED)

    def why_held(self, row: View) -> str:
        """Say why an order that has not left is not to be shipped now; nothing when it may be."""
        views = self.both(row)
        every = {view.standing for view in views}
        standings = every - {Standing.CLOSED}
        if not standings or row.key in self.sent or not standings.isdisjoint(_LEFT):
            return ""
        shipment = self._store.intent(f"ship {row.key}")
        asked, refused = (shipment.asked, shipment.refused) if isinstance(shipment, Shipment) else (None, ())
        reasons = {
            "the access to its shop was taken back from us; please ship it in Seller Center": row.is_on_shop
            and row.place.shop in self._roster.closed,
            "one platform says that it was cancelled, and the other that it was not; please check in Seller Center": every != standings,
            "another order was placed in the same second and cannot be told from it; please ship both in Seller Center": len(views) > 1
            and self._pairs[row.footprint] > 1,
            "it may be one with an order on Tokopedia, which is being read": len(views) == 1 and self._may_have_a_twin(row),
            "it is not known yet which product was bought": not all(self.is_named(line) for line in row.lines),
            "it was sent for shipment, no answer came, and it is out of sight now; please check in Seller Center": any(
                view.key == asked and view.standing is Standing.GONE for view in views
            ),
            "neither platform shows it just now, which may take two days after a merge": standings == {Standing.GONE},
            "its buyer asks to cancel it; please answer him in Seller Center": Standing.ASKED in standings,
            "the platform has not released it": standings.isdisjoint(TO_SHIP),
            f"{getattr(shipment, 'trouble', '')}; it will be asked again": bool(refused)
            and all(view.key in refused for view in views if view.standing in TO_SHIP),
        }
        return next((reason for reason, holds in reasons.items() if holds), "")

    def is_named(self, line: Line) -> bool:
        """Tell whether the warehouse can know what to pack: by the seller's SKU, or else by a product that can be named."""
        return bool(line.sku) or line.product_id in self.named

    # -- two views of one order ----------------------------------------------------------------------------------------

    def matches(self) -> Iterator[events.OrdersMatched]:
        """Find pairs of views that are one order and are not known to be; each is to be recorded before the next is looked for."""
        alike: dict[tuple[object, ...], list[View]] = {}
        for view in list(self.views.values()):
            if view.key in self._twins or not self._is_from_before(view):
                continue
            others = alike.setdefault(view.footprint, [])
            found = next((other for other in others if self._is_one_with(other, view)), None)
            if found is None:
                others.append(view)
                continue
            others.remove(found)
            yield events.OrdersMatched(first=found.key, second=view.key)

    def _is_one_with(self, one: View, other: View) -> bool:
        shops = {self._roster.behind(view.place) for view in (one, other)}
        return one.place.platform is not other.place.platform and (None in shops or len(shops) == 1)

    def _may_have_a_twin(self, row: View) -> bool:
        served = self._roster.behind(row.place)
        return row.is_on_shop and self._is_from_before(row) and not (served and served.swept)

    def _is_from_before(self, view: View) -> bool:
        """Tell whether an order was placed on Tokopedia before its shop merged, or may have been."""
        served = self._roster.behind(view.place)
        if served is None and view.in_tokopedia and view.place.platform is SHOP:
            # A seller who never had a Tokopedia shop sells to the buyers of its app all the same.
            return self._roster.may_have_a_past(view.place.shop, self._since[view.key])
        merge = served.merge if served else None
        return view.in_tokopedia and (merge is None or view.created_at <= merge.merged_at)

    def to_look_up(self) -> Iterator[View]:
        """Give the views on Tokopedia of which more is to be heard: its list goes by placing, and shows no old ones."""
        for view in list(self.views.values()):
            if view.place.platform is TOKOPEDIA:
                row = self.row(view.key)
                on_its_way = row.key in self.sent and view.standing is Standing.SHIPPED
                if on_its_way or (view.standing in _UNSETTLED and not self.is_settled(row)):
                    yield view
