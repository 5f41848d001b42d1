"""What a watch sees at a moment: everything that came, added up, without a wish and without a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.attempts.watching.arrival import Signed
from gladi.attempts.watching.told import compared, merged, others
from gladi.judge.identity import Identity

if TYPE_CHECKING:
    from gladi.attempts.watching.kept import Kept, Poll
    from gladi.attempts.watching.state import State

__all__ = ["Sight", "looks"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of the merge of one shop."""

    answer: Poll | None
    """The last answer of Get Shop Info."""
    shows: bool | None
    """Whether it shows the shop as merged; None where it does not show the shop, or nothing has been answered."""
    told: tuple[Kept, ...]
    """Webhooks about this shop, in their order, whatever their signatures are worth."""
    identities: tuple[tuple[Kept, Identity | str], ...]
    """Each webhook `merge` held against Get Shop Info, as soon as that shows the merge; a text says why they cannot be compared."""

    @property
    def merged(self) -> bool:
        """Whether the platform told of the merge: by Get Shop Info, or by the last webhook that it signed."""
        return bool(self.shows) or (self.last is not None and self.last.status == "merge")

    @property
    def last(self) -> Kept | None:
        """The last webhook about this shop whose signature is right."""
        return next((one for one in reversed(self.told) if one.signed is Signed.RIGHTLY), None)

    @property
    def unmerged(self) -> Kept | None:
        """A webhook `unmerge` that was the last word, and that a later Get Shop Info bears out."""
        last = self.last
        asked_since = last is not None and self.answer is not None and self.answer.at > last.at
        return last if last is not None and last.status == "unmerge" and asked_since and self.shows is False else None

    @property
    def agree(self) -> bool | None:
        """Whether the ids agree wherever a rightly signed webhook could be compared; None where none could be yet."""
        held = [one for kept, one in self.identities if kept.signed is Signed.RIGHTLY]
        return all(isinstance(one, Identity) and one.agree for one in held) if held else None


def looks(state: State, shop: str) -> Sight:
    """Look at all that a state holds about a shop, named by its id on Tokopedia."""
    answer = state.last_answer()
    shops = answer.shops if answer is not None and answer.shops is not None else b"[]"
    shows = merged(shops, shop)
    foreign = others(shops, shop)
    # One with an id that no shop has is about this one: that its ids are wrong is what there is to be seen.
    told = tuple(one for one in state.merges() if one.shop not in foreign and not one.news.is_trial)
    held = [one for one in told if one.status == "merge"] if shows else []
    return Sight(answer, shows, told, tuple((one, compared(one, shops, shop)) for one in held))
