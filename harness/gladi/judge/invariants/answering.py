"""Webhooks are answered and handled once, and only those are believed that the platform sent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import assumed, documented
from gladi.record.journal import Fact, Showed, Webhook, What
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_Row = tuple[tuple[str, str], ...]


def _taken(webhook: Webhook) -> bool:
    return webhook.status is not None and 200 <= webhook.status < 300  # noqa: PLR2004 - HTTP


class WebhooksAreAnsweredAndHandledOnce(Invariant):
    """A webhook that arrives is answered 2xx, and one that arrives again changes nothing of what the system shows.

    What it shows is asked on both sides of a webhook that comes again and was taken before: a notice told a second time, or a
    shop link more than before, is a breach. How long an answer takes cannot be judged, because virtual time stands still while a
    webhook is being received, and Tokopedia documents no limit. Nor can what a system does only hours after it was woken.
    """

    id = "webhooks_are_answered_and_handled_once"
    source = assumed("no answer, retry or limit is documented for Tokopedia's webhooks; clients answer 200 (tokopedia-api.md 7.2)")

    def __init__(self) -> None:
        super().__init__()
        self._taken: dict[tuple[str | None, str], Webhook] = {}
        self._shown: dict[str, Counter[_Row]] = {}
        self._again: dict[str, tuple[Webhook, Webhook]] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Webhook) and entry.genuine and not entry.lost and entry.status is not None:
            yield from self._answers(entry)
        elif isinstance(entry, Showed) and entry.capability in ("TellsSeller", "LinksShops"):
            yield from self._shows(entry)

    def _answers(self, webhook: Webhook) -> Iterator[Violation]:
        self.chances += 1
        if not _taken(webhook):
            text = f"the webhook {webhook.event!r} of {webhook.shop} arrived, and the system answered {webhook.status}."
            yield self.broken(text, webhook.n, shop=webhook.shop)
            return
        before = self._taken.setdefault((webhook.shop, webhook.event), webhook)
        if webhook.again and before is not webhook:
            self._again = dict.fromkeys(self._shown, (before, webhook))

    def _shows(self, showed: Showed) -> Iterator[Violation]:
        rows = Counter(tuple(sorted(row.items())) for row in showed.rows)
        before = self._shown.get(showed.capability, Counter())
        self._shown[showed.capability] = rows
        twice = self._again.pop(showed.capability, None)
        if twice is None:
            return
        first, again = twice
        if showed.capability == "LinksShops":
            changed = [dict(row) for row, times in rows.items() if times > before[row]]
            what = "shows another shop link"
        else:
            changed = [dict(row) for row, times in rows.items() if times > before[row] > 0]
            what = "told the seller the same again"
        if changed:
            said = changed[0].get("text") or changed[0].get("toko_shop_id", "")
            text = f"the webhook {again.event!r} of {again.shop} came a second time, and the system {what}: {said}"
            yield self.broken(text, first.n, again.n, showed.n, shop=again.shop)


class NoForgedWebhookIsBelieved(Invariant):
    """A webhook that the platform did not sign is not taken, and no shop link is shown before its shops have merged."""

    id = "no_forged_webhook_is_believed"
    source = documented("Webhook Security: Authorization-Hmac over the raw body under the app's secret (tokopedia-api.md 7.2)")

    def __init__(self) -> None:
        super().__init__()
        self._merged: set[str] = set()
        self._accused: set[str] = set()
        self._forged: dict[str | None, Webhook] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Fact) and entry.what == What.STAGE and entry.stage is Stage.MERGED and entry.shop:
            self._merged.add(entry.shop)
        elif isinstance(entry, Webhook) and not entry.genuine and entry.status is not None:
            self.chances += 1
            self._forged[entry.shop] = entry
            if _taken(entry):
                text = f"a webhook {entry.event!r} of {entry.shop} that the platform did not sign was answered {entry.status}."
                yield self.broken(text, entry.n, shop=entry.shop)
        elif isinstance(entry, Showed) and entry.capability == "LinksShops":
            yield from self._shows(entry)

    def _shows(self, showed: Showed) -> Iterator[Violation]:
        for row in showed.rows:
            shop, id_ = row.get("shop"), row.get("toko_shop_id", "")
            if shop in self._merged or id_ in self._accused:
                continue
            self._accused.add(id_)
            heard = self._forged.get(shop)
            text = f"the system shows a link of Tokopedia shop {id_}, which has not merged."
            yield self.broken(text, *([heard.n] if heard else []), showed.n, shop=shop)
