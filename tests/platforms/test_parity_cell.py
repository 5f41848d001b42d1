"""The cell of the in-flight matrix is read from what a recording shows of the orders that the merge caught."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from gladi.cli.model import Model
from gladi.platforms.parity.cell import shown
from gladi.platforms.recording.codes import refuses
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.wire import Host, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.clock import Instant
    from gladi.record.words import Platform
    from gladi.sandbox.world.records import View


class Recorded:
    """A sandbox in a cell, and all that was asked of it."""

    def __init__(self, cell: str) -> None:
        about = Sidecar(gladi="0", target="live", recorded_at="2025-03-03T02:00:00+00:00", salt="s", cell=cell)
        self.model = Model(about, people_first=True)
        self.exchanges: list[tuple[Request, Response]] = []
        self.now: Instant = self.model.sandbox.clock.now

    def asks(self, method: str, host: Host, path: str, query: str = "", body: bytes = b"") -> bool:
        """Ask, and tell whether it was done."""
        request = self.model.readies(Request(method, host, path, self.now, query, {"content-type": "application/json"}, body))
        assert request is not None
        self.exchanges.append((request, self.model(request)))
        return not refuses(self.exchanges[-1][1])

    def looks(self) -> None:
        """Ask both platforms for their orders."""
        app, shop = self.model.sandbox.app, next(iter(self.model.sandbox.world.all_shops()))
        since = self.now // 1000 - 2 * 86_400
        days = f"from_date={since}&to_date={since + 3 * 86_400 - 60}&page=1&per_page=50"
        assert self.asks("GET", Host.TOKOPEDIA_API, "/v2/order/list", f"fs_id={app.fs_id}&shop_id={shop.tokopedia_id}&{days}")
        assert self.asks("POST", Host.SHOP_API, "/order/202309/orders/search", "page_size=50", b"{}")

    def merges(self) -> Instant:
        """Have a buyer order, look, merge, and look again; give when it merged."""
        world = self.model.sandbox.world
        self._key = world.place_order("shop-1", on=TOKOPEDIA).key
        self.looks()
        taken = world.link("shop-1")
        merged_at = self.now + round(taken.total_seconds() * 1000)
        self.now = merged_at + 60_000
        self.model.sandbox.clock.leap(self.now)
        self._new = world.place_order("shop-1", on=SHOP).key  # no copy: it was made after the merge
        self.looks()
        return merged_at

    def accepts(self, *, refused: bool = False) -> None:
        """Accept, on Tokopedia, the order that the merge caught."""
        path = f"/v1/order/{self._seen(TOKOPEDIA).id}/fs/{self.model.sandbox.app.fs_id}/ack"
        assert self.asks("POST", Host.TOKOPEDIA_API, path) is not refused

    def ships(self, *, refused: bool = False, new: bool = False) -> None:
        """Ship its copy on Tokopedia & Shop, or the `new` order there, by its package."""
        path = f"/fulfillment/202309/packages/{self._seen(SHOP, new=new).package}/ship"
        assert self.asks("POST", Host.SHOP_API, path, body=b'{"handover_method":"PICKUP"}') is not refused

    def ships_in_a_batch(self, *, refused: bool = False) -> None:
        """Ship its copy in a batch of one; where `refused`, the answer says so of the package, and succeeds as a whole."""
        assert self.asks("POST", Host.SHOP_API, "/fulfillment/202309/packages/ship", body=b'{"packages":[{"id":"%s"}]}' % self._package())
        if refused:
            request, response = self.exchanges[-1]
            errors = b'{"errors":[{"code":21011028,"message":"","detail":{"package_id":"%s"}}]}' % self._package()
            body = b'{"code":0,"message":"Success","data":%s}' % errors
            self.exchanges[-1] = request, msgspec.structs.replace(response, body=body)

    def _package(self) -> bytes:
        return str(self._seen(SHOP).package).encode()

    def _seen(self, platform: Platform, *, new: bool = False) -> View:
        view = self.model.sandbox.world.orders[self._new if new else self._key].on(platform)
        assert view is not None
        return view


@pytest.mark.parametrize(("cell", "seen"), [("origin/origin", "origin/?"), ("both/shop", "both/?"), ("neither/shop", "neither/?")])
def test_where_orders_in_flight_are_seen_is_named(cell: str, seen: str) -> None:
    recorded = Recorded(cell)

    merged_at = recorded.merges()

    assert shown(recorded.exchanges, merged_at) == seen


def test_without_a_look_at_both_platforms_after_the_merge_no_cell_is_named() -> None:
    recorded = Recorded("origin/origin")
    merged_at = recorded.merges()

    assert shown(recorded.exchanges[:-1], merged_at) is None


def acts_on_tokopedia(recorded: Recorded) -> None:
    recorded.accepts()
    recorded.ships(refused=True)


def acts_on_the_shop(recorded: Recorded) -> None:
    recorded.accepts(refused=True)
    recorded.ships()


def acts_on_both(recorded: Recorded) -> None:
    recorded.accepts()
    recorded.ships()


def acts_in_a_batch(recorded: Recorded) -> None:
    recorded.accepts(refused=True)
    recorded.ships_in_a_batch()


@pytest.mark.parametrize(
    ("cell", "acts"),
    [
        ("both/origin", acts_on_tokopedia),
        ("origin/origin", Recorded.accepts),
        ("both/shop", acts_on_the_shop),
        ("both/shop", acts_in_a_batch),
        ("both/both", acts_on_both),
    ],
)
def test_where_orders_in_flight_were_acted_on_with_success_is_named(cell: str, acts: Callable[[Recorded], None]) -> None:
    recorded = Recorded(cell)
    merged_at = recorded.merges()

    acts(recorded)

    assert shown(recorded.exchanges, merged_at) == cell


def test_an_order_that_was_made_after_the_merge_is_shipped_without_a_word_on_those_in_flight() -> None:
    recorded = Recorded("both/shop")
    merged_at = recorded.merges()

    recorded.ships(new=True)

    assert shown(recorded.exchanges, merged_at) == "both/?"


def test_a_package_that_a_batch_could_not_ship_was_not_acted_on() -> None:
    recorded = Recorded("both/shop")
    merged_at = recorded.merges()

    recorded.ships_in_a_batch(refused=True)

    assert shown(recorded.exchanges, merged_at) == "both/?"


def test_an_order_that_was_on_its_way_before_the_merge_is_not_in_flight() -> None:
    recorded = Recorded("origin/origin")
    merged_at = recorded.merges()
    recorded.accepts()
    request, listed = recorded.exchanges[0]

    recorded.exchanges[0] = (
        request,
        msgspec.structs.replace(listed, body=re.sub(rb'"order_status":\d+', b'"order_status":500', listed.body)),
    )

    assert shown(recorded.exchanges, merged_at) is None
