"""A scenario's whole journal as a page that a reviewer can follow: acts, dates, and an arrow at what speaks against the system."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gladi.judge.story import line_of, rest
from gladi.record.clock import WIB, moment
from gladi.record.journal import Call, Deed
from gladi.record.redact import clean_text
from gladi.reports.acts import acts, away, evidence, merged_at
from gladi.reports.again import prepares
from gladi.reports.page import folded, page, told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from gladi.record.clock import Instant
    from gladi.record.journal import Entry
    from gladi.reports.acts import Performed

__all__ = ["items", "timeline"]

_MANY = 8
"""A stretch of more calls than this is folded but for its ends; nothing is left out."""

_ENDS = 2


def timeline(performed: Performed) -> str:
    """Give the page of one scenario: nothing cut, long stretches of calls folded, the evidence of a violation marked."""
    entries = performed.entries
    marks, merged = frozenset(evidence(performed)), merged_at(entries)
    given, done = performed.parts
    titles = [act.title for act in acts(performed)]
    parts = [
        "".join(f"<li class=act>{escape(title)}</li>{_items(those, marks, merged)}")
        for title, those in zip(titles, (entries[:given], entries[given:done], entries[done:]), strict=False)
    ]
    stories = [f"<pre>{escape(clean_text(story))}</pre>" for story in (*performed.stories, performed.raised) if story]
    return page(
        performed.name,
        told(
            "Times are Jakarta's (WIB), then hours and minutes before (T-) or after (T+) the merge. A red line with an arrow is "
            "what proves a violation. Bold is what people did, blue what happened in the world, the rest what the system called."
        ),
        *stories,
        f"<ol class=t>{''.join(parts)}</ol>",
        folded(
            "How to make these calls again",
            f"<pre>{escape(prepares(seed=performed.seed, cell=performed.cell, assumed=performed.assumed))}</pre>",
        ),
    )


def items(entries: Iterable[Entry], marks: Collection[int]) -> str:
    """Give the list of a journal without acts, for one that was read from disk."""
    every = list(entries)
    return f"<ol class=t>{_items(every, marks, merged_at(every))}</ol>"


def _items(entries: Iterable[Entry], marks: Collection[int], merged: Instant | None) -> str:
    return "".join(_folding(entries, marks, merged))


def _folding(entries: Iterable[Entry], marks: Collection[int], merged: Instant | None) -> Iterator[str]:
    stretch: list[Call] = []
    for entry in entries:
        if isinstance(entry, Call) and entry.n not in marks:
            stretch.append(entry)
        elif line_of(entry) is not None:
            yield from _stretched(stretch, merged)
            stretch.clear()
            yield _item(entry, merged, marked=entry.n in marks)
    yield from _stretched(stretch, merged)


def _stretched(calls: list[Call], merged: Instant | None) -> Iterator[str]:
    shown = [_item(call, merged, marked=False) for call in calls]
    if len(calls) <= _MANY:
        yield from shown
        return
    between = calls[_ENDS:-_ENDS]
    yield from shown[:_ENDS]
    hidden = f"<ol class=t>{''.join(shown[_ENDS:-_ENDS])}</ol>"
    yield f"<li class=more>{folded(rest(between, 'more '), hidden)}</li>"
    yield from shown[-_ENDS:]


def _item(entry: Entry, merged: Instant | None, *, marked: bool) -> str:
    kind = " class=bad" if marked else "" if isinstance(entry, Call) else " class=deed" if isinstance(entry, Deed) else " class=fact"
    text = escape(clean_text(line_of(entry) or ""))
    arrow, when = "→ " if marked else "", f"{moment(entry.at) + WIB:%a %d %H:%M}"
    # As few letters as may be: a long play has thousands of these.
    return f"<li{kind}><i>{arrow}{entry.n}</i><i>{when}</i><i>{away(entry.at, merged)}</i>{text}"
