"""The calls that a system still makes to Tokopedia after the merge, one by one: lawful, and why, or not.

1. A shop counts as merged from the instant at which the platform merged it; a call without a shop, once every shop of the run has merged.
2. A system that has not been told of the merge cannot know: until the webhook or an answer tells it, its calls are lawful.
3. Nothing is judged here that an invariant judges; this page shows, the invariants fail.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from gladi.record.clock import WIB, moment
from gladi.record.journal import Call, Fact, Webhook, What
from gladi.record.operations import Does
from gladi.record.words import TOKOPEDIA, Stage
from gladi.reports.kept import Asked
from gladi.reports.page import badge, folded, section, table, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gladi.record.clock import Instant
    from gladi.record.journal import Entry
    from gladi.reports.kept import Kept

__all__ = ["LegacyCall", "as_csv", "as_html", "legacy"]

_POLLS_EVERY = 5 * 60_000
"""Milliseconds, as the changelog advises to poll: who asks for orders up to then looks for the last of the old ones."""

_NOT_TOLD = "the system had not been told of the merge"
_HISTORY = "reads history, which lives on Tokopedia alone"
_IN_FLIGHT = "works off an order that was in flight when the shops merged"
_ALWAYS = {
    Does.AUTHORIZES: "a token, which reading history needs",
    Does.REGISTERS_WEBHOOKS: "looks after its webhooks, which Tokopedia still sends",
    Does.READS_SHOPS: "asks whether the shop has merged, or for its new ids",
    Does.READS_PRODUCTS: "asks Get Product Info for the new ids of old products",
    **dict.fromkeys((Does.READS_RETURNS, Does.READS_PROMOTIONS, Does.READS_FINANCE), _HISTORY),
}
_ITS_CATALOGUE = "writes a product to Tokopedia, whose catalogue is history since the merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyCall:
    """One call to Tokopedia after the merge of its shop."""

    scenario: str
    n: int
    """Its number in the scenario's journal."""
    at: Instant
    after: int
    """Milliseconds since the shop merged."""
    shop: str
    operation: str
    method: str
    path: str
    status: int
    lawful: bool
    why: str


def legacy(kept: Kept) -> list[LegacyCall]:
    """Give every call to Tokopedia after the merge of its shop, in the order of the journal."""
    shops = {shop for entry in kept.entries if isinstance(entry, Fact | Call) and (shop := entry.shop)}
    merged: dict[str, Instant] = {}
    told_at: dict[str, Instant] = {}
    placed: dict[str, Instant] = {}
    found: list[LegacyCall] = []
    for entry in kept.entries:
        if isinstance(entry, Fact):
            if entry.what == What.STAGE and entry.stage is Stage.MERGED and entry.shop:
                merged[entry.shop] = entry.at
            elif entry.order and entry.what in (What.ORDER_PLACED, What.ORDER_PAID):
                placed.setdefault(entry.order, entry.at)
        if isinstance(entry, Call) and entry.platform is TOKOPEDIA:
            since = _since(entry, merged, shops)
            if since is not None:
                known = [told_at[shop] for shop in ((entry.shop,) if entry.shop else shops) if shop in told_at]
                lawful, why = _weighed(entry, since, max(known), placed) if known else (True, _NOT_TOLD)
                found.append(
                    LegacyCall(
                        scenario=kept.scenario,
                        n=entry.n,
                        at=entry.at,
                        after=entry.at - since,
                        shop=entry.shop or "",
                        operation=entry.operation,
                        method=entry.method,
                        path=entry.path,
                        status=entry.status,
                        lawful=lawful,
                        why=why,
                    )
                )
        for shop in _tells(entry):
            told_at.setdefault(shop, entry.at)
    return found


def _since(call: Call, merged: dict[str, Instant], shops: set[str]) -> Instant | None:
    if call.shop:
        return merged.get(call.shop)
    return max(merged.values()) if merged and shops <= merged.keys() else None


def _tells(entry: Entry) -> tuple[str, ...]:
    heard = (isinstance(entry, Webhook) and entry.genuine and not entry.lost) or (isinstance(entry, Call) and entry.lost is None)
    return entry.tells_merged if heard and isinstance(entry, Webhook | Call) else ()


def _weighed(call: Call, merged: Instant, told_at: Instant, placed: dict[str, Instant]) -> tuple[bool, str]:
    """Say whether a call of a system that knows of the merge is lawful, and why."""

    def new(*orders: str) -> list[str]:
        return [order for order in orders if placed.get(order, merged) > merged]

    match call.does:
        case Does.READS_ORDERS:
            return _read(call, told_at, new(*call.shows, *call.misses))
        case Does.FULFILS_ORDERS | Does.PRINTS_DOCUMENTS:
            lawful = bool(call.touches) and not new(call.touches or "")
            return (
                lawful,
                _IN_FLIGHT if lawful else f"fulfils {call.touches or 'an order it does not hold'} on Tokopedia, where it never was",
            )
        case Does.CHATS:
            lawful = call.method == "GET"
            return lawful, _HISTORY if lawful else "writes to a buyer on Tokopedia, where new conversations no longer are"
        case None:
            return False, "a call that Gladi does not know; see the changelog whether Tokopedia still answers it"
        case _:
            return call.does in _ALWAYS, _ALWAYS.get(call.does, _ITS_CATALOGUE)


def _read(call: Call, told_at: Instant, late: list[str]) -> tuple[bool, str]:
    if late:
        return False, f"asks Tokopedia for {', '.join(late)}, placed after the merge: such an order lives on Tokopedia & Shop"
    until = call.query.get("to_date", "") if isinstance(call, Asked) else ""
    if until.isdecimal() and int(until) * 1000 > told_at + _POLLS_EVERY:
        return False, "looks on Tokopedia for orders placed after the system knew of the merge, where none will come"
    return True, _HISTORY


def as_csv(calls: Iterable[LegacyCall]) -> str:
    """Give every call as a row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("scenario", "entry", "time (WIB)", "after the merge", "shop", "call", "status", "lawful", "why"))
    for one in calls:
        stamp = f"{moment(one.at) + WIB:%Y-%m-%d %H:%M}"
        verdict = "lawful" if one.lawful else "not lawful"
        writer.writerow((one.scenario, one.n, stamp, _after(one.after), one.shop, f"{one.method} {one.path}", one.status, verdict, one.why))
    return text.getvalue()


def as_html(calls: Sequence[LegacyCall]) -> str:
    """Give the section: those that are not lawful one by one, the lawful ones by scenario, operation and reason."""
    wrong = [one for one in calls if not one.lawful]
    parts = [
        told(
            f"After its shop had merged, the system called Tokopedia {len(calls)} times: {len(calls) - len(wrong)} lawful, "
            f"{len(wrong)} not. Lawful is what reads history, works off an order in flight, asks for new ids, or comes before "
            "the system was told of the merge. Times count from the merge."
        )
    ]
    for verdict, those in (("not lawful", wrong), ("lawful", [one for one in calls if one.lawful])):
        if not those:
            continue
        groups: dict[tuple[str, str, str], list[LegacyCall]] = defaultdict(list)
        for one in those:
            groups[one.operation, one.why, one.scenario.partition("[")[0]].append(one)
        rows = [
            (
                badge(verdict),
                f"{escape(why)}<br><code>{escape(operation)}</code> in <code>{escape(scenario)}</code>",
                str(len(group)),
                escape(_span(group)),
                escape(_entries(group)),
            )
            for (operation, why, scenario), group in sorted(groups.items())
        ]
        shown = table(("", "what it did", "calls", "when", "entries of the journal"), rows)
        parts.append(shown if verdict == "not lawful" else folded(f"{len(those)} lawful calls", shown))
    return section("Calls to Tokopedia after the merge", *parts, anchor="legacy")


_NAMED = 12


def _entries(group: Sequence[LegacyCall]) -> str:
    """Name the entries in the journal of the first cell, and how many cells there are."""
    plays = dict.fromkeys(one.scenario for one in group)
    first = [one for one in group if one.scenario == group[0].scenario]
    named = ", ".join(str(one.n) for one in first[:_NAMED])
    more = f" … {first[-1].n}" if len(first) > _NAMED else ""
    return f"{named}{more}{f' in the first of {len(plays)} cells' if len(plays) > 1 else ''}"


def _span(group: Sequence[LegacyCall]) -> str:
    first, last = min(one.after for one in group), max(one.after for one in group)
    return _after(first) if first == last else f"{_after(first)} to {_after(last)}"


def _after(milliseconds: int) -> str:
    minutes = milliseconds // 60_000
    return f"T+{minutes // 60:02}:{minutes % 60:02}"
