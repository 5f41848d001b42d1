"""Product pages on Tokopedia & Shop: checked, written and shelved for each app, whose answers are read app by app.

A write that succeeds as a whole may have failed in one app. What failed is given back; nothing of it is raised, for the other
app has it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from examples.careful.page_answers import APPS, Checked, Whole, Written, in_words
from examples.careful.shop import LOCKED
from examples.careful.shop_answers import app_names
from examples.careful.trouble import PlatformError, Refused
from gladi.record.words import TOKOPEDIA, Platform

if TYPE_CHECKING:
    from examples.careful.book import Change, Storefront
    from examples.careful.shop import ShopClient

__all__ = ["Failure", "PageClient", "RefusedInPart"]


class Failure(msgspec.Struct, frozen=True):
    """An app that did not take what was written, and why."""

    app: Platform | None
    """None where the platform does not say which."""
    why: str


class RefusedInPart(PlatformError):  # noqa: N818 - it is what happened
    """Some apps did not take what was written; the others did."""

    def __init__(self, failures: list[Failure]) -> None:
        """Keep what failed."""
        super().__init__("; ".join(one.why for one in failures))
        self.failures = failures


class PageClient:
    """Writes product pages."""

    def __init__(self, shop: ShopClient) -> None:
        """Call through `shop`."""
        self._shop = shop

    async def check(self, front: Storefront, body: dict[str, object]) -> None:
        """Have the platform look a new product through; what one app alone would not take, it says again when it is created.

        Raises:
            Refused: no app would take it.
        """
        without = {name: said for name, said in body.items() if name != "idempotency_key"}
        answer = await self._shop.call(Checked, front, "POST", "/product/202309/products/listing_check", body=without)
        if answer.check_result == "FAILED":
            code = str(answer.fail_reasons[0].code) if answer.fail_reasons else ""
            raise Refused(code, in_words("; ".join(one.message for one in answer.fail_reasons)))

    async def create(self, front: Storefront, launch: Change, apps: list[Platform], warehouse_id: str, category_id: str) -> list[Failure]:
        """Create a product without variants, listed in `apps`, in a category that all of them permit; what an app will not have is left."""
        body = self._proposal(launch, apps, warehouse_id, category_id)
        await self.check(front, body)
        return self._failures(await self._shop.call(Written, front, "POST", "/product/202309/products", body=body))

    async def edit(
        self, front: Storefront, product_id: str, apps: list[Platform], *, title: str | None = None, description: str | None = None
    ) -> list[Failure]:
        """Change what a product page says, in `apps` and in no other, or wherever it is if none is named; None leaves a text as it is."""
        texts = {name: text for name, text in (("title", title), ("description", description)) if text is not None}
        # An app left out of listing_platforms would be switched off.
        body = {"listing_platforms": app_names(apps), **texts} if apps else texts
        path = f"/product/202309/products/{product_id}/partial_edit"
        return self._failures(await self._shop.call(Written, front, "POST", path, body=body))

    async def set_minimum_order(self, front: Storefront, product_id: str, apps: list[Platform], quantity: int) -> list[Failure]:
        """Sell a product from `quantity` units on. Partial Edit does not take that, and Edit Product overwrites all that it is not told."""
        path = f"/product/202309/products/{product_id}"
        body = self._again(await self._shop.call(Whole, front, "GET", path), apps) | {"minimum_order_quantity": quantity}
        return self._failures(await self._shop.call(Written, front, "PUT", path, body=body))

    def _again(self, page: Whole, apps: list[Platform]) -> dict[str, object]:
        insured = page.shipping_insurance_requirement if TOKOPEDIA in apps else ""
        body = page.again() | {"listing_platforms": app_names(apps)}
        return body | ({"shipping_insurance_requirement": insured} if insured else {})

    async def shelve(self, front: Storefront, product_id: str, apps: list[Platform], *, shown: bool) -> list[Failure]:
        """Put a product on the shelves of `apps`, or take it off."""
        path = f"/product/202309/products/{'activate' if shown else 'deactivate'}"
        body = {"product_ids": [product_id], "listing_platforms": app_names(apps)}
        return self._failures(await self._shop.call(Written, front, "POST", path, body=body))

    def _proposal(self, launch: Change, apps: list[Platform], warehouse_id: str, category_id: str) -> dict[str, object]:
        sku: dict[str, object] = {
            "seller_sku": launch.sku,
            "price": {"amount": str(launch.value), "currency": "IDR"},
            "inventory": [{"warehouse_id": warehouse_id, "quantity": launch.stock}],
        }
        if launch.pre_sale_days is not None:
            # Either days or a date; in Indonesia, days.
            sku["pre_sale"] = {"type": "PRE_ORDER", "fulfillment_type": {"handling_duration_days": launch.pre_sale_days}}
        body: dict[str, object] = {
            "title": launch.title,
            "description": launch.description,
            "category_id": category_id,
            "main_images": [{"uri": "gladi/new"}],
            "package_weight": {"value": "0.5", "unit": "KILOGRAM"},
            "skus": [sku],
            "listing_platforms": app_names(apps),
            "is_pre_owned": launch.pre_owned,
            "minimum_order_quantity": launch.minimum_order,
            # The same wish bears the same key, however often it has to be sent.
            "idempotency_key": hashlib.sha256(f"{launch.sku} {launch.wanted_at} {apps}".encode()).hexdigest(),
        }
        # Insurance is a matter of Tokopedia's buyers; where they are not meant the field is refused.
        return body | ({"shipping_insurance_requirement": "REQUIRED"} if launch.insurance_required and TOKOPEDIA in apps else {})

    def _failures(self, answer: Written) -> list[Failure]:
        errors = answer.errors or []
        if any(LOCKED in one.codes() for one in errors):
            raise Refused(LOCKED, "the shop is locked")
        return [Failure(APPS.get(one.detail.listing_platform), one.why()) for one in errors]
