"""Webhooks are answered, are handled once, and are believed only if the platform sent them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import assumed, documented
from gladi.record.journal import Fact, Showed, Webhook, What
from gladi.record.words import SHOP, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_Row = tuple[tuple[str, str], ...]
_UNDOCUMENTED = assumed(
    "no answer, retry or limit is documented for Tokopedia's webhooks, clients answer 200 (tokopedia-api.md 7.2); "
    "Tokopedia & Shop wants 200 and sends again what gets another answer (tiktok-shop-api.md 14)"
)
_OK = 200


def _arrived(webhook: Webhook) -> bool:
    return webhook.genuine and not webhook.lost and webhook.status is not None


def _taken(webhook: Webhook) -> bool:
    return webhook.status is not None and _OK <= webhook.status < 300  # noqa: PLR2004 - HTTP


class WebhooksAreAnswered(Invariant):
    """A webhook that arrives is answered 2xx, and one of Tokopedia & Shop 200.

    How long an answer takes cannot be judged, because virtual time stands still while a webhook is being received; Tokopedia & Shop
    gives it three seconds, and Tokopedia documents no limit.
    """

    id = "webhooks_are_answered"
    looks_at = (Webhook,)
    source = _UNDOCUMENTED

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Webhook) or not _arrived(entry):
            return
        self.chances += 1
        if not _taken(entry) or (entry.platform is SHOP and entry.status != _OK):
            text = f"the webhook {entry.event!r} of {entry.shop} arrived, and the system answered {entry.status}."
            yield self.broken(text, entry.n, shop=entry.shop)


class WebhooksAreHandledOnce(Invariant):
    """A webhook that arrives again changes nothing of what the system shows.

    What it shows is asked on both sides of a webhook that comes again and was taken before: a notice told a second time, a shop
    link more than before, or an order shown once more is a breach. What a system does only hours after it was woken cannot be judged.
    Where none came again, or the system shows neither links nor notices nor orders, the rule is not rehearsed.
    """

    id = "webhooks_are_handled_once"
    looks_at = (Showed, Webhook)
    source = _UNDOCUMENTED

    def __init__(self) -> None:
        super().__init__()
        self._taken: dict[tuple[str | None, str, str | None], Webhook] = {}
        self._shown: dict[str, Counter[_Row]] = {}
        self._again: dict[str, tuple[Webhook, Webhook]] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Webhook) and _arrived(entry) and _taken(entry):
            before = self._taken.setdefault((entry.shop, entry.event, entry.notification), entry)
            if entry.again and before is not entry:
                # The list of orders is looked at around a webhook of Tokopedia & Shop alone.
                looked_at = [one for one in self._shown if one != "SeesOrders" or entry.platform is SHOP]
                self._again = dict.fromkeys(looked_at, (before, entry))
        elif isinstance(entry, Showed) and entry.capability in ("TellsSeller", "LinksShops", "SeesOrders"):
            yield from self._shows(entry)

    def _shows(self, showed: Showed) -> Iterator[Violation]:
        # What has become of an order may well change meanwhile; that there is one more of it may not.
        rows = Counter(tuple(sorted((name, text) for name, text in row.items() if name != "state")) for row in showed.rows)
        before = self._shown.get(showed.capability, Counter())
        self._shown[showed.capability] = rows
        twice = self._again.pop(showed.capability, None)
        if twice is None:
            return
        self.chances += 1
        first, again = twice
        if showed.capability == "LinksShops":
            changed = [dict(row) for row, times in rows.items() if times > before[row]]
            what = "shows another shop link"
        else:
            changed = [dict(row) for row, times in rows.items() if times > before[row] > 0]
            what = "shows an order once more" if showed.capability == "SeesOrders" else "told the seller the same again"
        if changed:
            said = next(changed[0][name] for name in ("text", "toko_shop_id", "order_id") if name in changed[0])
            text = f"the webhook {again.event!r} of {again.shop} came a second time, and the system {what}: {said}"
            yield self.broken(text, first.n, again.n, showed.n, shop=again.shop)


class NoForgedWebhookIsBelieved(Invariant):
    """A webhook that the platform did not sign is not taken, and no shop link is shown before its shops have merged."""

    id = "no_forged_webhook_is_believed"
    looks_at = (Fact, Showed, Webhook)
    source = documented(
        "Webhook Security: Authorization-Hmac over the raw body under the app's secret (tokopedia-api.md 7.2); Webhooks overview: "
        "Authorization over app_key and raw body under the app_secret (tiktok-shop-api.md 14)"
    )

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
