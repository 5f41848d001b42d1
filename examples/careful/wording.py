"""The words in which the system speaks to the seller: what a platform wrote is passed on under the brand that it has in Indonesia."""

from __future__ import annotations

import re

__all__ = ["BRAND", "in_our_words"]

BRAND = "Tokopedia & Shop"

_OLDER = re.compile(r"\bTIKTOK(?! SHOP (?:OPEN )?APIS?\b)(?:[ _]SHOP(?:PING)?)?\b|\bTTS[ _]SHOP\b", re.IGNORECASE)


def in_our_words(text: str) -> str:
    """Give a text with the platform's brand as sellers in Indonesia know it; the name of its API is left alone."""
    return _OLDER.sub(BRAND, text)
