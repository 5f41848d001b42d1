"""Sharing links for those who recommend products: Generate Affiliate Sharing Link, and the newer General Sharing Links.

Both are called with the token of an affiliate creator, who has no shop; a refused tag or product stands inside a successful answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.refusals import INVALID_PARAMETER, MATERIAL_UNKNOWN, SCOPE_MISSING, TAG_INVALID
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import standing

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.world import World

__all__ = ["general_links", "links"]

_MOST_MATERIALS = 50


class Material(msgspec.Struct, frozen=True):
    """What is to be shared; the changelog's sample names it by `material_id` and a number."""

    id: str | None = None
    type: Literal["PRODUCT", "CAMPAIGN", "SHOWCASE", 1] | None = None
    material_id: str | None = None


class Tagged(msgspec.Struct, frozen=True):
    """The body of the calls 202407 and 202501."""

    material: Material | None = None
    channel: str = ""
    tags: tuple[str, ...] = ()


class Materials(msgspec.Struct, frozen=True):
    """Up to fifty products."""

    ids: tuple[str, ...] = ()
    type: Literal["PRODUCT", "CAMPAIGN"] = "PRODUCT"


class General(msgspec.Struct, frozen=True):
    """The body of the call 202505, which knows no tags."""

    material: Materials | None = None
    link_type: str = ""


_tagged = msgspec.json.Decoder(Tagged)
_general = msgspec.json.Decoder(General)


def links(world: World, arrival: Arrival) -> dict[str, object]:
    """Generate Affiliate Sharing Link: one for each tag; a tag that is too long, or empty, stands in `errors`."""
    _check_developer(world, arrival)
    wanted = read(arrival, world.settings, _tagged)
    product = _product(world, _material(world, arrival, wanted.material))
    if not wanted.tags:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'tags'"))
    if product is None:
        raise Refused(MATERIAL_UNKNOWN)
    longest = world.settings.longest_tag
    refused = [tag for tag in wanted.tags if not 0 < len(tag) <= longest]
    arrival.assumes += world.settings.assumption("longest_tag")
    arrival.touches = product.offers[0].sku
    return {
        "affiliate_sharing_links": [
            {"tag": tag, "affiliate_sharing_link": _link(world, product, tag)} for tag in wanted.tags if tag not in refused
        ],
        "errors": [
            {
                "code": int(TAG_INVALID.code),
                "message": TAG_INVALID.message,
                "detail": {"tag": tag, "fail_reason": "tag exceed limit" if tag else "tag is empty"},
            }
            for tag in refused
        ],
    }


def general_links(world: World, arrival: Arrival) -> dict[str, object]:
    """Generate General Sharing Links: one for each product; `link_type` TOKO gives the address of the product on Tokopedia."""
    _check_developer(world, arrival)
    wanted = read(arrival, world.settings, _general)
    ids = wanted.material.ids if wanted.material is not None else ()
    if wanted.material is None or wanted.material.type != "PRODUCT" or not 0 < len(ids) <= _MOST_MATERIALS:
        raise Refused(INVALID_PARAMETER.saying(f"Invalid 'material': PRODUCT, with 1 to {_MOST_MATERIALS} ids"))
    app = TOKOPEDIA if wanted.link_type == "TOKO" else SHOP
    found = {id_: product for id_ in ids if (product := _product(world, id_)) is not None and app in standing(product)}
    rows = {id_: {"material_id": id_, "sharing_link": _link(world, product, "")} for id_, product in found.items()}
    if app is SHOP:
        rows = {id_: one | {"deep_link": one["sharing_link"], "one_link": one["sharing_link"]} for id_, one in rows.items()}
    missing = [{"material_id": id_, "fail_reason": MATERIAL_UNKNOWN.message} for id_ in ids if id_ not in found]
    return {"sharing_links": list(rows.values()), "failed_materials": missing}


def _check_developer(world: World, arrival: Arrival) -> None:
    arrival.assumes += world.settings.assumption("selected_for_affiliate")
    if not world.settings.selected_for_affiliate:
        raise Refused(SCOPE_MISSING)


def _material(world: World, arrival: Arrival, material: Material | None) -> str:
    """Read which product is meant."""
    if material is None:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'material'"))
    if material.material_id is not None or material.type == 1:
        lenient(arrival, world.settings, "seed_material", INVALID_PARAMETER)
    elif material.type != "PRODUCT":
        raise Refused(INVALID_PARAMETER.saying("Invalid 'material.type': PRODUCT"))
    return material.id or material.material_id or ""


def _product(world: World, id_: str) -> Listing | None:
    listing = world.listing(SHOP, id_)
    return listing if listing is not None and listing.status is not ListingStatus.DELETED else None


def _link(world: World, product: Listing, tag: str) -> str:
    """Make the address of a product under a tag, and remember where it leads; no host of the platform bears it."""
    address = f"https://links.example.com/{shop_side_id(f'{world.seed} {product.id} {tag}', '85')}"
    world.shared[tag, address] = product.offers[0].sku
    return address
