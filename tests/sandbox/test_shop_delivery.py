"""Where warehouses lie and how parcels can go from them, on the shop side."""

from __future__ import annotations

import pytest

from tests.sandbox.shop import Caller


def test_a_warehouse_lies_somewhere_on_earth() -> None:
    caller = Caller()

    rows = caller.json(caller.gets("/logistics/202309/warehouses"))["data"]["warehouses"]

    places = {(row["address"]["geolocation"]["latitude"], row["address"]["geolocation"]["longitude"]) for row in rows}
    assert places == {(one.latitude, one.longitude) for one in caller.shop.warehouses}


def test_a_delivery_option_says_which_apps_it_serves_in_the_platforms_own_words() -> None:
    caller = Caller()
    path = f"/logistics/202309/warehouses/{caller.shop.warehouses[0].shop_id}/delivery_options"

    options = caller.json(caller.gets(path))["data"]["delivery_options"]

    assert [(one["type"], one["platform"]) for one in options] == [("STANDARD", ["TIKTOK_SHOP", "TOKOPEDIA"]), ("ECONOMY", ["TOKOPEDIA"])]
    assert all(one["dimension_limit"]["unit"] == "CM" and one["weight_limit"]["unit"] == "GRAM" for one in options)


def test_the_delivery_options_of_a_product_are_ids_and_names_alone() -> None:
    caller = Caller()
    path = f"/logistics/202309/warehouses/{caller.shop.warehouses[0].shop_id}/delivery_options"

    options = caller.json(caller.gets(path, (("scope", "PRODUCT"),)))["data"]["delivery_options"]

    assert {tuple(one) for one in options} == {("id", "name")}


def test_every_delivery_option_has_a_carrier() -> None:
    caller = Caller()
    path = f"/logistics/202309/warehouses/{caller.shop.warehouses[0].shop_id}/delivery_options"
    ids = [one["id"] for one in caller.json(caller.gets(path))["data"]["delivery_options"]]

    carriers = [caller.json(caller.gets(f"/logistics/202309/delivery_options/{one}/shipping_providers"))["data"] for one in ids]

    assert [one["name"] for found in carriers for one in found["shipping_providers"]] == ["Standard carrier"] * 2


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/logistics/202309/warehouses/1/delivery_options", "WAREHOUSE"),
        ("/logistics/202309/delivery_options/1/shipping_providers", ""),
        ("", "EVERYTHING"),
    ],
)
def test_an_unknown_warehouse_option_or_scope_is_refused(path: str, scope: str) -> None:
    caller = Caller()
    known = f"/logistics/202309/warehouses/{caller.shop.warehouses[0].shop_id}/delivery_options"

    answer = caller.gets(path or known, (("scope", scope),))

    assert answer.notes.refusal == "parameter_invalid"
