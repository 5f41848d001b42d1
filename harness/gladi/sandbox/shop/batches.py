"""Packages shipped in one call: each leaves or fails by itself, and the call succeeds either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.fulfilment import Shipment, found_package, sends
from gladi.sandbox.shop.refusals import INVALID_PARAMETER, PACKAGE_FOREIGN
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Shop
    from gladi.sandbox.world.world import World

__all__ = ["ship_all"]


class Part(Shipment, frozen=True):
    """One package of a batch."""

    id: str = ""


class Batch(msgspec.Struct, frozen=True):
    """The body of Batch Ship Packages."""

    packages: tuple[Part, ...] = ()


_batch = msgspec.json.Decoder(Batch)


def ship_all(world: World, arrival: Arrival) -> dict[str, object]:
    """Batch Ship Packages: what cannot leave stands in `errors` with its package and its code, and the rest leaves (9.2)."""
    shop = held(arrival)
    wanted = read(arrival, world.settings, _batch)
    if not wanted.packages or not all(one.id for one in wanted.packages):
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'packages' or its 'id'"))
    arrival.assumes += ["shop.batch_of_any_size", "shop.batch_errors_as_alone"]
    return {"errors": [error for one in wanted.packages if (error := _ships(world, arrival, shop, one.id)) is not None]}


def _ships(world: World, arrival: Arrival, shop: Shop, package_id: str) -> dict[str, object] | None:
    try:
        package = found_package(world, arrival, shop, PACKAGE_FOREIGN, named=package_id)
        arrival.batch.append(package.order.key)
        sends(world, arrival, package)
    except Refused as no:
        arrival.assumes += no.refusal.assumption
        return _error(no.refusal, package_id)
    return None


def _error(refusal: Refusal, package_id: str) -> dict[str, object]:
    return {"code": int(refusal.code), "message": refusal.message, "detail": {"package_id": package_id}}
