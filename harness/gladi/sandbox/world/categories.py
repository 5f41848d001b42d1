"""The categories of goods: a tree in which each leaf says, for each storefront, whether the sellers of this world may list there."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.world.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ROOT", "Category", "Permission", "categories", "recommended"]

ROOT = "0"
"""The parent of those that have none."""


class Permission(StrEnum):
    """Whether a seller may list in a category."""

    AVAILABLE = "available"
    BY_INVITATION = "by invitation"
    OUTSIDE_MAIN = "outside the main category"
    PROHIBITED = "prohibited"


class Category(Record, frozen=True, kw_only=True, gc=False):
    """One category; products stand in leaves alone."""

    id: str
    name: str
    parent: str
    level: int
    """From 1, at the root."""
    is_leaf: bool
    permissions: tuple[tuple[Platform, Permission], ...]
    """By storefront; one that is left out does not have this category at all."""

    def permission(self, on: Platform) -> Permission | None:
        """Give the permission on a storefront; None where the category does not exist there."""
        return dict(self.permissions).get(on)


_BOTH = ((TOKOPEDIA, Permission.AVAILABLE), (SHOP, Permission.AVAILABLE))
_BRANCHES: tuple[tuple[str, str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    (
        "610000",
        "Fashion",
        (
            ("611000", "Clothing", ("600000", "600001", "600002", "600023")),
            ("612000", "Accessories", ("600003", "600006", "600012")),
        ),
    ),
    (
        "620000",
        "Food and Drink",
        (("621000", "Coffee", ("600004", "600005")), ("622000", "Tea and Herbs", ("600020", "600021", "600022"))),
    ),
    (
        "630000",
        "Home and Living",
        (("631000", "Kitchen", ("600007", "600008", "600009")), ("632000", "Decoration", ("600010", "600011"))),
    ),
    ("640000", "Hobbies", (("641000", "Toys", ("600013",)), ("642000", "Vouchers", ("600024", "600025")))),
)
"""Root, branch, and the leaves below it: a tree of three levels."""

_LEAVES: dict[str, tuple[str, tuple[tuple[Platform, Permission], ...]]] = {
    "600000": ("Formal Batik", _BOTH),
    "600001": ("Casual Batik", _BOTH),
    "600002": ("Kaftans", _BOTH),
    "600003": ("Bags", _BOTH),
    "600004": ("Coffee Beans", _BOTH),
    "600005": ("Ground Coffee", _BOTH),
    "600006": ("Scarves", _BOTH),
    "600007": ("Serving Trays", _BOTH),
    "600008": ("Tumblers", _BOTH),
    "600009": ("Cups", _BOTH),
    "600010": ("Candles", _BOTH),
    "600011": ("Mats", _BOTH),
    "600012": ("Rings", _BOTH),
    "600013": ("Puzzles", _BOTH),
    "600020": ("Herbal Tea", ((TOKOPEDIA, Permission.BY_INVITATION), (SHOP, Permission.AVAILABLE))),
    "600021": ("Jamu", ((TOKOPEDIA, Permission.AVAILABLE), (SHOP, Permission.PROHIBITED))),
    "600022": ("Tea", _BOTH),
    "600023": ("Wedding Dresses", ((TOKOPEDIA, Permission.AVAILABLE), (SHOP, Permission.OUTSIDE_MAIN))),
    "600024": ("Phone Credit", ((TOKOPEDIA, Permission.AVAILABLE),)),
    "600025": ("Surprise Boxes", ((SHOP, Permission.AVAILABLE),)),
}
_WORD = re.compile(r"[a-z]{3,}")
_STEM = 4
"""As many letters of a word are compared, so that a scarf is found among scarves."""


@lru_cache(maxsize=2)
def categories(*, deep: bool = False) -> dict[str, Category]:
    """Give every category by its id, parents first; `deep` is the newer tree, in which the same leaves lie a level further down."""
    found: list[Category] = []
    for root, root_name, branches in _BRANCHES:
        leaves = [leaf for _, _, below in branches for leaf in below]
        found.append(_parent(root, root_name, ROOT, 1, leaves))
        for branch, branch_name, below in branches:
            found.append(_parent(branch, branch_name, root, 2, below))
            home, level = branch, 3
            if deep:
                home, level = f"{branch[:3]}500", 4
                found.append(_parent(home, f"All {branch_name}", branch, 3, below))
            found += [
                Category(id=leaf, name=_LEAVES[leaf][0], parent=home, level=level, is_leaf=True, permissions=_LEAVES[leaf][1])
                for leaf in below
            ]
    return {one.id: one for one in found}


def _parent(id_: str, name: str, parent: str, level: int, leaves: Iterable[str]) -> Category:
    """Make a category that holds others: it exists where one of its leaves does, and nothing is listed in it itself."""
    places = {platform for leaf in leaves for platform, _ in _LEAVES[leaf][1]}
    permissions = tuple((platform, Permission.AVAILABLE) for platform in Platform if platform in places)
    return Category(id=id_, name=name, parent=parent, level=level, is_leaf=False, permissions=permissions)


def recommended(title: str, among: Iterable[Category]) -> Category | None:
    """Give the leaf whose name shares most words with a title; the first of them where several share as many, or none does any."""
    wanted = _stems(title)
    return max((one for one in among if one.is_leaf), key=lambda one: len(wanted & _stems(one.name)), default=None)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}
