"""Shops and warehouses, as the TikTok Shop Open API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.world.ids import shop_side_id

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Shop, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["authorized", "full_address", "held", "warehouse_of", "warehouses"]


def held(arrival: Arrival) -> Shop:
    """Give the shop that the call is about; the dispatcher has found it before any handler runs."""
    if arrival.shop is None:
        msg = f"{arrival.operation.name} reached its handler without a shop"
        raise RuntimeError(msg)
    return arrival.shop


def warehouse_of(shop: Shop, name: str) -> Warehouse:
    """Find a warehouse by the world's name for it; the default one where there is none of that name any more."""
    return next((one for one in shop.warehouses if one.name == name), None) or next(one for one in shop.warehouses if one.is_default)


def full_address(warehouse: Warehouse) -> str:
    """Give the address of a warehouse in one line."""
    return f"{warehouse.district}, {warehouse.city}, {warehouse.province} {warehouse.postal_code}, Indonesia"


def authorized(_world: World, arrival: Arrival) -> dict[str, object]:
    """Get Authorized Shops: the one shop that the token is for, and its cipher."""
    shop = held(arrival)
    return {
        "shops": [{"id": shop.shop_id, "name": shop.name, "region": "ID", "seller_type": "LOCAL", "cipher": shop.cipher, "code": shop.code}]
    }


def warehouses(_world: World, arrival: Arrival) -> dict[str, object]:
    """Get Warehouse List; the default place takes returns too, and then appears under a second id."""
    shop = held(arrival)
    rows: list[dict[str, object]] = []
    for warehouse in shop.warehouses:
        rows.append(_row(shop, warehouse, warehouse.shop_id, "SALES_WAREHOUSE"))
        if warehouse.is_default:
            rows.append(_row(shop, warehouse, shop_side_id(f"returns {warehouse.shop_id}", "7124"), "RETURN_WAREHOUSE"))
    return {"warehouses": rows}


def _row(shop: Shop, warehouse: Warehouse, warehouse_id: str, kind: str) -> dict[str, object]:
    return {
        "id": warehouse_id,
        "name": f"{warehouse.name} {'returns' if kind == 'RETURN_WAREHOUSE' else 'warehouse'}",
        "effect_status": "ENABLED",
        "type": kind,
        "sub_type": "DOMESTIC_WAREHOUSE",
        "is_default": warehouse.is_default,
        "address": {
            "region": "Indonesia",
            "region_code": "ID",
            "state": warehouse.province,
            "city": warehouse.city,
            "distict": warehouse.district,  # the platform's own spelling
            "town": "",
            "contact_person": shop.owner,
            "postal_code": warehouse.postal_code,
            "full_address": full_address(warehouse),
            "phone_number": "",
            "address_line1": warehouse.district,
            "address_line2": "",
            "address_line3": "",
            "address_line4": "",
            "first_name": "",
            "last_name": "",
            "first_name_local_script": "",
            "last_name_local_script": "",
            "geolocation": {"latitude": warehouse.latitude, "longitude": warehouse.longitude},
        },
    }
