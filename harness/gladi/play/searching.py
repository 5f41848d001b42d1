"""The seller searches his products in the system, in the app that he chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gladi.play.faults import SystemFault
from gladi.play.system import FindsProducts, FoundProduct
from gladi.record.redact import clean_text
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gladi.play.backstage import Backstage

__all__ = ["SearchesProducts"]


class SearchesProducts:
    """What a seller does who looks for his products."""

    _backstage: Backstage

    async def finds_products(self, *, on: Platform | Sequence[Platform]) -> dict[str, dict[Platform, str]]:
        """Search in one app, or for what is listed in all of several; needs *finds products*. Gives the statuses in each app by seller SKU.

        Raises:
            SystemFault: the system showed something else than found products.
        """
        self._backstage.must(FindsProducts)
        platforms = (on,) if isinstance(on, Platform) else tuple(on)
        shown: object = await self._backstage.says(lambda system: system.find_products(on=platforms))
        rows = cast("Sequence[object]", shown) if isinstance(shown, list | tuple) else None
        read = [_read(row) for row in rows or ()]
        found = {one[0]: one[1] for one in read if one is not None}
        if rows is None or len(found) != len(rows):
            raise SystemFault(f"find_products answered {shown!r}; return a list of gladi.FoundProduct, each seller SKU once")
        pairs = [(sku, app, status) for sku, where in found.items() for app, status in where.items()]
        noted = tuple({"sku": clean_text(sku), "app": app.value, "status": clean_text(status)} for sku, app, status in pairs)
        self._backstage.sandbox.journal.showed("FindsProducts", noted)
        return found


def _read(row: object) -> tuple[str, dict[Platform, str]] | None:
    """Read a row; None for one that is no found product, whatever its type says."""
    if not isinstance(row, FoundProduct):
        return None
    sku = cast("object", row.sku)
    statuses = cast("Mapping[object, object]", row.statuses)
    known = {app: status for app, status in statuses.items() if isinstance(app, Platform) and isinstance(status, str)}
    return (sku, known) if isinstance(sku, str) and len(known) == len(statuses) else None
