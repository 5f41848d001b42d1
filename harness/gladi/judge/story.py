"""A violation told as a story in order of time, for a person who was not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.clock import WIB, moment
from gladi.record.journal import Call, Compared, Deed, Entry, Fact, Finding, Showed, Webhook, What
from gladi.record.wire import Lost
from gladi.record.words import SHOP, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gladi.judge.invariants import Violation
    from gladi.record.journal import Journal

__all__ = ["kind_of", "line_of", "rest", "several_shops", "tell", "timeline"]


_EVERYBODYS = frozenset((What.STAGE, What.MERGE_FAILED, What.TROUBLE, What.CRASHED, What.SYSTEM_DOWN, What.SYSTEM_BACK))
"""Facts that matter to every order."""
_LOST = {
    Lost.ANSWER: "and its answer lost",
    Lost.LATE: "and answered too late",
    Lost.UNREADABLE: "and nobody could read its answer",
}
_CODES = 3
"""How many codes of refused calls are named where the calls are not."""


def several_shops(entries: Iterable[Entry]) -> bool:
    """Tell whether entries speak of more than one shop, so that each line has to say of which."""
    return len({shop for entry in entries if (shop := getattr(entry, "shop", None)) is not None}) > 1


def line_of(entry: Entry, *, naming: bool = False) -> str | None:
    """Say in a few words what an entry is, or None where it says nothing to a person; `naming` has it name the shop."""
    text = _said(entry)
    shop = getattr(entry, "shop", None)
    return f"{text} ({shop})" if naming and text is not None and shop is not None and shop not in text else text


def rest(calls: Sequence[Call], word: str = "") -> str:
    """Say of calls that are not told one by one how many they are, and which were refused; `word` stands before the noun.

    `… 21 calls, 3 of them polls, 2 refused: ORD_DLV_008`
    """
    polls = sum(bool(call.polls) for call in calls)
    noun = "poll" if polls == len(calls) else "call"
    counted = f"… {len(calls)} {word}{noun}{'' if len(calls) == 1 else 's'}"
    if polls and noun == "call":
        counted += f", {polls} of them {'a poll' if polls == 1 else 'polls'}"
    refused = [call for call in calls if call.refused]
    codes = list(dict.fromkeys(call.code or str(call.status) for call in refused))
    more = ", …" if len(codes) > _CODES else ""
    return f"{counted}, {len(refused)} refused: {', '.join(codes[:_CODES])}{more}" if refused else counted


def _said(entry: Entry) -> str | None:  # noqa: PLR0911 - one line a kind of entry
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
                return f"{entry.method} {entry.path}  {_lost(entry, entry.lost)}"
            return f"{entry.method} {entry.path}  {entry.status}{code}{why}"
        case Compared():
            return f"{entry.between} {'agree' if entry.agree else 'disagree'}{f': {entry.why}' if entry.why else ''}"
        case Finding():
            return entry.text
        case Showed():
            return _shown(entry)
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


def _shown(showed: Showed) -> str | None:
    match showed.capability, showed.rows:
        case "PrintsDocuments", (row, *_):
            return f"the system printed the {row['document']} of order {row['order']}"
        case "TellsSeller.fields", (row, *_):
            return f"the system showed what it knows about {row['about']}"
        case _:
            return None


def _lost(call: Call, lost: Lost) -> str:
    if lost not in _LOST:
        return "never arrived"
    return f"was {'refused' if call.refusal else 'done'}, {_LOST[lost]}"


def _fact(fact: Fact) -> str | None:  # noqa: C901, PLR0911, PLR0912 - one line a fact
    platform = fact.platform.label if fact.platform else "a platform"
    match fact.what:
        case What.STAGE if fact.stage is Stage.MERGED:
            return "the platform merged the shops"
        case What.MERGE_FAILED:
            return "the integration failed; the shops are as before"
        case What.PARCEL_LEFT:
            by_hand = f", sent by hand in the console of {platform}" if fact.by_hand else ""
            return f"parcel {fact.parcel} left, for order {fact.order}{by_hand}"
        case What.PARCEL_TAKEN:
            return f"the courier took parcel {fact.parcel}, of order {fact.order}"
        case What.ORDER_CANCELLED:
            return f"order {fact.order} was {fact.value or 'cancelled'} on {platform}"
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
        case What.CRASHED:
            return "the system's process was gone, and began again on what it had left on disk"
        case What.SYSTEM_DOWN:
            return "the system went down"
        case What.SYSTEM_BACK:
            return "the system was back"
        case What.WEBHOOKS_REGISTERED:
            return f"a registration emptied {fact.value}" if fact.value else "webhooks were registered"
        case What.PRICE_SET | What.STOCK_SET | What.PRODUCT_EDITED:
            return f"{fact.what} on {platform}: {fact.sku} {fact.value}"
        case _:
            return None


def timeline(journal: Journal, *, order: str | None = None, marked: tuple[int, ...] = (), until: int | None = None) -> list[str]:
    """Give the lines of a journal that matter to one order (or to nobody in particular), the marked ones with an arrow.

    `until` leaves out what came after so many entries.
    """
    marks = frozenset(marked)
    naming = several_shops(journal.entries)
    lines: list[str] = []
    skipped: list[Call] = []

    def rests() -> None:
        if skipped:
            lines.append(f"                  {rest(skipped)}")
            skipped.clear()

    for entry in journal.entries[:until]:
        if not _matters(entry, order, marks):
            if isinstance(entry, Call):
                skipped.append(entry)
            continue
        text = line_of(entry, naming=naming)
        if text is None:
            continue
        rests()
        when = moment(entry.at) + WIB
        lines.append(f"  {'→' if entry.n in marks else ' '} {when:%a %H:%M}  {text}")
    rests()
    return lines


def _matters(entry: Entry, order: str | None, marks: frozenset[int]) -> bool:
    if entry.n in marks or isinstance(entry, Finding):
        return True
    if isinstance(entry, Webhook):
        return not _is_routine(entry)
    if isinstance(entry, Deed):
        return order is None or entry.order in (None, order)
    if isinstance(entry, Fact):
        return entry.what in _EVERYBODYS or (order is not None and entry.order == order)
    return isinstance(entry, Call) and order is not None and order in entry.touched


def _is_routine(webhook: Webhook) -> bool:
    """Tell whether a webhook is one of the many of Tokopedia & Shop that came as they should and were answered as they should."""
    taken = webhook.status is not None and webhook.status < 300  # noqa: PLR2004 - HTTP
    return webhook.platform is SHOP and taken and webhook.genuine and not webhook.again


def tell(journal: Journal, violation: Violation, *, rule: str, source: str, closing: tuple[str, ...]) -> str:
    """Write a violation as a small report read top to bottom: what is wrong, the evidence, the rule, what to type next."""
    lines = timeline(journal, order=violation.order, marked=violation.entries)
    return "\n".join((violation.text, "", *lines, "", f"Invariant: {_continued(rule)}.", f"Source: {source}.", *closing))


def _continued(sentence: str) -> str:
    """Begin a sentence with a small letter, unless it begins with a name of several words, such as Get Shop Info."""
    _, *others = sentence.split(" ", 2)
    named = bool(others) and others[0][:1].isupper()
    return sentence if named else f"{sentence[:1].lower()}{sentence[1:]}"
