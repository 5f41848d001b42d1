"""A token that has ended is not tried again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import assumed
from gladi.record.journal import Call
from gladi.record.operations import Does

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry
    from gladi.record.words import Platform


class AnExpiredTokenIsTriedAtMostTwice(Invariant):
    """A token that the platform has called expired is tried at most once more before a new one is fetched.

    The first refusal is how a system learns of it, and one more call may have been under way. The third call that is
    refused for the same reason is a breach, unless a token was asked for on that platform and given in between.
    """

    id = "an_expired_token_is_tried_at_most_twice"
    looks_at = (Call,)
    source = assumed("105002 and 401 say that the token has ended; how often one may try is not said (tiktok-shop-api.md 5)")

    def __init__(self) -> None:
        super().__init__()
        self._expired: dict[tuple[Platform, str | None], list[int]] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Call):
            return
        whose = (entry.platform, entry.shop)
        if entry.does is Does.AUTHORIZES:
            if not entry.refused and entry.lost is None:
                self._expired.pop(whose, None)
        elif entry.expired:
            tried = self._expired.setdefault(whose, [])
            tried.append(entry.n)
            self.chances += len(tried) == 1
            if len(tried) == 3:  # noqa: PLR2004 - it told, one more is free, and this is told once however often it goes on
                yield self.broken(
                    f"an access token of {entry.platform.label} had ended, and the system called with it a third time.",
                    *tried,
                    shop=entry.shop,
                )
