"""Knows the refusals of a shipment by the codes of the API reference, and passes over any other without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Shipment, Sighting
    from examples.careful.trouble import Refused

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_changelogs_own_codes_of_a_refused_shipment_are_understood"}

_OF_THE_CHANGELOG = frozenset(("11021035", "11021036"))


class KnowsOneList(OrderDesk):
    """Takes a code that it does not know for no reason to tell anybody."""

    async def _was_refused(self, shipment: Shipment, sighting: Sighting, no: Refused) -> Shipment:
        refused = await super()._was_refused(shipment, sighting, no)
        return self._notes(replace(refused, trouble="something went wrong")) if no.code in _OF_THE_CHANGELOG else refused


class KnowsTheCodesOfOneDocument(Careful):
    """Says that something went wrong, and not what."""

    desk = KnowsOneList
