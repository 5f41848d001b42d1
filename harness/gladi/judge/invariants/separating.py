"""A separation that is announced is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import assumed
from gladi.record.journal import Call, Webhook
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

WITHIN = 3_600_000
"""One hour in milliseconds, as for noticing a merge. Assumed."""


class ASeparationIsChecked(Invariant):
    """A system that took a webhook `unmerge` asks Get Shop Info about that shop within the hour.

    The changelog knows the status, and by the rehearsal guide no merge is ever undone: one of them is wrong, and the platform knows which.
    """

    id = "a_separation_is_checked"
    looks_at = (Call, Webhook)
    source = assumed("the changelog names `unmerge` and Get Shop Info as two ways to the same status; an hour leaves room for trouble")

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[str, Webhook] = {}
        self._taken: set[str] = set()
        """The shops of which it was told: the same bytes once more tell nothing."""

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Webhook):
            taken = entry.genuine and entry.status is not None and 200 <= entry.status < 300  # noqa: PLR2004 - HTTP
            if taken and entry.platform is TOKOPEDIA and entry.event == "unmerge" and entry.shop is not None:
                if entry.again and entry.shop in self._taken:
                    return
                self._taken.add(entry.shop)
                self.chances += entry.shop not in self._open
                self._open.setdefault(entry.shop, entry)
        elif isinstance(entry, Call) and entry.lost is None:
            for shop in entry.polls:
                webhook = self._open.pop(shop, None)
                if webhook is not None and entry.at - webhook.at > WITHIN:
                    yield self._late(webhook, f"was checked {(entry.at - webhook.at) // 60_000} minutes later.", entry.n)

    def settles(self, at: int) -> Iterator[Violation]:
        for webhook in self._open.values():
            if at - webhook.at >= WITHIN:
                yield self._late(webhook, "was never checked: Get Shop Info was not asked.")

    def _late(self, webhook: Webhook, how: str, *more: int) -> Violation:
        return self.broken(f"the separation of {webhook.shop}, told by a webhook, {how}", webhook.n, *more, shop=webhook.shop)
