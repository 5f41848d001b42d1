"""The seller before the system's categories: what he sees of each app, in a form that can be held against what is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.faults import SystemFault
from gladi.play.system import CategoryChoice, ChoosesCategories
from gladi.sandbox.world.categories import Permission, categories

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage
    from gladi.record.words import Platform

__all__ = ["ChoosesACategory", "open_to_sellers"]


class ChoosesACategory:
    """What a seller does about categories, in the system."""

    _backstage: Backstage

    async def sees_the_categories(self, *, on: Platform) -> dict[str, bool]:
        """Look at the categories of one app: id, and whether he may list there; needs *chooses categories*.

        Left out are those that hold others, because nothing is listed in them, and prohibited ones that are shown as closed.

        Raises:
            SystemFault: the system answers with something else than a list of choices.
        """
        self._backstage.must(ChoosesCategories)
        shown = await self._backstage.says(lambda system: system.categories(on=on))
        try:
            choices = list(shown)
        except TypeError:
            raise SystemFault(f"categories answered {shown!r}; return a list of gladi.CategoryChoice") from None
        for one in choices:
            if not isinstance(one, CategoryChoice):
                raise SystemFault(f"categories answered a list that holds {one!r}; return a list of gladi.CategoryChoice")
        rows = tuple({"category": one.category_id, "permitted": str(one.permitted).lower(), "on": on.value} for one in choices)
        self._backstage.sandbox.journal.showed("ChoosesCategories", rows)
        return {one.category_id: one.permitted for one in choices if one.permitted or not _is_of_no_account(one.category_id, on)}


def open_to_sellers(on: Platform) -> dict[str, bool]:
    """Give each category of an app in which a product can stand, by its id, and whether a seller may list there."""
    there = {one.id: one.permission(on) for one in categories().values() if one.is_leaf}
    return {
        id_: permission is Permission.AVAILABLE
        for id_, permission in there.items()
        if permission is not None and permission is not Permission.PROHIBITED
    }


def _is_of_no_account(category_id: str, on: Platform) -> bool:
    found = categories().get(category_id) or categories(deep=True).get(category_id)
    return found is not None and (not found.is_leaf or found.permission(on) is Permission.PROHIBITED)
