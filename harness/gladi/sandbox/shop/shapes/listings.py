"""What is asked and answered of products that are written: listed, edited, priced, stocked, put on the shelves and off them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import EMPTY, ID, INT, TEXT, Shaped, one_of
from gladi.sandbox.shop.edits import Edit, PriceUpdate, StockUpdate
from gladi.sandbox.shop.proposals import Proposal
from gladi.sandbox.shop.shapes.parts import APP, NOTHING, error
from gladi.sandbox.shop.shapes.products import AUDIT
from gladi.sandbox.shop.shelving import Shelving

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_REASON: Keys = {"code": INT, "message": TEXT}
_PER_APP: Keys = {"errors?": [error({"listing_platform": APP})]}
_WRITTEN: Keys = {
    "product_id": ID,
    "skus": [{"id": ID, "seller_sku": TEXT, "external_sku_id": TEXT, "sales_attributes": [{"id": ID, "value_id": ID}]}],
    **_PER_APP,
}
_AUDITED: Keys = {"audit": {"status": AUDIT}}
_STOCKED: Keys = {"sku_id": TEXT, "extra_errors": [{"warehouse_id": TEXT, **_REASON}]}
_ACTIVATED: Keys = {"product_id": TEXT, "extra_errors": [_REASON], "listing_platform?": APP}

SHAPES: dict[str, Shaped] = {
    "create_product": Shaped({**_WRITTEN, "warnings": EMPTY}, body=Proposal),
    "check_listing": Shaped({"check_result": one_of("PASS", "FAILED"), "fail_reasons": [_REASON], **_PER_APP}, body=Proposal),
    "edit_product": Shaped({**_WRITTEN, "warnings": EMPTY, **_AUDITED}, body=Proposal),
    "partial_edit_product": Shaped({**_WRITTEN, **_AUDITED}, body=Edit),
    "activate_products": Shaped({"errors": [error(_ACTIVATED)]}, body=Shelving),
    "deactivate_products": Shaped({"errors": [error({"product_id": TEXT})]}, body=Shelving),
    "update_price": Shaped(NOTHING, body=PriceUpdate),
    "update_inventory": Shaped({"errors": [error(_STOCKED)]}, body=StockUpdate),
}
"""By the operation's name, without the platform's."""
