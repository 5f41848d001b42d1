"""Get Shop Info: the seller's shops, and, once they have merged, the ids of their other halves."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec

from gladi.sandbox.printing import printed
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.reading import number

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Shop, Warehouse

__all__ = ["default_warehouse", "domain", "get_shop_info", "place_id"]


def get_shop_info(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v1/shop/fs/:fs_id/shop-info`: one shop by `shop_id`, else all that are connected, by pages if asked."""
    ask = arrival.request.params
    if "user_id" in ask:
        raise Refused(refusals.USER_ID_NOT_SUPPORTED)
    page = number(ask["page"], refusals.SHOP_PAGE_FORMAT, least=1) if "page" in ask else 1
    per_page = number(ask["per_page"], refusals.SHOP_PER_PAGE_FORMAT, least=1) if "per_page" in ask else None
    only = desk.shop(arrival, number(ask["shop_id"], refusals.SHOP_ID_FORMAT)) if "shop_id" in ask else None

    def answers() -> bytes:
        shops = [only] if only is not None else desk.world.tokopedia_shops()
        if per_page is not None:
            shops = shops[(page - 1) * per_page : page * per_page]
        elif page > 1:
            shops = []
        for shop in shops:
            arrival.polls.append(shop.key)
            if shop.merged_at is not None:
                arrival.tells_merged.append(shop.key)
        if arrival.tells_merged:
            arrival.assumes += ("tokopedia.tts_shop_id_once_merged", "tokopedia.completed_time_in_seconds")
        return envelope.shop_info([_printed(shop) for shop in shops])

    return answers


@lru_cache(maxsize=256)
def _printed(shop: Shop) -> msgspec.Raw:
    """Print a shop once: it is immutable, and asked for every five minutes."""
    return msgspec.Raw(printed(_row(shop)))


def _row(shop: Shop) -> dict[str, Any]:
    home = default_warehouse(shop)
    row: dict[str, Any] = {
        "shop_id": shop.tokopedia_id,
        "user_id": shop.tokopedia_user_id,
        "shop_name": shop.name,
        "logo": f"https://images.tokopedia.net/shop/{shop.tokopedia_id}.png",
        "shop_url": f"https://www.tokopedia.com/{domain(shop)}",
        "is_open": 1,
        "status": 1,
        "date_shop_created": shop.opened_on,
        "domain": domain(shop),
        "admin_id": [shop.tokopedia_user_id],
        "reason": "",
        "district_id": place_id(home.district),
        "province_name": home.province,
        "warehouses": [_warehouse(shop, warehouse) for warehouse in shop.warehouses],
        "subscribe_tokocabang": False,
        "is_mitra": False,
    }
    if shop.merged_at is not None:
        row["tts_integration_completed"] = {
            "toko_shop_id": shop.tokopedia_id,
            "tts_seller_id": int(shop.seller_id),
            "completed_time": shop.merged_at // 1000,
        }
        row["tts_shop_id"] = shop.shop_id
    return row


def _warehouse(shop: Shop, warehouse: Warehouse) -> dict[str, Any]:
    return {
        "warehouse_id": warehouse.tokopedia_id,
        "partner_id": {"Int64": 0, "Valid": False},
        "shop_id": {"Int64": shop.tokopedia_id, "Valid": True},
        "warehouse_name": warehouse.name,
        "district_id": place_id(warehouse.district),
        "district_name": warehouse.district,
        "city_id": place_id(warehouse.city),
        "city_name": warehouse.city,
        "province_id": place_id(warehouse.province),
        "province_name": warehouse.province,
        "status": 1,
        "postal_code": warehouse.postal_code,
        "is_default": 1 if warehouse.is_default else 0,
        "latlon": f"{warehouse.latitude},{warehouse.longitude}",
        "latitude": warehouse.latitude,
        "longitude": warehouse.longitude,
        "email": "",
        "address_detail": f"{warehouse.district}, {warehouse.city}",
        "phone": "",
        "warehose_type": 1,  # misspelt in the API
    }


def default_warehouse(shop: Shop) -> Warehouse:
    """Give the warehouse that is meant where a call names none."""
    return next((warehouse for warehouse in shop.warehouses if warehouse.is_default), shop.warehouses[0])


def domain(shop: Shop) -> str:
    """Give the name of a shop in the addresses of the storefront."""
    return shop.name.lower().replace(" ", "-")


@lru_cache(maxsize=4096)
def place_id(name: str) -> int:
    """Give a district, city or province a number; which one means nothing, but it is always the same."""
    return 1 + crc32(name.encode()) % 5000
