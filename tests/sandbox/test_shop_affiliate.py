"""Affiliate sharing links: whose token makes them, which tags are refused inside a successful answer, and who may not make any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.app import creator
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.storefronts import standing
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response

TAGGED = "/affiliate_creator/202407/affiliate_sharing_links/generate_batch"
GENERAL = "/affiliate_creator/202505/affiliate_sharing_links/general_publishers/generate_batch"


class Sharer(Caller):
    """A caller who holds the token of an affiliate creator, too."""

    def __init__(self, **settings: Any) -> None:
        """Trade the creator's consent."""
        super().__init__(settings=Settings(**settings))
        self.pair = self.json(self.trades("refresh", refresh_token=creator(0).refresh_token, grant_type="refresh_token"))["data"]

    def shares(self, path: str, body: Any, **other: Any) -> Response:
        """Ask for links under the creator's token."""
        return self.posts(path, body, **{"cipher": None, "headers": {"x-tts-access-token": self.pair["access_token"]}} | other)

    def makes(self, *tags: str, **material: Any) -> Response:
        """Have links made to the first listing."""
        return self.shares(
            TAGGED, {"material": material or {"id": self.listing().id, "type": "PRODUCT"}, "channel": "x", "tags": list(tags)}
        )


def test_a_creator_is_no_seller_and_his_token_says_so() -> None:
    pair = Sharer().pair

    assert (pair["user_type"], pair["seller_name"], pair["granted_scopes"]) == (1, "", [])


def test_each_tag_gets_a_link_of_its_own() -> None:
    sharer = Sharer()

    data = sharer.json(sharer.makes("111-WA-ABC", "222-CC-DD"))["data"]

    made = {one["tag"]: one["affiliate_sharing_link"] for one in data["affiliate_sharing_links"]}
    assert list(made) == ["111-WA-ABC", "222-CC-DD"]
    assert len(set(made.values())) == 2
    assert sharer.world.shared == {(tag, link): sharer.listing().offers[0].sku for tag, link in made.items()}
    assert data["errors"] == []


@pytest.mark.parametrize(("tag", "why"), [("a" * 33, "tag exceed limit"), ("", "tag is empty")])
def test_a_tag_that_is_refused_stands_inside_a_successful_answer(tag: str, why: str) -> None:
    sharer = Sharer()

    answer = sharer.json(sharer.makes("a" * 32, tag))

    assert answer["code"] == 0
    assert [one["tag"] for one in answer["data"]["affiliate_sharing_links"]] == ["a" * 32]
    assert answer["data"]["errors"] == [{"code": 16661001, "message": "tag invalid", "detail": {"tag": tag, "fail_reason": why}}]


def test_a_switch_says_how_long_a_tag_may_be() -> None:
    sharer = Sharer(longest_tag=12)

    answer = sharer.makes("a" * 13)

    assert [one["detail"]["tag"] for one in sharer.json(answer)["data"]["errors"]] == ["a" * 13]
    assert "setting.longest_tag" in answer.notes.assumes


def test_a_developer_who_was_not_selected_lacks_the_scope() -> None:
    sharer = Sharer(selected_for_affiliate=False)

    answers = [sharer.makes("a"), sharer.shares(GENERAL, {"material": {"ids": [sharer.listing().id], "type": "PRODUCT"}})]

    assert [sharer.json(answer)["code"] for answer in answers] == [105005, 105005]
    assert sharer.world.shared == {}


def test_a_sellers_token_makes_no_links_and_a_creators_opens_no_shop() -> None:
    sharer = Sharer()
    body = {"material": {"id": sharer.listing().id, "type": "PRODUCT"}, "tags": ["a"]}

    as_seller = sharer.shares(TAGGED, body, headers={})
    as_creator = sharer.gets("/authorization/202309/shops", cipher=None, headers={"x-tts-access-token": sharer.pair["access_token"]})

    assert [sharer.json(answer)["code"] for answer in (as_seller, as_creator)] == [101000, 101000]


def test_a_shop_cipher_is_not_expected() -> None:
    lenient, strict = Sharer(), Sharer(strict=True)
    body = {"material": {"id": lenient.listing().id, "type": "PRODUCT"}, "tags": ["a"]}

    assert [use.leniency for use in lenient.shares(TAGGED, body, cipher="").notes.leniencies] == ["surplus_shop_cipher"]
    assert strict.shares(TAGGED, body, cipher="").notes.refusal == "shop_cipher_unexpected"


def test_the_material_of_the_changelogs_sample_is_a_leniency() -> None:
    lenient, strict = Sharer(), Sharer(strict=True)

    answers = [one.makes("a", material_id=one.listing().id, type=1) for one in (lenient, strict)]

    assert [use.leniency for use in answers[0].notes.leniencies] == ["seed_material"]
    assert lenient.json(answers[0])["code"] == 0
    assert answers[1].notes.refusal == "parameter_invalid"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, 36009004),
        ({"material": {"id": "1", "type": "SHOWCASE"}, "tags": ["a"]}, 36009004),
        ({"material": {"id": "1", "type": "PRODUCT"}}, 36009004),
        ({"material": {"id": "1", "type": "PRODUCT"}, "tags": ["a"]}, 12052032),
    ],
)
def test_a_wrong_body_is_refused(body: dict[str, Any], expected: int) -> None:
    sharer = Sharer()

    assert sharer.json(sharer.shares(TAGGED, body))["code"] == expected


def test_the_newer_call_tells_of_each_product_whether_there_is_a_link() -> None:
    sharer = Sharer()
    mine = sharer.listing().id

    data = sharer.json(sharer.shares(GENERAL, {"material": {"ids": [mine, "1"], "type": "PRODUCT"}}))["data"]

    link = data["sharing_links"][0]
    assert link == {"material_id": mine, **dict.fromkeys(("sharing_link", "deep_link", "one_link"), link["sharing_link"])}
    assert data["failed_materials"] == [{"material_id": "1", "fail_reason": "The product does not exist"}]


def test_a_link_to_tokopedia_is_made_for_what_is_listed_there() -> None:
    sharer = Sharer()
    sharer.merges()
    sharer.world.confirm("shop-1")
    listings = list(sharer.world.listings.rows("shop", (SHOP, "shop-1")))
    there = next(one.id for one in listings if TOKOPEDIA in standing(one))
    elsewhere = next(one.id for one in listings if TOKOPEDIA not in standing(one))
    sharer.pair = sharer.json(sharer.trades("refresh", refresh_token=sharer.pair["refresh_token"], grant_type="refresh_token"))["data"]

    body = {"material": {"ids": [there, elsewhere], "type": "PRODUCT"}, "link_type": "TOKO"}
    data = sharer.json(sharer.shares(GENERAL, body))["data"]

    assert [sorted(one) for one in data["sharing_links"]] == [["material_id", "sharing_link"]]
    assert [one["material_id"] for one in data["failed_materials"]] == [elsewhere]


@pytest.mark.parametrize("material", [None, {"ids": [], "type": "PRODUCT"}, {"ids": ["1"] * 51}, {"ids": ["1"], "type": "CAMPAIGN"}])
def test_the_newer_call_takes_one_to_fifty_products(material: Any) -> None:
    sharer = Sharer()

    assert sharer.shares(GENERAL, {"material": material}).notes.refusal == "parameter_invalid"
