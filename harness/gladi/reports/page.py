"""Pages of plain HTML: everything escaped, styles inside, nothing loaded from outside, readable without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["COLOURS", "anchored", "badge", "folded", "page", "section", "table", "told"]

COLOURS = {
    "upheld": "#1b7f3b",
    "lawful": "#1b7f3b",
    "broken": "#b3261e",
    "not lawful": "#b3261e",
    "warned": "#8a5a00",
    "incomplete": "#8a5a00",
    "not rehearsed": "#5f6368",
    "nothing rehearsed": "#5f6368",
    "harness fault": "#6a1b9a",
    "unfinished": "#6a1b9a",
}
"""What each word of a verdict is coloured; the word itself is always printed too."""

_STYLE = """
:root{color-scheme:light}
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:76rem;padding:1rem 1.5rem 4rem;color:#202124;background:#fff}
h1{font-size:1.3rem;margin:.5rem 0}h2{font-size:1.15rem;margin:2.2rem 0 .4rem;border-bottom:1px solid #dadce0}
h3{font-size:1rem;margin:1.2rem 0 .3rem}p{margin:.4rem 0;max-width:60rem}
table{border-collapse:collapse;margin:.5rem 0;width:100%}
th,td{border:1px solid #dadce0;padding:.25rem .55rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
td code{overflow-wrap:anywhere}
th{background:#f1f3f4}td:first-child{min-width:6.5rem}
pre{background:#f8f9fa;border:1px solid #dadce0;padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px}
code{font-size:.9em}ol.t{list-style:none;margin:0;padding:0;font:13px/1.6 ui-monospace,monospace}
ol.t li{display:grid;grid-template-columns:3.2rem 6.5rem 5.5rem 1fr;gap:.4rem;padding:0 .3rem}
ol.t li.act{display:block;font:600 14px system-ui,sans-serif;margin:.9rem 0 .2rem;background:#e8f0fe;padding:.2rem .5rem}
ol.t li.bad{background:#fce8e6;color:#8c1d18;font-weight:600}ol.t li.fact{color:#174ea6}ol.t li.deed{font-weight:600}
ol.t li.more{display:block;padding-left:3.6rem}
ol.t i{font-style:normal}ol.t i:first-child{color:#80868b;text-align:right}summary{cursor:pointer;color:#1a73e8}
.badge{color:#fff;border-radius:3px;padding:0 .4rem;font-size:.85em;white-space:nowrap}nav a{margin-right:1rem}
"""


def page(title: str, *parts: str) -> str:
    """Give a whole page; `parts` are HTML already, the title is text."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head><body>\n<h1>{escape(title)}</h1>\n{''.join(parts)}\n</body></html>\n"
    )


def section(title: str, *parts: str, anchor: str = "") -> str:
    """Give a section under a heading."""
    place = f' id="{escape(anchor)}"' if anchor else ""
    return f"<h2{place}>{escape(title)}</h2>\n{''.join(parts)}\n"


def told(text: str) -> str:
    """Give a paragraph."""
    return f"<p>{escape(text)}</p>\n"


def anchored(text: str, anchor: str) -> str:
    """Give text as a link to a place on the same page."""
    return f'<a href="#{escape(anchor)}">{escape(text)}</a>'


def badge(word: str) -> str:
    """Give a word of a verdict in its colour."""
    return f'<span class="badge" style="background:{COLOURS.get(word, "#5f6368")}">{escape(word)}</span>'


def folded(summary: str, *parts: str) -> str:
    """Give what is shown when the reader asks for it; it opens without a script."""
    return f"<details><summary>{escape(summary)}</summary>{''.join(parts)}</details>\n"


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table; the cells are HTML already, the heading is text, and left out where it is empty."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heading)
    top = f"<thead><tr>{head}</tr></thead>" if any(heading) else ""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>{top}<tbody>\n{body}</tbody></table>\n"
