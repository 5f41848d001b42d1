"""What is asked and answered of a shop and the app's access to it: tokens, warehouses, ways of delivery, webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, DIGITS, ID, SECONDS, TEXT, Shaped, one_of
from gladi.sandbox.shop.events import Topic
from gladi.sandbox.shop.registrations import Naming
from gladi.sandbox.shop.shapes.parts import APP, NOTHING

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_EVENT = one_of(*(topic.name for topic in Topic if topic.is_registrable))
_TOKENS: Keys = {
    "access_token": TEXT,
    "access_token_expire_in": SECONDS,
    "refresh_token": TEXT,
    "refresh_token_expire_in": SECONDS,
    "open_id": TEXT,
    "seller_name": TEXT,
    "seller_base_region": one_of("ID"),
    # A seller, a creator.
    "user_type": one_of(0, 1),
    "granted_scopes": [TEXT],
}
_APP: Keys = {"app_key": TEXT, "app_secret": TEXT}

_WAREHOUSE: Keys = {
    "id": ID,
    "name": TEXT,
    "effect_status": one_of("ENABLED"),
    "type": one_of("SALES_WAREHOUSE", "RETURN_WAREHOUSE"),
    "sub_type": one_of("DOMESTIC_WAREHOUSE"),
    "is_default": BOOL,
    "address": {
        **dict.fromkeys(
            (
                "region",
                "region_code",
                "state",
                "city",
                "distict",  # the platform's own spelling
                "town",
                "contact_person",
                "full_address",
                "phone_number",
                "address_line1",
                "address_line2",
                "address_line3",
                "address_line4",
                "first_name",
                "last_name",
                "first_name_local_script",
                "last_name_local_script",
            ),
            TEXT,
        ),
        "postal_code": DIGITS,
        "geolocation": {"latitude": TEXT, "longitude": TEXT},
    },
}
_OPTION: Keys = {
    "id": ID,
    "name": TEXT,
    "type?": one_of("STANDARD", "ECONOMY"),
    "description?": TEXT,
    "dimension_limit?": {"max_height": COUNT, "max_length": COUNT, "max_width": COUNT, "unit": one_of("CM")},
    "weight_limit?": {"max_weight": COUNT, "min_weight": COUNT, "unit": one_of("GRAM")},
    "platform?": [APP],
}

SHAPES: dict[str, Shaped] = {
    "get_token": Shaped(_TOKENS, {**_APP, "auth_code": TEXT, "grant_type": one_of("authorized_code")}),
    "refresh_token": Shaped(_TOKENS, {**_APP, "refresh_token": TEXT, "grant_type": one_of("refresh_token")}),
    "get_authorized_shops": Shaped(
        {
            "shops": [
                {"id": ID, "name": TEXT, "region": one_of("ID"), "seller_type": one_of("LOCAL"), "cipher": TEXT, "code": TEXT},
            ]
        }
    ),
    "get_warehouses": Shaped({"warehouses": [_WAREHOUSE]}),
    "get_delivery_options": Shaped({"delivery_options": [_OPTION]}, {"scope?": one_of("WAREHOUSE", "PRODUCT")}),
    "get_shipping_providers": Shaped({"shipping_providers": [{"id": ID, "name": TEXT}]}),
    "get_webhooks": Shaped(
        {"webhooks": [{"event_type": _EVENT, "address": TEXT, "create_time": SECONDS, "update_time": SECONDS}], "total_count": COUNT}
    ),
    "register_webhook": Shaped(NOTHING, body=Naming),
    "delete_webhook": Shaped(NOTHING, body=Naming),
}
"""By the operation's name, without the platform's."""
