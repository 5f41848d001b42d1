"""Archives what the accountant asks for, payouts and returns, and asks Tokopedia for the rest whenever somebody looks."""

from __future__ import annotations

from examples.careful.archive import Archive
from examples.careful.system import Careful
from gladi.play.system import RecordKind

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_past_was_archived_before_the_tokopedia_api_closed"}


class TheBooks(Archive):
    """Writes down two kinds of five."""

    kinds_kept = (RecordKind.FINANCE, RecordKind.RETURNS)


class ArchivesTheBooksAlone(Careful):
    """Loses its sellers' parcels, promotions and conversations on the day on which Tokopedia closes."""

    archive = TheBooks
