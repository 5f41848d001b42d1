"""How parcels can go: the delivery options of a warehouse, each with the apps that it serves, and the carriers behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.order_sheet import CARRIER, DELIVERY
from gladi.sandbox.shop.refusals import INVALID_PARAMETER
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.ids import shop_side_id

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.world import World

__all__ = ["options", "providers"]

_LIMITS: dict[str, object] = {
    "dimension_limit": {"max_height": 60, "max_length": 60, "max_width": 60, "unit": "CM"},
    "weight_limit": {"max_weight": 20_000, "min_weight": 1, "unit": "GRAM"},
}

_OPTIONS: tuple[dict[str, object], ...] = (
    {
        "id": DELIVERY["delivery_option_id"],
        "name": DELIVERY["delivery_option_name"],
        "type": "STANDARD",
        "description": "Two days on the way",
        **_LIMITS,
        "platform": ("TIKTOK_SHOP", "TOKOPEDIA"),
    },
    {
        "id": shop_side_id("economy delivery", "7208"),
        "name": "Economy shipping",
        "type": "ECONOMY",
        "description": "Five days on the way",
        **_LIMITS,
        "platform": ("TOKOPEDIA",),
    },
)


def options(_world: World, arrival: Arrival) -> dict[str, object]:
    """Get Warehouse Delivery Options; with `scope=PRODUCT` only id and name (tiktok-shop-api.md 6, 10).

    `platform` says TIKTOK_SHOP where a sample of the changelog says TTS_SHOP (16).
    """
    shop = held(arrival)
    scope = arrival.request.params.get("scope") or "WAREHOUSE"
    if scope not in ("WAREHOUSE", "PRODUCT"):
        raise Refused(INVALID_PARAMETER.saying("Invalid 'scope'; WAREHOUSE or PRODUCT"))
    if arrival.params["warehouse_id"] not in {one.shop_id for one in shop.warehouses}:
        raise Refused(INVALID_PARAMETER.saying("Invalid 'warehouse_id'"))
    arrival.assumes.append("shop.delivery_options")
    if scope == "PRODUCT":
        return {"delivery_options": [{"id": one["id"], "name": one["name"]} for one in _OPTIONS]}
    return {"delivery_options": _OPTIONS}


def providers(_world: World, arrival: Arrival) -> dict[str, object]:
    """Get Shipping Providers of a delivery option."""
    if arrival.params["delivery_option_id"] not in {one["id"] for one in _OPTIONS}:
        raise Refused(INVALID_PARAMETER.saying("Invalid 'delivery_option_id'"))
    arrival.assumes.append("shop.carriers_are_one")
    return {"shipping_providers": [{"id": CARRIER[0], "name": CARRIER[1]}]}
