"""What a job on GitHub shows of an answer: at most ten annotations, and a summary of the step. Everything passes by redaction first."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gladi.record.redact import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["annotated", "step_summary"]

_AT_MOST = 10
"""GitHub shows ten annotations of a kind for a step, and a person reads fewer."""

_MARKED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]#|~"})


def annotated(found: Sequence[tuple[str, str, str]]) -> list[str]:
    """Give the workflow commands for rows of level (`error` or `warning`), title and text; the last one counts those left out."""
    lines = [_command(level, title, text) for level, title, text in found]
    if len(lines) <= _AT_MOST:
        return lines
    left = len(lines) - _AT_MOST + 1
    levels = {level for level, _, _ in found[_AT_MOST - 1 :]}
    last = _command("error" if "error" in levels else "warning", f"and {left} more", "the summary of this step lists them all")
    return [*lines[: _AT_MOST - 1], last]


def step_summary(headline: str, facts: Iterable[tuple[str, str]], rows: Iterable[tuple[str, str, str]]) -> str:
    """Give the summary in Markdown: a headline, what it is about, and one row each of what was found, about what, and its text."""
    told = [f"- {_plain(name)}: {_plain(value)}" for name, value in facts]
    found = [f"| {_plain(word)} | {_plain(about)} | {_plain(text)} |" for word, about, text in rows]
    table = ["| | about | what |", "| --- | --- | --- |", *found] if found else []
    return "\n".join((f"## {_plain(headline)}", "", *told, "", *table, ""))


def _command(level: str, title: str, text: str) -> str:
    return f"::{level} title={_value(title).replace(':', '%3A').replace(',', '%2C')}::{_value(text)}"


def _value(text: str) -> str:
    return clean_text(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _plain(text: str) -> str:
    """Give a text that Markdown and HTML leave as it is, on one line."""
    return escape(" ".join(clean_text(text).split()).translate(_MARKED), quote=False)
