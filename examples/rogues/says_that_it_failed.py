"""Tells the seller that a shipment failed, and keeps the reason in a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Shipment, Sighting
    from examples.careful.trouble import Refused

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_parcel_outside_its_collection_time_is_told_and_leaves_later",
    "a_parcel_that_fails_in_a_batch_is_told_and_the_others_leave",
    "a_parcel_without_any_collection_time_sends_the_seller_to_customer_service",
    "the_changelogs_own_codes_of_a_refused_shipment_are_understood",
}


class KeepsTheReason(OrderDesk):
    """Has one message for every refusal."""

    async def _was_refused(self, shipment: Shipment, sighting: Sighting, no: Refused) -> Shipment:
        return self._notes(replace(await super()._was_refused(shipment, sighting, no), trouble="it could not be shipped"))


class SaysThatItFailed(Careful):
    """Leaves the seller to guess."""

    desk = KeepsTheReason
