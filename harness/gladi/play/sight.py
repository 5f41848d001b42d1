"""A sight: what the seller sees when he looks at one thing in the system, as names and texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Sight"]


@dataclass(frozen=True, slots=True)
class Sight:
    """The fields of a SKU, an order or a shop, by the names under which the system shows them."""

    about: str
    fields: Mapping[str, str]

    def says(self, *words: str) -> bool:
        """Tell whether one field, in its name and text together, says all of these words, whatever their case.

        An underscore is a space, so that a platform's own word counts as much as one for people: `SELLER_DEACTIVATED`.
        """
        wanted = [_plain(word) for word in words]
        return any(all(word in shown for word in wanted) for shown in (_plain(f"{name}: {text}") for name, text in self.fields.items()))


def _plain(text: str) -> str:
    return text.replace("_", " ").casefold()
