"""What Tokopedia & Shop answers about product pages, one app at a time, in its own wire words."""

from __future__ import annotations

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA, Platform

__all__ = ["APPS", "Checked", "Found", "Page", "Whole", "Written", "in_words"]

APPS = {"TIKTOK_SHOP": SHOP, "TOKOPEDIA": TOKOPEDIA}
"""The words of the wire for the apps."""


def in_words(text: str) -> str:
    """Say a text of the platform in words for people: its own words for the apps are none."""
    for word, app in APPS.items():
        text = text.replace(word, app.label)
    return text


class _Error(msgspec.Struct):
    code: int
    message: str = ""


class _Detail(msgspec.Struct):
    listing_platform: str = ""
    extra_errors: list[_Error] = msgspec.field(default_factory=list[_Error])


class _PartError(msgspec.Struct):
    code: int
    message: str = ""
    detail: _Detail = msgspec.field(default_factory=_Detail)

    def codes(self) -> set[str]:
        """Give the codes of the error and of what is wrapped in it."""
        return {str(self.code), *(str(one.code) for one in self.detail.extra_errors)}

    def why(self) -> str:
        """Give the reason; where the error is a wrapper, that of what it wraps."""
        return in_words("; ".join(f"{one.message} ({one.code})" for one in self.detail.extra_errors) or f"{self.message} ({self.code})")


class Written(msgspec.Struct):
    """A write that succeeded as a whole, and what failed in it all the same."""

    errors: list[_PartError] | None = None


class Checked(msgspec.Struct):
    """What Check Product Listing found."""

    check_result: str = ""
    fail_reasons: list[_Error] = msgspec.field(default_factory=list[_Error])


class _AppStatus(msgspec.Struct):
    platform: str
    status: str


class _Fulfilment(msgspec.Struct):
    handling_duration_days: int | None = None


class _PreSale(msgspec.Struct):
    type: str = ""
    fulfillment_type: _Fulfilment = msgspec.field(default_factory=_Fulfilment)


class _Sku(msgspec.Struct):
    seller_sku: str = ""
    pre_sale: _PreSale | None = None


class _Failure(msgspec.Struct):
    listing_platform: str = ""
    reasons: list[str] = msgspec.field(default_factory=list[str])
    suggestions: list[str] = msgspec.field(default_factory=list[str])


class Page(msgspec.Struct):
    """One product, from Get Product or from a search, which tells less."""

    id: str
    # Left out for a product that is listed on Tokopedia alone.
    status: str = ""
    integrated_platform_statuses: list[_AppStatus] = msgspec.field(default_factory=list[_AppStatus])
    audit_failed_reasons: list[_Failure] = msgspec.field(default_factory=list[_Failure])
    skus: list[_Sku] = msgspec.field(default_factory=list[_Sku])
    shipping_insurance_requirement: str = ""
    is_pre_owned: bool = False
    minimum_order_quantity: int = 1

    def statuses(self) -> dict[Platform, str]:
        """Say how the product stands in each app in which it is listed."""
        elsewhere = {APPS[one.platform]: one.status for one in self.integrated_platform_statuses if one.platform in APPS}
        return ({SHOP: self.status} if self.status else {}) | elsewhere

    def pre_sale_days(self, sku: str) -> int | None:
        """Give the days of handling of a SKU that is on pre-sale."""
        return next(
            (one.pre_sale.fulfillment_type.handling_duration_days for one in self.skus if one.seller_sku == sku and one.pre_sale), None
        )


class _Category(msgspec.Struct):
    id: str
    is_leaf: bool = False


class _Named(msgspec.Struct):
    id: str = ""


class _Picture(msgspec.Struct):
    uri: str


class _WholeSku(msgspec.Struct, omit_defaults=True):
    id: str
    seller_sku: str = ""
    sales_attributes: msgspec.Raw = msgspec.Raw()
    pre_sale: _PreSale | None = None


class Whole(msgspec.Struct):
    """One product with all that an Edit Product has to say again; what is only passed on stays as it came."""

    title: str
    description: str
    category_chains: list[_Category]
    main_images: list[_Picture]
    skus: list[_WholeSku]
    brand: _Named | None = None
    delivery_options: list[_Named] = msgspec.field(default_factory=list[_Named])
    package_weight: msgspec.Raw = msgspec.Raw()
    package_dimensions: msgspec.Raw = msgspec.Raw()
    product_attributes: msgspec.Raw = msgspec.Raw()
    shipping_insurance_requirement: str = ""
    is_cod_allowed: bool = False
    is_pre_owned: bool = False
    minimum_order_quantity: int = 1

    def again(self) -> dict[str, object]:
        """Give the product as the body of an edit that changes nothing; its platforms and its insurance are not in it."""
        body: dict[str, object] = {
            "title": self.title,
            "description": self.description,
            "category_id": next((one.id for one in self.category_chains if one.is_leaf), ""),
            "main_images": self.main_images,
            # Price and stock stay what they are where they are left out; what others sold meanwhile is not overwritten.
            "skus": self.skus,
            "delivery_option_ids": [one.id for one in self.delivery_options],
            "is_cod_allowed": self.is_cod_allowed,
            "is_pre_owned": self.is_pre_owned,
            "minimum_order_quantity": self.minimum_order_quantity,
        }
        passed_on = ((name, getattr(self, name)) for name in ("package_weight", "package_dimensions", "product_attributes"))
        return body | {name: raw for name, raw in passed_on if raw} | ({"brand_id": self.brand.id} if self.brand else {})


class Found(msgspec.Struct):
    """Products found, and where the next page begins."""

    products: list[Page] = msgspec.field(default_factory=list[Page])
    next_page_token: str = ""
