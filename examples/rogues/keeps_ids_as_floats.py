"""Reads JSON with a parser that makes floats of big numbers, and stores a seller that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.tokopedia import ShopReport

BREAKS = {"ids_agree": {"compared"}}
FAILS = {
    "ids_of_nineteen_digits_come_through_whole",
}


class Rounds(Merges):
    """Sends every seller id through a float."""

    def _learns(self, report: ShopReport) -> None:
        rounded = str(int(float(report.tts_seller_id))) if report.tts_seller_id else None
        super()._learns(replace(report, tts_seller_id=rounded))


class KeepsIdsAsFloats(Careful):
    """Loses the last digits of 19."""

    merges = Rounds
