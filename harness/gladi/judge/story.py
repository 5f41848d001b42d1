"""A violation told as a story in order of time, for a person who was not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.clock import WIB, moment
from gladi.record.journal import Call, Compared, Deed, Entry, Fact, Finding, Webhook, What
from gladi.record.wire import Lost
from gladi.record.words import Stage

if TYPE_CHECKING:
    from gladi.judge.invariants import Violation
    from gladi.record.journal import Journal

__all__ = ["kind_of", "line_of", "tell", "timeline"]


def line_of(entry: Entry) -> str | None:  # noqa: PLR0911 - one line a kind of entry
    """Say in a few words what an entry is, or None where it says nothing to a person."""
    match entry:
        case Deed():
            return f"{entry.who} {entry.did}"
        case Fact():
            return _fact(entry)
        case Webhook():
            if entry.lost:
                return f"webhook '{entry.event}' was lost on its way"
            how = f"{'' if entry.genuine else ', not signed by the platform,'}{', the same again,' if entry.again else ''}"
            kind = f"webhook '{entry.event}'{how}"
            return f"{kind} answered {entry.status}" if entry.status is not None else f"{kind} met nobody"
        case Call():
            code = f" {entry.code}" if entry.code else ""
            why = f" ({entry.refusal.replace('_', ' ')})" if entry.refusal else ""
            if entry.lost is not None:
                return f"{entry.method} {entry.path}  {'never arrived' if entry.lost is Lost.REQUEST else 'was done, and its answer lost'}"
            return f"{entry.method} {entry.path}  {entry.status}{code}{why}"
        case Compared():
            return f"{entry.between} {'agree' if entry.agree else 'disagree'}{f': {entry.why}' if entry.why else ''}"
        case Finding():
            return entry.text
        case _:
            return None


def kind_of(entry: Entry) -> str:
    """Name what kind of evidence an entry is, the same in every run: `parcel left`, `tokopedia.get_shop_info`, `webhook merge`."""
    match entry:
        case Fact():
            return entry.what if entry.stage is None else f"{entry.what} {entry.stage}"
        case Call():
            return entry.operation
        case Webhook():
            return f"webhook {entry.event}"
        case _:
            return type(entry).__name__.lower()


def _fact(fact: Fact) -> str | None:  # noqa: C901, PLR0911 - one line a fact
    platform = fact.platform.label if fact.platform else "a platform"
    match fact.what:
        case What.STAGE if fact.stage is Stage.MERGED:
            return "the platform merged the shops"
        case What.MERGE_FAILED:
            return "the integration failed; the shops are as before"
        case What.PARCEL_LEFT:
            by_hand = f", sent by hand in the console of {platform}" if fact.by_hand else ""
            return f"parcel {fact.parcel} left, for order {fact.order}{by_hand}"
        case What.NOT_AUTHORIZED:
            return f"the owner of {fact.shop} has not authorized the app on {platform}"
        case What.ORDER_PAID:
            return f"order {fact.order} is paid and lives on {platform}"
        case What.ORDER_APPEARED:
            return f"order {fact.order} appeared on {platform}"
        case What.ORDER_VANISHED:
            return f"order {fact.order} vanished from {platform}"
        case What.TROUBLE:
            return f"trouble: {fact.value}"
        case What.WEBHOOKS_REGISTERED:
            return f"a registration emptied {fact.value}" if fact.value else "webhooks were registered"
        case What.PRICE_SET | What.STOCK_SET | What.PRODUCT_EDITED:
            return f"{fact.what} on {platform}: {fact.sku} {fact.value}"
        case _:
            return None


def timeline(journal: Journal, *, order: str | None = None, marked: tuple[int, ...] = ()) -> list[str]:
    """Give the lines of a journal that matter to one order (or to nobody in particular), the marked ones with an arrow."""
    marks = frozenset(marked)
    lines: list[str] = []
    skipped: list[Call] = []

    def rests() -> None:
        if skipped:
            polls = sum(bool(call.polls) for call in skipped)
            lines.append(
                f"                  … {polls} polls"
                if polls == len(skipped)
                else f"                  … {len(skipped)} calls, {polls} of them polls"
            )
            skipped.clear()

    for entry in journal.entries:
        if not _matters(entry, order, marks):
            if isinstance(entry, Call):
                skipped.append(entry)
            continue
        text = line_of(entry)
        if text is None:
            continue
        rests()
        when = moment(entry.at) + WIB
        lines.append(f"  {'→' if entry.n in marks else ' '} {when:%a %H:%M}  {text}")
    rests()
    return lines


def _matters(entry: Entry, order: str | None, marks: frozenset[int]) -> bool:
    if entry.n in marks or isinstance(entry, Webhook | Finding):
        return True
    if isinstance(entry, Deed):
        return order is None or entry.order in (None, order)
    if isinstance(entry, Fact):
        return entry.what in (What.STAGE, What.MERGE_FAILED, What.TROUBLE) or (order is not None and entry.order == order)
    return isinstance(entry, Call) and order is not None and entry.touches == order


def tell(journal: Journal, violation: Violation, *, rule: str, source: str, closing: tuple[str, ...]) -> str:
    """Write a violation as a small report read top to bottom: what is wrong, the evidence, the rule, what to type next."""
    lines = timeline(journal, order=violation.order, marked=violation.entries)
    return "\n".join((violation.text, "", *lines, "", f"Invariant: {rule[0].lower()}{rule[1:]}.", f"Source: {source}.", *closing))
