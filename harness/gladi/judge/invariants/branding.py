"""What people read says Tokopedia & Shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.brand import older_brand
from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import documented
from gladi.record.journal import Showed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_LOOKED_AT = frozenset(("TellsSeller", "TellsSeller.fields", "PrintsDocuments"))


class TheOlderBrandIsNowhereShown(Invariant):
    """What the system prints and shows in Indonesia does not bear the older brand.

    Addresses are left aside, and outside of print the name of the TikTok Shop Open API, where the API itself is meant. A word of the
    API that the system shows as it came, such as TIKTOK_SHOP, bears it. A document that could not be read shows nothing either way.
    """

    id = "the_older_brand_is_nowhere_shown"
    looks_at = (Showed,)
    source = documented("API changelog, Brand and logo guidelines for Indonesia market")

    def __init__(self) -> None:
        super().__init__()
        self._read: set[tuple[str, str]] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Showed) or entry.capability not in _LOOKED_AT:
            return
        for row in entry.rows:
            where, text = _place(row), f"{row.get('name', '')} {row.get('text', '')}".strip()
            # Notices are looked at again and again: each is read once.
            if (where, text) in self._read:
                continue
            self._read.add((where, text))
            if not text and not _was_read(row):
                continue
            self.chances += 1
            quoted = older_brand(text, in_print="document" in row)
            if quoted is not None:
                yield self.broken(f"{where} bears the older brand: “{quoted}”; write Tokopedia & Shop.", entry.n, order=row.get("order"))


def _was_read(row: dict[str, str]) -> bool:
    """Tell of the row that stands for a whole document whether it had lines that could be read."""
    return row.get("read") == "yes" and row.get("lines") != "0"


def _place(row: dict[str, str]) -> str:
    if document := row.get("document"):
        place = f", {row['place']}" if "place" in row else ""
        return f"the {document} of order {row.get('order', '')}{place}"
    return f"what the seller reads about {row.get('about', '')}{', ' + row['name'] if 'name' in row else ''}"
