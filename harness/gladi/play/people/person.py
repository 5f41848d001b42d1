"""A person: somebody on stage whose deeds stand in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage

__all__ = ["Person"]


class Person:
    """Somebody who does things in the world, or asks the system for them."""

    who: ClassVar[str] = ""
    """How the journal names him, as the subject of a sentence: `the seller`."""

    def __init__(self, backstage: Backstage) -> None:
        """Enter the stage that `backstage` moves."""
        self._backstage = backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        self._backstage.sandbox.journal.deed(self.who, did, **about)
