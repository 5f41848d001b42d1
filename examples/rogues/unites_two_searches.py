"""Searches app by app and shows all that it found, where the seller asked for what is listed in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.product_search import ProductSearch
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_search_tells_the_status_in_each_app"}


class EitherApp(ProductSearch):
    """Takes *and* for *or*."""

    async def find(self, apps: Sequence[Platform]) -> dict[str, dict[Platform, str]]:
        """Find what is listed in one of `apps` at least."""
        found: dict[str, dict[Platform, str]] = {}
        for app in apps:
            found |= await super().find((app,))
        return found


class UnitesTwoSearches(Careful):
    """Shows the seller products of one app as products of both."""

    search = EitherApp
