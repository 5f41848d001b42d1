"""Asks every hour whether a suspended product has come over at last, and tells nobody that it never will."""

from __future__ import annotations

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_suspended_product_is_not_copied_and_the_seller_is_told"}


class Hopeful(Catalogue):
    """Says nothing of what was left behind."""

    def _tells_of_the_suspended(self, toko_shop_id: str) -> None:
        del toko_shop_id


class WaitsForTheSuspended(Careful):
    """Leaves the seller to find out for himself."""

    catalogue = Hopeful
