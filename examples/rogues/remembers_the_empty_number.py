"""Copies the tracking number when it first sees an order, which is long before there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_tracking_number_is_waited_for"}


class CopiesOnce(OrderDesk):
    """Takes an order over once, and after that only its standing."""

    def _sees(self, sighting: Sighting) -> Sighting:
        known = self._book.sightings.get(sighting.key)
        return super()._sees(replace(sighting, tracking=known.tracking) if known is not None else sighting)


class RemembersTheEmptyNumber(Careful):
    """Cannot say where a parcel is."""

    desk = CopiesOnce
