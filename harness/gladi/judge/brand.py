"""The older brand in what people read: where it stands, quoted, with what may bear that name left aside."""

from __future__ import annotations

import re

__all__ = ["names_a_brand", "older_brand"]

_OLDER = re.compile(r"tik[\W_]{0,2}tok", re.IGNORECASE)
_BRAND = re.compile(r"tik[\W_]{0,2}tok|tokopedia", re.IGNORECASE)
_ADDRESS = r"\b[a-z][a-z0-9+.-]*://\S+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|id|shop)\b(?:[/?#]\S*)?"
# The API is called so, and an address is where it is: neither is a name under which the platform is shown.
_MAY_BEAR_IT_IN_PRINT = re.compile(_ADDRESS, re.IGNORECASE)
_MAY_BEAR_IT = re.compile(rf"tiktok shop (?:open )?apis?\b|{_ADDRESS}", re.IGNORECASE)
_AROUND = 30
"""As many characters are quoted on either side."""


def older_brand(text: str, *, in_print: bool = False) -> str | None:
    """Quote where a text bears the older brand; None where it does not, save in addresses and in the API's own name.

    A document that is printed for a buyer or a courier has no API to speak of, so that `in_print` that name counts too.
    """
    if "tik" not in text.casefold():
        return None
    aside = _MAY_BEAR_IT_IN_PRINT if in_print else _MAY_BEAR_IT
    found = next((one for one in _OLDER.finditer(text) if not _is_left_aside(aside, text, one.start())), None)
    if found is None:
        return None
    begins, ends = max(0, found.start() - _AROUND), found.end() + _AROUND
    quoted = " ".join(text[begins:ends].split())
    return f"{'…' if begins else ''}{quoted}{'…' if ends < len(text) else ''}"


def names_a_brand(text: str) -> bool:
    """Tell whether a text names either brand at all."""
    return _BRAND.search(text) is not None


def _is_left_aside(aside: re.Pattern[str], text: str, at: int) -> bool:
    return any(one.start() <= at < one.end() for one in aside.finditer(text))
