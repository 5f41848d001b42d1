"""A sight: what the seller sees when he looks at one thing in the system, as names and texts.

1. A word is found as a whole, and so is a number: neither `pre` in *preview* nor 30 in *14:30* or *Rp1.500.030*.
2. Where the two apps are told apart, a text is about one of them. *Tokopedia & Shop* is also what the platform is called, so it names
   an app only where Tokopedia's is not named beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Sight", "Words", "app_named", "says"]

Words = str | tuple[str, ...]
"""A word or phrase that a text has to say; of several in a tuple, one."""

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
_BOTH = re.compile(r"tokopedia ?& ?shop")


@dataclass(frozen=True, slots=True)
class Sight:
    """The fields of a SKU, an order or a shop, by the names under which the system shows them."""

    about: str
    fields: Mapping[str, str]

    @property
    def names_the_tokopedia_app(self) -> bool:
        """Whether one field names Tokopedia; the whole of *Tokopedia & Shop* does not count, for every order there says so."""
        return any(app_named(text) is TOKOPEDIA for text in self._texts())

    def says(self, *words: Words) -> bool:
        """Tell whether one field, in its name and text together, says all of these words, whatever their case.

        An underscore is a space, so that a platform's own word counts as much as one for people: `SELLER_DEACTIVATED`.
        """
        return any(says(text, *words) for text in self._texts())

    def says_where(self, *words: Words) -> set[Platform]:
        """Give the apps of which a field says all of these words; a field that names both apps is taken for one about Tokopedia's."""
        return {app for text in self._texts() if says(text, *words) and (app := app_named(text)) is not None}

    def _texts(self) -> list[str]:
        return [f"{name}: {text}" for name, text in self.fields.items()]


def says(text: str, *words: Words) -> bool:
    """Tell whether a text says all of these words, each as a whole and whatever its case; an underscore is a space."""
    shown = _plain(text)
    return all(any(_whole(one).search(shown) for one in ((word,) if isinstance(word, str) else word)) for word in words)


def app_named(text: str) -> Platform | None:
    """Give the app that a text is about, or None where it names no app."""
    shown = _plain(text)
    alone, both = _BOTH.subn("", shown)
    if "tokopedia" in alone:
        return TOKOPEDIA
    return SHOP if both else None


@lru_cache(maxsize=256)
def _whole(word: str) -> re.Pattern[str]:
    plain = _plain(word)
    if _NUMBER.fullmatch(plain):
        # Letters may stand beside a number, as in Rp500, and cents of 00 behind it; within an amount or a time of day it is another one.
        return re.compile(rf"(?<!\d)(?<!\d[.,:]){re.escape(plain)}(?!\d)(?!:\d)(?![.,](?!00?(?!\d))\d)")
    return re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)")


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())
