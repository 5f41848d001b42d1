"""What is asked and answered of a shop and the app's access to it: the token, Get Shop Info, the registration of webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import fields

from gladi.sandbox.shape import BOOL, COUNT, ID, INT, SECONDS, TEXT, Envelope, Shaped, one_of
from gladi.sandbox.tokopedia.shapes.parts import NUMBER_OF, pages
from gladi.sandbox.tokopedia.webhooks import Registration

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_TOKEN: Keys = {
    "access_token": TEXT,
    "event_code": TEXT,
    "expires_in": COUNT,
    "last_login_type": TEXT,
    "sq_check": BOOL,
    "token_type": one_of("Bearer"),
}

_SQL_NUMBER: Keys = {"Int64": INT, "Valid": BOOL}
_WAREHOUSE: Keys = {
    "warehouse_id": NUMBER_OF,
    "partner_id": _SQL_NUMBER,
    "shop_id": _SQL_NUMBER,
    **dict.fromkeys(("district_id", "city_id", "province_id", "status"), COUNT),
    "is_default": one_of(0, 1),
    **dict.fromkeys(
        (
            "warehouse_name",
            "district_name",
            "city_name",
            "province_name",
            "postal_code",
            "latlon",
            "latitude",
            "longitude",
            "email",
            "address_detail",
            "phone",
        ),
        TEXT,
    ),
    "warehose_type": COUNT,  # misspelt in the API
}
_SHOP: Keys = {
    "shop_id": NUMBER_OF,
    "user_id": NUMBER_OF,
    **dict.fromkeys(("shop_name", "logo", "shop_url", "date_shop_created", "domain", "reason", "province_name"), TEXT),
    "is_open": COUNT,
    "status": COUNT,
    "admin_id": [NUMBER_OF],
    "district_id": COUNT,
    "warehouses": [_WAREHOUSE],
    "subscribe_tokocabang": BOOL,
    "is_mitra": BOOL,
    "tts_integration_completed?": {"toko_shop_id": NUMBER_OF, "tts_seller_id": NUMBER_OF, "completed_time": SECONDS},
    "tts_shop_id?": ID,
}

SHAPES: dict[str, Shaped] = {
    "get_token": Shaped(_TOKEN, {"grant_type": one_of("client_credentials")}, envelope=Envelope.BARE),
    "get_shop_info": Shaped([_SHOP], {"shop_id?": NUMBER_OF, **pages(2**31)}, envelope=Envelope.SHOP_INFO),
    "register_webhooks": Shaped(one_of("success"), body=Registration, envelope=Envelope.LEGACY),
    "list_webhooks": Shaped(
        {one.name: NUMBER_OF if one.name == "fs_id" else TEXT for one in fields(Registration)}, envelope=Envelope.LEGACY
    ),
}
"""By the operation's name, without the platform's."""
