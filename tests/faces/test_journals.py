"""The same sequential play over either face, and twice with one seed, gives the same journal, byte for byte."""

from __future__ import annotations

import time
from base64 import b64encode
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest

from gladi.faces.inprocess import InProcess
from gladi.faces.server import Served
from gladi.platforms.journalled import journalled
from gladi.record.journal import Call
from gladi.record.wire import Host
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.merge import ALLOWED
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.shop.auth import sign

EVERYTHING = {name for row in ALLOWED.values() for names in row.values() for name in names}


class Play:
    """One client that lives through the whole merge and uses every operation of both platforms on its way."""

    def __init__(self, sandbox: Sandbox, base: dict[Host, str]) -> None:
        self.sandbox = sandbox
        self.base = base
        self.client = httpx.Client()
        self.tokopedia_token = ""
        self.shop_token = ""

    def tokopedia(self, method: str, path: str, body: Any = None, **query: object) -> Any:
        headers = {"authorization": f"Bearer {self.tokopedia_token}"}
        url = f"{self.base[Host.TOKOPEDIA_API]}{path}"
        return self.client.request(
            method, url, params={name: str(value) for name, value in query.items()}, json=body, headers=headers
        ).json()

    def shop(self, method: str, path: str, body: bytes = b"", *, scoped: bool = True, **query: object) -> Any:
        app = self.sandbox.app
        pairs = {"app_key": app.app_key, "timestamp": str(int(time.time())), **{name: str(value) for name, value in query.items()}}
        if scoped:
            pairs["shop_cipher"] = self.sandbox.world.shops["shop-1"].cipher
        raw = urlencode(pairs)
        signature = sign(app.app_secret, path, parse_qsl(raw, keep_blank_values=True), body, "application/json")
        headers = {"x-tts-access-token": self.shop_token, "content-type": "application/json"}
        url = f"{self.base[Host.SHOP_API]}{path}?{raw}&sign={signature}"
        answer = self.client.request(method, url, content=body, headers=headers).json()
        return answer["data"]

    def authorizes(self) -> None:
        app = self.sandbox.app
        basic = b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
        url = f"{self.base[Host.TOKOPEDIA_ACCOUNTS]}/token?grant_type=client_credentials"
        self.tokopedia_token = self.client.post(url, headers={"authorization": f"Basic {basic}"}).json()["access_token"]
        keys = {"app_key": app.app_key, "app_secret": app.app_secret}
        consent = self.sandbox.consents[0]
        auth = self.base[Host.SHOP_AUTH]
        self.client.get(f"{auth}/api/v2/token/get", params=keys | {"auth_code": consent.auth_code, "grant_type": "authorized_code"})
        refresh = {"refresh_token": consent.refresh_token, "grant_type": "refresh_token"}
        self.shop_token = self.client.get(f"{auth}/api/v2/token/refresh", params=keys | refresh).json()["data"]["access_token"]

    def listens(self) -> None:
        for event in ("ORDER_STATUS_CHANGE", "NEW_MESSAGE"):
            address = "https://system.example.com/shop"
            self.shop("PUT", "/event/202309/webhooks", f'{{"event_type":"{event}","address":"{address}"}}'.encode())
        self.shop("DELETE", "/event/202309/webhooks", b'{"event_type":"NEW_MESSAGE"}')
        assert self.shop("GET", "/event/202309/webhooks")["total_count"] == 1

    def works_with_orders(self) -> None:
        world, fs = self.sandbox.world, self.sandbox.app.fs_id
        here, there, other = (world.place_order("shop-1", on=platform) for platform in (TOKOPEDIA, SHOP, TOKOPEDIA))
        assert here.tokopedia
        assert there.shop_view
        assert other.tokopedia
        now, shop = self.sandbox.clock.now // 1000, world.shops["shop-1"].tokopedia_id
        window = {"fs_id": fs, "shop_id": shop, "from_date": now - 3600, "to_date": now + 60, "page": 1, "per_page": 50}
        self.tokopedia("GET", "/v2/order/list", **window)
        self.tokopedia("GET", f"/v2/fs/{fs}/order", order_id=here.tokopedia.id)
        for order_id in (here.tokopedia.id, other.tokopedia.id):
            self.tokopedia("POST", f"/v1/order/{order_id}/fs/{fs}/ack")
        self.sandbox.clock.leap(self.sandbox.clock.now + 6000)
        self.tokopedia("POST", f"/inventory/v1/fs/{fs}/pick-up", {"order_id": int(here.tokopedia.id), "shop_id": shop})
        shipped = {"order_status": 500, "shipping_ref_num": "AWB123456"}
        self.tokopedia("POST", f"/v1/order/{other.tokopedia.id}/fs/{fs}/status", shipped)
        self.prints_and_rejects(other.tokopedia.id)
        self.shop("POST", "/order/202309/orders/search", b"{}", page_size=20)
        self.shop("GET", "/order/202309/orders", ids=there.shop_view.id)
        self.shop("GET", f"/fulfillment/202309/packages/{there.shop_view.package}")
        package = f"/fulfillment/202309/packages/{there.shop_view.package}"
        self.shop("POST", "/fulfillment/202309/packages/search", b"{}", page_size=20)
        self.shop("GET", f"{package}/handover_time_slots")
        self.shop("POST", f"{package}/ship", b"{}")
        self.shop("GET", f"{package}/shipping_documents", document_type="SHIPPING_LABEL")

    def looks_back(self) -> None:
        fs, shop = self.sandbox.app.fs_id, self.sandbox.world.shops["shop-1"].tokopedia_id
        days = {"from_date": "2025-02-10", "to_date": "2025-03-03"}
        self.tokopedia("GET", f"/v1/fs/{fs}/fulfillment_order", shop_id=shop)
        self.tokopedia("GET", f"/v1/chat/fs/{fs}/messages", shop_id=shop)
        self.tokopedia("GET", f"/resolution/v1/fs/{fs}/ticket", shop_id=shop, **days)
        self.tokopedia("GET", f"/v1/fs/{fs}/shop/{shop}/saldo-history", **days)
        self.tokopedia("GET", f"/v2/slash-price/fs/{fs}/view", shop_id=shop)
        self.shop("POST", "/return_refund/202309/returns/search", b"{}")
        self.shop("POST", "/promotion/202309/activities/search", b"{}")
        self.shop("GET", "/finance/202309/statements", sort_field="statement_time")

    def chats(self) -> None:
        world = self.sandbox.world
        order = world.place_order("shop-1", on=SHOP)
        folder = "/customer_service/202309"
        begun = self.shop("POST", f"{folder}/conversations", f'{{"buyer_user_id":"{order.buyer.id}"}}'.encode())["conversation_id"]
        here = f"{folder}/conversations/{begun}/messages"
        self.shop("POST", here, b'{"type":"TEXT","content":"{\\"content\\":\\"whispered words\\"}"}')
        self.shop("GET", f"{folder}/conversations", page_size=20)
        self.shop("GET", here, page_size=10)
        self.shop("POST", f"{here}/read")
        # Refused, because it is no form: noted all the same.
        self.shop("POST", f"{folder}/images/upload", b"{}")

    def looks_around(self) -> None:
        world = self.sandbox.world
        order = world.place_order("shop-1", on=SHOP).shop_view
        assert order
        self.shop("GET", "/product/202309/categories", listing_platform="TOKOPEDIA")
        self.shop("POST", "/product/202309/categories/recommend", b'{"product_title":"Batik Scarf Mega Mendung"}')
        self.shop("POST", "/product/202309/products/listing_check", b'{"title":"Batik Scarf Mega Mendung"}')
        place = world.shops["shop-1"].warehouses[0].shop_id
        options = self.shop("GET", f"/logistics/202309/warehouses/{place}/delivery_options")["delivery_options"]
        self.shop("GET", f"/logistics/202309/delivery_options/{options[0]['id']}/shipping_providers")
        self.shop("POST", "/fulfillment/202309/packages/ship", f'{{"packages":[{{"id":"{order.package}"}}]}}'.encode())
        self.shop("POST", "/return_refund/202309/cancellations/search", b"{}")
        self.shop("POST", "/return_refund/202309/cancellations", f'{{"order_id":"{order.id}"}}'.encode())
        # The token is a seller's and nobody wants to cancel: these are refused, and noted all the same.
        for deed in ("approve", "reject"):
            self.shop("POST", f"/return_refund/202309/cancellations/4035000000000000001/{deed}", b"{}")
        links = "/affiliate_sharing_links"
        self.shop("POST", f"/affiliate_creator/202407{links}/generate_batch", b"{}", scoped=False)
        self.shop("POST", f"/affiliate_creator/202505{links}/general_publishers/generate_batch", b"{}", scoped=False)

    def prints_and_rejects(self, shipped: str) -> None:
        fs = self.sandbox.app.fs_id
        sorry = self.sandbox.world.place_order("shop-1", on=TOKOPEDIA).tokopedia
        assert sorry
        page = self.client.get(
            f"{self.base[Host.TOKOPEDIA_API]}/v1/order/{shipped}/fs/{fs}/shipping-label",
            headers={"authorization": f"Bearer {self.tokopedia_token}"},
        )
        assert page.headers["content-type"].startswith("text/html")
        self.tokopedia("POST", f"/v1/order/{sorry.id}/fs/{fs}/nack", {"reason_code": 1, "reason": "sold out"})

    def fills_the_shelves(self, product_id: int, sku: str) -> None:
        fs, shop = self.sandbox.app.fs_id, self.sandbox.world.shops["shop-1"].tokopedia_id
        bowl = {"name": "Coconut Bowl", "category_id": 600100, "price": 35000, "stock": 12, "sku": "BWL-CCN"}
        self.tokopedia("POST", f"/v3/products/fs/{fs}/create", {"products": [bowl]}, shop_id=shop)
        for deed in ("inactive", "active"):
            self.tokopedia("POST", f"/v1/products/fs/{fs}/{deed}", {"product_id": [product_id]}, shop_id=shop)
        for deed in ("increment", "decrement"):
            self.tokopedia("POST", f"/inventory/v1/fs/{fs}/stock/{deed}", [{"sku": sku, "stock_value": 3}], shop_id=shop)

    def works_with_products(self) -> None:
        world, fs = self.sandbox.world, self.sandbox.app.fs_id
        shop = world.shops["shop-1"]
        here = next(world.listings.rows("shop", (TOKOPEDIA, shop.key)))
        there = next(world.listings.rows("shop", (SHOP, shop.key)))
        offer, sku = there.offers[0], here.offers[0].sku
        self.tokopedia("GET", f"/inventory/v1/fs/{fs}/product/info", product_id=here.id)
        self.tokopedia(
            "PATCH", f"/v3/products/fs/{fs}/edit", {"products": [{"id": int(here.id), "description": "new"}]}, shop_id=shop.tokopedia_id
        )
        self.tokopedia("POST", f"/inventory/v1/fs/{fs}/price/update", [{"sku": sku, "new_price": 99000}], shop_id=shop.tokopedia_id)
        self.tokopedia("POST", f"/inventory/v1/fs/{fs}/stock/update", [{"sku": sku, "new_stock": 9}], shop_id=shop.tokopedia_id)
        self.fills_the_shelves(int(here.id), sku)
        self.shop("POST", "/product/202309/products/search", b"{}", page_size=20)
        self.shop("GET", f"/product/202309/products/{there.id}")
        self.shop("POST", f"/product/202309/products/{there.id}/partial_edit", b'{"description":"new"}')
        words = '"title":"Batik Scarf Mega Mendung","description":"new","category_id":"600001","main_images":[{"uri":"tos/scarf"}]'
        place = f'"inventory":[{{"warehouse_id":"{shop.warehouses[0].shop_id}","quantity":9}}]'
        sku_row = f'"seller_sku":"NEW-1","price":{{"amount":"99000","currency":"IDR"}},{place}'
        self.shop("POST", "/product/202309/products", f'{{{words},"listing_platforms":["TIKTOK_SHOP"],"skus":[{{{sku_row}}}]}}'.encode())
        self.shop("PUT", f"/product/202309/products/{there.id}", f'{{{words},"skus":[{{"id":"{offer.id}"}}]}}'.encode())
        shelved = f'{{"product_ids":["{there.id}"],"listing_platforms":["TIKTOK_SHOP"]}}'.encode()
        self.shop("POST", "/product/202309/products/deactivate", shelved)
        self.shop("POST", "/product/202309/products/activate", shelved)
        price = f'{{"skus":[{{"id":"{offer.id}","price":{{"amount":"99000","currency":"IDR"}}}}]}}'
        self.shop("POST", f"/product/202309/products/{there.id}/prices/update", price.encode())
        stock = ",".join(f'{{"warehouse_id":"{one.shop_id}","quantity":9}}' for one in shop.warehouses)
        self.shop(
            "POST",
            f"/product/202309/products/{there.id}/inventory/update",
            f'{{"skus":[{{"id":"{offer.id}","inventory":[{stock}]}}]}}'.encode(),
        )

    def plays(self) -> None:
        world, clock, fs = self.sandbox.world, self.sandbox.clock, self.sandbox.app.fs_id
        self.authorizes()
        self.tokopedia("GET", f"/v1/fs/{fs}")
        self.tokopedia("POST", f"/v1/fs/{fs}/register", {"fs_id": fs, "shop_merge_notification_url": "https://system.example.com/merge"})
        self.shop("GET", "/authorization/202309/shops", scoped=False)
        self.shop("GET", "/logistics/202309/warehouses")
        self.listens()
        self.looks_back()
        for stage in Stage:
            if stage is Stage.MERGING:
                world.link("shop-1")
            elif stage is Stage.MERGED:
                clock.leap(clock.now + 24 * 3_600_000)
            elif stage is Stage.CONFIRMED:
                world.confirm("shop-1")
            assert world.stage("shop-1") is stage
            self.tokopedia("GET", f"/v1/shop/fs/{fs}/shop-info")
            self.works_with_products()
            self.chats()
            self.looks_around()
            if stage in (Stage.PENDING, Stage.MERGING):
                self.works_with_orders()
            clock.leap(clock.now + 60_000)
        self.client.close()


def journal_of(face: str, seed: int = 3) -> bytes:
    sandbox = Sandbox(seed=seed)
    platform = journalled(sandbox, sandbox.journal)
    if face == "inprocess":
        with InProcess(platform, now=lambda: sandbox.clock.now):
            Play(sandbox, {host: f"https://{host}" for host in Host}).plays()
    else:
        with Served(platform, now=lambda: sandbox.clock.now) as served:
            Play(sandbox, served.urls).plays()
    used = {entry.operation for entry in sandbox.journal.entries if isinstance(entry, Call)}
    assert used == EVERYTHING
    return bytes(sandbox.journal)


def test_both_faces_give_the_same_journal_byte_for_byte() -> None:
    assert journal_of("inprocess") == journal_of("served")


@pytest.mark.parametrize("face", ["inprocess", "served"])
def test_the_same_seed_gives_the_same_journal_twice(face: str) -> None:
    assert journal_of(face) == journal_of(face)


def test_another_seed_gives_another_journal() -> None:
    assert journal_of("inprocess", seed=3) != journal_of("inprocess", seed=4)


def test_a_journal_holds_no_secret_and_no_buyer() -> None:
    sandbox = Sandbox(seed=3)
    app = sandbox.app

    journal = journal_of("inprocess").decode()

    secrets = [app.client_id, app.client_secret, app.webhook_secret, app.app_key, app.app_secret]
    secrets += [word for consent in sandbox.consents for word in (consent.auth_code, consent.refresh_token)]
    secrets += ["whispered words"]
    secrets += [word for buyer in sandbox.seeded.buyers for word in (buyer.name, buyer.phone, buyer.email, buyer.address)]
    assert [word for word in secrets if word in journal] == []
    assert "c:" not in journal
