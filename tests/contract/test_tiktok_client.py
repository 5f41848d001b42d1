"""A third-party client that nobody here wrote, driven over real loopback HTTP: it signs, we check; we answer, it decodes strictly."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tiktok_shop_api import TikTokShop, TikTokShopAuth, TikTokShopError
from tiktok_shop_api.generated import models
from tiktok_shop_api.generated.types import File

from gladi.faces.server import Served
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.shop.order_sheet import DELIVERY
from gladi.sandbox.world.records import OrderStatus
from gladi.sandbox.world.returns import ReturnStatus
from gladi.sandbox.world.withdrawals import withdraw
from tests.contract.decoding import Decoded
from tests.contract.unanswered import LATER, OTHERWISE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.world.records import Listing, Order

HOUR = 3_600_000


class Shop:
    """A sandbox served over HTTP, and the client of its first seller."""

    def __init__(self, sandbox: Sandbox, url: str) -> None:
        """Trade the seller's consent for a token, through the client's own helper."""
        self.sandbox = sandbox
        self.url = url
        self.auth = TikTokShopAuth(sandbox.app.app_key, sandbox.app.app_secret, base_url=url)
        self.token = self.auth.exchange_code(sandbox.consents[0].auth_code)
        shop = sandbox.world.shops["shop-1"]
        self.client = TikTokShop(
            sandbox.app.app_key, sandbox.app.app_secret, self.token.access_token, shop.cipher, base_url=url, transport=httpx.HTTPTransport()
        )

    def order(self) -> Order:
        """Give the newest paid order."""
        return self.sandbox.world.place_order("shop-1", on=SHOP, quantity=2)

    def listing(self) -> Listing:
        """Give a listing with variants."""
        return next(one for one in self.sandbox.world.listings.rows("shop", (SHOP, "shop-1")) if len(one.offers) > 1)

    def merges(self) -> None:
        """Let the shops merge and the seller confirm the product merge; a new token is taken, as two days have passed."""
        self.sandbox.world.link("shop-1")
        self.sandbox.clock.leap(self.sandbox.clock.now + 30 * HOUR)
        self.sandbox.world.confirm("shop-1")


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Serve a fresh sandbox."""
    sandbox = Sandbox()
    with Served(sandbox, now=lambda: sandbox.clock.now) as served:
        opened = Shop(sandbox, served.url)
        with opened.client:
            yield opened
        assert served.faults == []


def listed(shop: Shop, **body: Any) -> Any:
    """List orders, a hundred to a page."""
    return shop.client.orders.get_order_list(body=models.GetOrderListRequest(**body), page_size=100)


def product(shop: Shop) -> Any:
    """Write a product as a seller would launch it, with a variant."""
    place = shop.sandbox.world.shops["shop-1"].warehouses[0].shop_id
    sku = models.CreateProductRequestSku(
        seller_sku="SCF-MGM",
        price=models.CreateProductRequestSkuPrice(currency=models.CreateProductRequestSkuPriceCurrency("IDR"), amount="149000"),
        inventory=[models.Inventory(quantity=12, warehouse_id=place)],
        sales_attributes=[models.CreateProductRequestSkuSalesAttribute(name="Colour", value_name="Indigo")],
        pre_sale=models.PreSale("PRE_ORDER", models.FulfillmentType(handling_duration_days=14)),
    )
    return models.CreateProductRequest(
        title="Batik Scarf Mega Mendung, dyed by hand",
        description="<p>Dyed by hand.</p>",
        category_id="600001",
        main_images=[models.MainImage(uri="tos/scarf")],
        skus=[sku],
        listing_platforms=[models.CreateProductRequestListingPlatformsItem("TIKTOK_SHOP")],
        idempotency_key="launch-1",
    )


def checked(new: Any, days: int) -> Any:
    """Write what is to be looked through: a product with other days of pre-sale, without what only its creation needs."""
    body = new.to_dict()
    body["skus"][0]["pre_sale"]["fulfillment_type"]["handling_duration_days"] = days
    return models.CheckProductListingRequest.from_dict({name: said for name, said in body.items() if name != "idempotency_key"})


def chats(shop: Shop, order: Order) -> dict[str, list[Any]]:
    """Talk with the buyer of an order, in words and in a picture."""
    desk = shop.client.customer_service
    picture = io.BytesIO(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4))
    uploaded: Any = desk.upload_image_for_buyer_messages(
        body=models.UploadImageForBuyerMessagesRequest(data=File(picture, "picture.png", "image/png"))
    )
    begun: Any = desk.create_conversation(body=models.CreateConversationRequest(order.buyer.id))
    here = begun.data.conversation_id
    image = {"url": uploaded.data.url, "width": uploaded.data.width, "height": uploaded.data.height}
    kinds = models.SendMessageRequestType
    return {
        "upload_chat_image": [uploaded],
        "create_conversation": [begun],
        "send_message": [
            desk.send_message(here, body=models.SendMessageRequest(kinds.TEXT, json.dumps({"content": "hello"}))),
            desk.send_message(here, body=models.SendMessageRequest(kinds.IMAGE, json.dumps(image))),
        ],
        "get_messages": [desk.get_conversation_messages(here, page_size=10)],
        "read_messages": [desk.mark_buyer_messages_as_read(here)],
        "get_conversations": [desk.get_conversations(page_size=20)],
    }


def categories(shop: Shop) -> dict[str, list[Any]]:
    """Ask for the categories of both storefronts, and for one that suits a product."""
    products = shop.client.products
    there = models.RecommendCategoryRequestListingPlatform("TOKOPEDIA")
    described = models.RecommendCategoryRequest(product_title="Herbal Tea Rosella, dried in the sun", listing_platform=there)
    of_tokopedia: Any = products.get_categories(
        listing_platform=models.GetCategoriesListingPlatform("TOKOPEDIA"), include_prohibited_categories=True
    )
    return {
        "get_categories": [products.get_categories(), of_tokopedia],
        "recommend_category": [products.recommend_category(body=described)],
    }


def links(shop: Shop, listing: Listing) -> dict[str, list[Any]]:
    """Have links made to a product and to one that there is not, under the token of an affiliate creator."""
    app = shop.sandbox.app
    token = shop.auth.refresh(shop.sandbox.creator.refresh_token).access_token
    material = models.GenerateGeneralSharingLinksRequestMaterial.from_dict({"ids": [listing.id, "1"], "type": "PRODUCT"})
    with TikTokShop(app.app_key, app.app_secret, token, base_url=shop.url, transport=httpx.HTTPTransport()) as client:
        made = client.affiliate_creator.generate_general_sharing_links(body=models.GenerateGeneralSharingLinksRequest(material=material))
    return {"generate_general_sharing_links": [made]}


def answers(shop: Shop) -> dict[str, list[Any]]:
    """Call every operation of the shop side, before and after the merge, and give the answers' data."""
    client = shop.client
    withdraw(shop.sandbox.world, shop.order().key)
    order = shop.order()
    view = order.shop_view
    assert view is not None
    assert view.package is not None
    listing = shop.listing()
    places = shop.sandbox.world.shops["shop-1"].warehouses
    prices = [
        models.UpdatePriceRequestSku(
            id=listing.offers[0].id,
            price=models.PartialEditProductRequestSkuPrice(
                currency=models.PartialEditProductRequestSkuPriceCurrency("IDR"), amount="99000"
            ),
        )
    ]
    stock = [models.UpdateInventoryRequestSkuInventory(quantity=5, warehouse_id=place.shop_id) for place in places]
    whole = models.UpdateInventoryRequestSku(id=listing.offers[0].id, inventory=stock)
    part = models.UpdateInventoryRequestSku(id=listing.offers[1].id, inventory=stock[:1])
    new = product(shop)
    kept = [models.EditProductRequestSku(id=one.id) for one in listing.offers]
    whole_edit = models.EditProductRequest(
        description=new.description, category_id=new.category_id, main_images=new.main_images, skus=kept, title=new.title
    )
    rename = models.PartialEditProductRequest(title="Written by somebody else's client")
    every = models.SearchProductsRequest()
    found: dict[str, list[Any]] = {
        "get_authorized_shops": [client.authorization.get_authorized_shops()],
        "get_warehouses": [client.logistics.get_warehouse_list()],
        "update_price": [client.products.update_price(listing.id, body=models.UpdatePriceRequest(skus=prices))],
        "update_inventory": [client.products.update_inventory(listing.id, body=models.UpdateInventoryRequest(skus=[whole, part]))],
        "check_listing": [client.products.check_product_listing(body=checked(new, days)) for days in (14, 45)],
        "create_product": [client.products.create_product(body=new)],
        "edit_product": [client.products.edit_product(listing.id, body=whole_edit)],
        "deactivate_products": [
            client.products.deactivate_products(body=models.DeactivateProductsRequest(product_ids=[listing.id])),
            client.products.deactivate_products(body=models.DeactivateProductsRequest(product_ids=[listing.id, "1"])),
        ],
        "activate_products": [
            client.products.activate_products(body=models.ActivateProductsRequest(product_ids=[listing.id])),
            client.products.activate_products(body=models.ActivateProductsRequest(product_ids=[listing.id, "1"])),
        ],
        "partial_edit_product": [client.products.partial_edit_product(listing.id, body=rename)],
        "get_package": [client.fulfillment.get_package_detail(view.package)],
        "get_time_slots": [client.fulfillment.get_package_handover_time_slots(view.package)],
        "ship_package": [client.fulfillment.ship_package(view.package)],
        "batch_ship_packages": [batch(shop, view.package)],
        "get_delivery_options": [client.logistics.get_warehouse_delivery_options(places[0].shop_id)],
        "get_shipping_providers": [client.logistics.get_shipping_providers(str(DELIVERY["delivery_option_id"]))],
        "get_shipping_document": [client.fulfillment.get_package_shipping_document(view.package, document_type="SHIPPING_LABEL")],
        "search_packages": [client.fulfillment.search_package(body=models.SearchPackageRequest(), page_size=50)],
        "search_orders": [listed(shop)],
        "get_orders": [client.orders.get_order_detail(ids=[row.id for row in listed(shop).data.orders])],
    }
    found |= cancellations(shop) | records(shop)
    shop.merges()
    found |= chats(shop, shop.sandbox.world.place_order("shop-1", on=TOKOPEDIA))
    found |= categories(shop) | links(shop, listing)
    found["search_orders"].append(listed(shop))
    found["search_products"] = [client.products.search_products(body=every, page_size=100)]
    found["get_product"] = [client.products.get_product(row.id) for row in found["search_products"][0].data.products]
    return found


def batch(shop: Shop, *packages: str) -> Any:
    """Ship packages in one call."""
    parts = [models.BatchShipPackagesRequestPackage(id=package) for package in packages]
    return shop.client.fulfillment.batch_ship_packages(body=models.BatchShipPackagesRequest(packages=parts))


def cancellations(shop: Shop) -> dict[str, list[Any]]:
    """Let buyers ask to cancel, answer them, cancel an order, and look for all of it."""
    client, world = shop.client.return_and_refund, shop.sandbox.world
    asked = [withdraw(world, shop.order().key) for _ in range(2)]
    view = shop.order().shop_view
    assert view is not None
    own = models.CancelOrderRequest(order_id=view.id, cancel_reason="seller_cancel_reason_out_of_stock")
    return {
        "approve_cancellation": [client.approve_cancellation(asked[0].id)],
        "reject_cancellation": [client.reject_cancellation(asked[1].id, body=models.RejectCancellationRequest(reject_reason="packed"))],
        "cancel_order": [client.cancel_order(body=own)],
        "search_cancellations": [client.search_cancellations(body=models.SearchCancellationsRequest(), page_size="50")],
    }


def records(shop: Shop) -> dict[str, list[Any]]:
    """Search the returns at each of their steps, the promotions, and what was paid out."""
    client, world = shop.client, shop.sandbox.world
    steps = [client.return_and_refund.search_returns(body=models.SearchReturnsRequest(), page_size="10")]
    asked = world.returns.ask(world.hold(shop.order(), SHOP, OrderStatus.DELIVERED).key)
    for status in (None, ReturnStatus.AGREED, ReturnStatus.ON_ITS_WAY):
        if status is not None:
            world.returns.advance(asked.key, status)
        steps.append(client.return_and_refund.search_returns(body=models.SearchReturnsRequest(return_ids=[asked.id]), page_size="10"))
    return {
        "search_returns": steps,
        "get_statements": [client.finance.get_statements(sort_field="statement_time")],
        "search_activities": [client.promotion.search_promotion_activities(body=models.SearchPromotionActivitiesRequest())],
    }


def decoded(shop: Shop) -> dict[str, Decoded]:
    """Look at every answer, by operation."""
    seen: dict[str, Decoded] = {}
    for operation, models_of in answers(shop).items():
        for model in models_of:
            assert (model.code, model.message, len(model.request_id)) == (0, "Success", 34)
            seen.setdefault(operation, Decoded()).sees(model.data)
    return seen


def test_every_answer_is_decoded_with_nothing_left_over_and_no_foreign_type(shop: Shop) -> None:
    seen = decoded(shop)

    assert {operation: one.left_over for operation, one in seen.items() if one.left_over} == {}
    assert {operation: one.wrong for operation, one in seen.items() if one.wrong} == {}


def test_what_no_answer_has_is_listed_here(shop: Shop) -> None:
    seen = decoded(shop)

    unanswered = {operation: one.unanswered for operation, one in seen.items() if one.unanswered}
    assert unanswered == {
        operation: LATER.get(operation, set()) | OTHERWISE.get(operation, set()) for operation in LATER.keys() | OTHERWISE
    }


def test_the_client_walks_all_pages(shop: Shop) -> None:
    whole = [row.id for row in listed(shop).data.orders]
    pages: list[str] = []
    token = ""
    while not pages or token:
        page: Any = shop.client.orders.get_order_list(body=models.GetOrderListRequest(), page_size=4, page_token=token)
        pages += [row.id for row in page.data.orders]
        token = page.data.next_page_token

    assert pages == whole
    assert len(whole) > 8


def test_the_client_reads_a_refusal_and_its_code(shop: Shop) -> None:
    order = shop.order()
    assert order.shop_view is not None
    package = str(order.shop_view.package)
    shop.client.fulfillment.ship_package(package)

    with pytest.raises(TikTokShopError) as caught:
        shop.client.fulfillment.ship_package(package)

    assert (caught.value.code, caught.value.http_status, len(caught.value.request_id)) == (21011040, 200, 34)


def test_the_client_refreshes_its_token_and_a_wrong_secret_signs_in_vain(shop: Shop) -> None:
    again = shop.auth.refresh(shop.token.refresh_token)
    app = shop.sandbox.app
    forger = TikTokShop(app.app_key, "wrong", again.access_token, base_url=shop.url, transport=httpx.HTTPTransport())

    with forger, pytest.raises(TikTokShopError) as caught:
        forger.authorization.get_authorized_shops()

    assert (caught.value.code, caught.value.http_status) == (106001, 401)
    assert again.refresh_token != shop.token.refresh_token
    assert again.seller_base_region == "ID"


def test_an_empty_body_ships_and_an_empty_object_does_too(shop: Shop) -> None:
    bodies = (models.ShipPackageRequest(), None)

    for body in bodies:
        view = shop.order().shop_view
        assert view is not None
        shop.client.fulfillment.ship_package(str(view.package), **({"body": body} if body is not None else {}))

    assert len(shop.sandbox.world.parcels) == 2
