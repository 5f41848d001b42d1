"""A run on one page of plain HTML, from the verdict and the journals alone: for whoever has no Allure, or no patience for it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gladi.judge.bench import Outcome
from gladi.record.words import Level, Phase
from gladi.reports import coverage, legacy
from gladi.reports.again import prepares
from gladi.reports.kept import judged, stories
from gladi.reports.page import anchored, badge, folded, page, section, table, told
from gladi.reports.surroundings import assumed
from gladi.reports.terminal import MEANS, searched
from gladi.reports.timeline import items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gladi.judge.verdict import ScenarioResult, Verdict
    from gladi.record.evidence import Evidence
    from gladi.reports.kept import Kept

__all__ = ["summary"]

_PARTS = {
    "failures": "What went wrong",
    "scenarios": "Scenarios",
    "rules": "Invariants",
    "ids": "Ids",
    "legacy": "Calls to Tokopedia after the merge",
    "coverage": "Coverage",
    "assumptions": "Assumptions",
    "again": "Make a call again",
}
_UNFINISHED = "the run did not end; what stands here is what was known when it began"


def summary(verdict: Verdict, journals: Sequence[Kept], known: Mapping[str, Evidence]) -> str:
    """Give the page; `known` explains assumptions by their ids."""
    calls = [call for kept in journals for call in legacy.legacy(kept)]
    return page(
        "Rehearsal of the merge into Tokopedia & Shop",
        f"<nav>{''.join(anchored(name, anchor) for anchor, name in _PARTS.items())}</nav>",
        _verdict(verdict),
        _searches(verdict),
        _failures(verdict, journals),
        _scenarios(verdict),
        _rules(verdict),
        _ids(verdict),
        legacy.as_html(calls),
        coverage.as_html(coverage.coverage(verdict)),
        assumed(verdict, known),
        section(
            "How to make a call again",
            f"<pre>{escape(prepares(seed=verdict.seed, cell=_cell(verdict), assumed=verdict.assumed))}</pre>",
            anchor="again",
        ),
    )


def _cell(verdict: Verdict) -> str:
    return verdict.in_flight if "/" in verdict.in_flight else "origin/origin"


def _verdict(verdict: Verdict) -> str:
    commit = verdict.commit.get("id")
    facts = (
        ("system", " ".join(str(word) for word in (verdict.system.get("adapter"), verdict.system.get("version")) if word)),
        ("commit", f"{commit}{' with changes that are not committed' if verdict.commit.get('dirty') else ''}" if commit else "unknown"),
        ("target", f"{verdict.target}, face {verdict.face}"),
        ("seed", str(verdict.seed)),
        ("orders in flight", verdict.in_flight),
        ("assumed otherwise", ", ".join(f"{name}={value}" for name, value in verdict.assumed.items()) or "nothing"),
        ("trouble", verdict.trouble),
        ("strict", "yes" if verdict.strict else "no"),
        ("gladi", verdict.gladi),
        ("finished", verdict.finished_at or "never"),
    )
    means = MEANS.get(verdict.verdict, _UNFINISHED).replace("stands above", "stands below")
    return f"<p>{badge(verdict.verdict)} {escape(means)}.</p>{table(('', ''), [(name, escape(value)) for name, value in facts])}"


def _scenarios(verdict: Verdict) -> str:
    parts: list[str] = []
    for phase in Phase:
        here = [one for one in verdict.scenarios if one.phase == phase]
        if here:
            rows = [(badge(one.outcome), _titled(one), escape(one.platform), escape(one.process), _why(one)) for one in here]
            parts.append(f"<h3>{escape(phase.label)}</h3>{table(('', 'scenario', 'platform', 'process', 'what was found'), rows)}")
    return section("Scenarios", *parts, anchor="scenarios")


def _titled(one: ScenarioResult) -> str:
    return anchored(one.title, one.id) if _failed(one) else escape(one.title)


def _failed(one: ScenarioResult) -> bool:
    return one.outcome in (Outcome.BROKEN, Outcome.FAULT)


def _why(one: ScenarioResult) -> str:
    worse = ", ".join(f"{cell} {outcome}" for cell, outcome in one.cells.items() if outcome is not Outcome.UPHELD)
    cells = f"<br>in flight: {escape(worse)}" if worse else ""
    warned = "<br>".join(f"warned: {escape(it.text)}" for it in one.findings if it.level is Level.WARNING)
    return f"{escape(one.why)}{cells}{f'<br>{warned}' if warned else ''}"


def _searches(verdict: Verdict) -> str:
    """Tell what was searched for beside the catalogue; nothing where nobody asked for a search."""
    told = [
        f"<p>{badge(one.outcome)} {escape(searched(one))}</p>{f'<pre>{escape(one.scenario)}</pre>' if one.scenario else ''}"
        for one in verdict.searches
    ]
    return section("Search", *told, anchor="search") if told else ""


def _failures(verdict: Verdict, journals: Sequence[Kept]) -> str:
    failed = [one for one in verdict.scenarios if _failed(one)]
    parts = [part for one in failed for part in _failure(one, [kept for kept in journals if kept.scenario.partition("[")[0] == one.id])]
    return section("What went wrong", *(parts or [told("Nothing did.")]), anchor="failures")


def _failure(one: ScenarioResult, journals: Sequence[Kept]) -> Iterator[str]:
    yield f'<h3 id="{escape(one.id)}">{badge(one.outcome)} {escape(one.title)}</h3><p><code>{escape(one.id)}</code></p>{told(one.why)}'
    found = dict.fromkeys(it.text for it in one.findings if it.level is Level.VIOLATION and it.text not in one.why)
    for kept in journals:
        judgements = judged(kept)
        told_of = stories(kept, judgements)
        marks = frozenset(n for it in judgements if it.fails for violation in it.violations for n in violation.entries)
        cell = kept.scenario.partition("[")[2].rstrip("]").replace("-", "/")
        if not told_of and one.cells and one.cells.get(cell) is Outcome.UPHELD:
            continue
        if cell:
            yield told(f"In flight {cell}:")
        for story in told_of:
            found.pop(story.partition("\n")[0], None)
            yield f"<pre>{escape(story)}</pre>"
        yield folded(f"the whole journal, {len(kept.entries)} entries", items(kept.entries, marks))
    yield from (told(text) for text in found if text)


def _rules(verdict: Verdict) -> str:
    rows = [
        (
            badge(
                "warned" if one["outcome"] == Outcome.BROKEN and one["level"] == Level.WARNING and not verdict.strict else one["outcome"]
            ),
            f"{escape(one['title'])}<br><code>{escape(one['id'])}</code>",
            str(one["chances"]),
            escape(", ".join(one["broken_in"])),
            escape(one["source"]),
        )
        for one in verdict.invariants
    ]
    said = told("What must hold over every scenario. A rule with no chance to be broken was not rehearsed.")
    return section("Invariants", said, table(("", "rule", "chances", "broken in", "source"), rows), anchor="rules")


def _ids(verdict: Verdict) -> str:
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for one in verdict.scenarios:
        for row in one.ids:
            found.setdefault((row["shop"], row["field"], row["verdict"], row["why"]), []).append(one.id)
    rows = [
        (
            badge("upheld" if says == "agree" else "broken"),
            escape(shop),
            f"<code>{escape(name)}</code>",
            f"{says}: {escape(why)}",
            str(len(those)),
        )
        for (shop, name, says, why), those in found.items()
    ]
    said = told("The ids of the merge webhook against those of Get Shop Info, digit by digit, over all scenarios.")
    shown = table(("", "shop", "field", "verdict", "scenarios"), rows) if rows else told("No ids were compared in this run.")
    return section("Ids", said, shown, anchor="ids")
