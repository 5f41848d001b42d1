"""A registration of webhooks wipes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import documented
from gladi.record.journal import Fact, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry


class ARegistrationWipesNothing(Invariant):
    """A registration of webhooks keeps every URL that was set before.

    Registering replaces: the changelog's example, copied as it stands, sends the URL of the merge alone and empties all others.
    """

    id = "a_registration_wipes_nothing"
    looks_at = (Fact,)
    source = documented("Webhook Security: URLs left out are overwritten by the empty string (tokopedia-api.md 7.1)")

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Fact) or entry.what != What.WEBHOOKS_REGISTERED or entry.value is None:
            return
        self.chances += 1
        if entry.value:
            yield self.broken(f"a registration emptied {entry.value}.", entry.n)
