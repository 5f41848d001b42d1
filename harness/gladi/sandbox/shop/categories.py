"""Categories: Get Categories and Recommend Category, and what a product write is told of a category that its seller may not use."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec

from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.products import STOREFRONTS, Storefront
from gladi.sandbox.shop.refusals import (
    CATEGORY_NOT_A_LEAF,
    CATEGORY_OUTSIDE_MAIN,
    CATEGORY_PROHIBITED,
    CATEGORY_RESTRICTED,
    CATEGORY_UNKNOWN,
    CATEGORY_VERSION,
    INVALID_PARAMETER,
    NO_CATEGORIES_OF_TOKOPEDIA,
    NOT_ON_PLATFORM,
)
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.categories import Category, Permission, categories, recommended

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.record.words import Platform
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.world import World

__all__ = ["check", "faults", "listing", "recommend"]

_DEFAULT: Storefront = "TIKTOK_SHOP"
_VERSIONS = ("v1", "v2")
_DEEP = "v2"
_STATUSES = {
    Permission.AVAILABLE: "AVAILABLE",
    Permission.BY_INVITATION: "INVITE_ONLY",
    Permission.OUTSIDE_MAIN: "NON_MAIN_CATEGORY",
    Permission.PROHIBITED: "PROHIBITED",
}
_REFUSALS: dict[Permission | None, Refusal] = {
    Permission.BY_INVITATION: CATEGORY_RESTRICTED,
    Permission.OUTSIDE_MAIN: CATEGORY_OUTSIDE_MAIN,
    Permission.PROHIBITED: CATEGORY_PROHIBITED,
    None: NOT_ON_PLATFORM,
}


class Described(msgspec.Struct, frozen=True):
    """The body of Recommend Category, as far as it is looked at; the changelog's sample has a list where one word belongs."""

    product_title: str | None = None
    category_version: str | None = None
    listing_platform: Storefront | tuple[Storefront, ...] | None = None
    include_prohibited_categories: bool = False


_described = msgspec.json.Decoder(Described)
_listed = msgspec.json.Decoder(tuple[Storefront, ...])


def listing(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Categories: all that one storefront has, each with the seller's permission there; prohibited ones only when asked for."""
    params = arrival.request.params
    word = params.get("listing_platform") or _DEFAULT
    on = _storefront(world, arrival, word if word in get_args(Storefront) else _samples_list(word))
    prohibited = _flag(params.get("include_prohibited_categories") or "false")
    keyword = params.get("keyword", "").casefold()
    found = [one for one in _existing(arrival, on, params.get("category_version"), prohibited=prohibited) if keyword in one.name.casefold()]
    return {"categories": [{"parent_id": one.parent, "local_name": one.name, **_row(one, on)} for one in found]}


def recommend(world: World, arrival: Arrival) -> dict[str, object]:
    """Recommend Category: the leaf of one storefront that suits a title best, permitted or not, and the way down to it."""
    wanted = read(arrival, world.settings, _described)
    if not wanted.product_title:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'product_title'"))
    on = _storefront(world, arrival, wanted.listing_platform or _DEFAULT)
    there = {one.id: one for one in _existing(arrival, on, wanted.category_version, prohibited=wanted.include_prohibited_categories)}
    arrival.assumes.append("shop.recommended_by_words")
    leaf = recommended(wanted.product_title, there.values())
    way: list[Category] = []
    step = leaf
    while step is not None:
        way.insert(0, step)
        step = there.get(step.parent)
    rows = [{"name": one.name, "level": one.level, **_row(one, on)} for one in way]
    return {"leaf_category_id": leaf.id if leaf is not None else "", "categories": rows}


def faults(
    arrival: Arrival, category_id: str | None, named: Iterable[Storefront], *, version: str | None = None
) -> list[tuple[Storefront, Refusal]]:
    """Give the storefronts on which a product may not stand in a category, each with the reason.

    Raises:
        Refused: there is no such category, or it is no leaf.
    """
    found = categories(deep=_is_deep(version)).get(category_id or "")
    arrival.assumes.append("shop.categories")
    if found is None:
        raise Refused(CATEGORY_UNKNOWN)
    if not found.is_leaf:
        raise Refused(CATEGORY_NOT_A_LEAF)
    permissions = [(name, found.permission(STOREFRONTS[name])) for name in named]
    return [
        (name, _REFUSALS[permission].saying(f"{_REFUSALS[permission].message}: {name}"))
        for name, permission in permissions
        if permission is not Permission.AVAILABLE
    ]


def check(arrival: Arrival, category_id: str | None, named: Iterable[Storefront], *, version: str | None = None) -> None:
    """Refuse a product whose category one of the storefronts that are named does not permit."""
    for _, refusal in faults(arrival, category_id, named, version=version):
        raise Refused(refusal)


def _storefront(world: World, arrival: Arrival, word: str | tuple[Storefront, ...]) -> Platform:
    """Read which storefront is meant; Tokopedia's is open to sellers who came over from there."""
    if isinstance(word, tuple):
        if len(word) != 1:
            raise Refused(INVALID_PARAMETER.saying("Invalid 'listing_platform': one of TIKTOK_SHOP, TOKOPEDIA"))
        lenient(arrival, world.settings, "seed_category_platform", INVALID_PARAMETER)
        word = word[0]
    if word == "TOKOPEDIA" and held(arrival).merged_at is None:
        raise Refused(NO_CATEGORIES_OF_TOKOPEDIA)
    return STOREFRONTS[word]


def _samples_list(word: str) -> tuple[Storefront, ...]:
    """Read a query value that is written as the list of the changelog's sample."""
    try:
        return _listed.decode(word.encode("utf-8", "surrogatepass"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ()


def _existing(arrival: Arrival, on: Platform, version: str | None, *, prohibited: bool) -> list[Category]:
    hidden = () if prohibited else (Permission.PROHIBITED,)
    arrival.assumes.append("shop.categories")
    return [one for one in categories(deep=_is_deep(version)).values() if one.permission(on) not in (None, *hidden)]


def _is_deep(version: str | None) -> bool:
    if version and version not in _VERSIONS:
        raise Refused(CATEGORY_VERSION)
    return version == _DEEP


def _flag(word: str) -> bool:
    if word not in ("true", "false"):
        raise Refused(INVALID_PARAMETER.saying("Invalid 'include_prohibited_categories': true or false"))
    return word == "true"


def _row(category: Category, on: Platform) -> dict[str, object]:
    permission = category.permission(on)
    statuses = [] if permission is None else [_STATUSES[permission]]
    return {"id": category.id, "is_leaf": category.is_leaf, "permission_statuses": statuses}
