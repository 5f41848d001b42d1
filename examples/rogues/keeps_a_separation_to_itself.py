"""Logs a webhook that says `unmerge` and goes on: a merge cannot be undone, so it need tell nobody and check nothing."""

from __future__ import annotations

from examples.careful.merges import Merges
from examples.careful.system import Careful

BREAKS = {"a_separation_is_checked": {"webhook unmerge"}}
FAILS = {"an_announced_separation_is_reported_and_unlinks_nothing"}


class Shrugs(Merges):
    """Knows better than the platform."""

    def _hears(self, status: str, toko_shop_id: str, tts_seller_id: str) -> None:
        if status != "unmerge":
            super()._hears(status, toko_shop_id, tts_seller_id)


class KeepsASeparationToItself(Careful):
    """Leaves the seller to find out by himself."""

    merges = Shrugs
