# noqa: INP001 - pages, not a package
"""The pages on why we believe in the sandbox: what is allowed when, and what we assumed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.markdown import switch, table, told
from gladi.judge.invariants import INVARIANTS
from gladi.record.evidence import Grade
from gladi.record.operations import OPERATIONS
from gladi.record.words import Platform, Stage
from gladi.sandbox.leniency import LENIENCIES
from gladi.sandbox.merge import STEPS, InFlight, allowed, why
from gladi.sandbox.settings import Settings
from gladi.sandbox.shop import assumptions as shop_assumptions
from gladi.sandbox.shop import refusals as shop_refusals
from gladi.sandbox.switches import switches, takes, written
from gladi.sandbox.tokopedia import assumptions as tokopedia_assumptions
from gladi.sandbox.tokopedia import refusals as tokopedia_refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["allowed_when", "assumptions"]

_PARITY = Path(__file__).parent / "parity.json"


def allowed_when() -> Iterator[str]:
    """Give the page on what each platform carries out at each stage."""
    yield (
        "The one table from which the sandbox decides, `ALLOWED` in `harness/gladi/sandbox/merge.py`. A cell says what each platform "
        "carries out at a stage; everything else it refuses. What becomes of a single order in flight stands in that order and not here: "
        f"see `--rehearse-in-flight`, whose cells are {', '.join(f'`{cell}`' for cell in InFlight.cells())}."
    )
    yield "## Steps"
    yield table(
        ("from", "to", "what brings it about", "evidence"),
        ((step.before, step.after, step.by, told(step.evidence)) for step in STEPS),
    )
    yield "## In short"
    yield table(
        ("stage", *(platform.label for platform in Platform)),
        ((stage, *(_kinds(stage, platform) for platform in Platform)) for stage in Stage),
    )
    yield table(
        ("stage", "evidence on Tokopedia", "evidence on Tokopedia & Shop"),
        ((stage, *(told(why(stage, platform)) for platform in Platform)) for stage in Stage),
    )
    for platform in Platform:
        yield f"## {platform.label}"
        yield table(
            ("operation", "call", "does", *Stage, "evidence for the operation"),
            (
                (
                    f"`{one.name}`",
                    f"`{one.method} {one.path}`",
                    one.does,
                    *("yes" if one.name in allowed()[stage][platform] else "**no**" for stage in Stage),
                    told(one.evidence),
                )
                for one in OPERATIONS
                if one.platform is platform
            ),
        )


def _kinds(stage: Stage, platform: Platform) -> str:
    """Name the kinds of operations that are refused, which are the fewer."""
    refused = dict.fromkeys(str(one.does) for one in OPERATIONS if one.platform is platform and one.name not in allowed()[stage][platform])
    return f"everything but: {', '.join(refused)}" if refused else "everything"


def assumptions() -> Iterator[str]:
    """Give the page on what no document settles."""
    yield (
        "No document settles what stands on this page. Each line is a choice of ours with its reason, and, where that is sensible, the "
        "setting that chooses otherwise. A verdict lists the ids of those on which it rests. The first recording of a real shop that "
        "contradicts one corrects it."
    )
    yield from _recorded()
    yield "## Settings"
    yield (
        "Whoever knows better switches a setting for a run: `pytest --rehearse --rehearse-assume stock_at_merge=sum`, as often as "
        "need be, or `rehearse_assume = stock_at_merge=sum webhook_delay=15m` in the ini; `gladi serve --assume` does the same. The "
        "name is the id without `setting.`; `in_flight` has an option of its own, `--rehearse-in-flight`. A duration is a whole number "
        "with `s`, `m`, `h` or `d`. Settings that are documented stand at the end of this page and are switched likewise."
    )
    yield table(
        ("id", "default", "takes", "why"),
        ((f"`setting.{name}`", _typed(value), _takes(name), one.place) for name, value, one in Settings.evidence() if one.is_assumed),
    )
    yield "## The merge"
    yield table(("what", "why", "switch"), _assumed_of_the_merge())
    for platform, refusals, behaviour in (
        (Platform.TOKOPEDIA, tokopedia_refusals.REFUSALS, tokopedia_assumptions.ASSUMPTIONS),
        (Platform.SHOP, shop_refusals.REFUSALS, shop_assumptions.ASSUMPTIONS),
    ):
        yield f"## {platform.label}"
        yield "Behaviour:"
        yield table(("id", "why", "switch"), ((f"`{name}`", one.place, switch(one)) for name, one in behaviour.items()))
        yield "Refusals:"
        yield table(
            ("id", "HTTP", "code", "why", "switch"),
            (
                (f"`refusal.{one.name}`", one.status, f"`{one.code}`" if one.code else "none", one.evidence.place, switch(one.evidence))
                for one in refusals
                if one.evidence.is_assumed
            ),
        )
    yield "## Operations"
    operations = [(f"`{one.name}`", one.evidence.place, switch(one.evidence)) for one in OPERATIONS if one.evidence.is_assumed]
    yield table(("id", "why", "switch"), operations) if operations else "None: each operation is documented or known from a client."
    yield "## Invariants"
    yield "Rules that no document states:"
    yield table(("id", "rule", "why"), ((f"`{one.id}`", one.title(), one.source.place) for one in INVARIANTS if one.source.is_assumed))
    yield "## Leniencies"
    yield "What the sandbox accepts though no document promises it. Each use is a finding, and `--rehearse-strict` refuses it."
    yield table(("id", "what was accepted"), ((f"`{name}`", text) for name, text in LENIENCIES.items()))
    yield "## Settings that are not assumed"
    yield table(
        ("setting", "default", "takes", "evidence"),
        ((f"`{name}`", _typed(value), _takes(name), told(one)) for name, value, one in Settings.evidence() if not one.is_assumed),
    )


def _recorded() -> Iterator[str]:
    """Give what recordings of the platforms confirm: what `gladi parity --write docs/parity.json` wrote, where that is committed."""
    yield "## What recordings confirm"
    if not _PARITY.exists():
        yield (
            "Nothing yet: no recording of the real platforms exists. The first one is compared by `gladi parity`, and this section then "
            "says so."
        )
        return
    confirmed: dict[str, int] = json.loads(_PARITY.read_text(encoding="utf-8"))["operations"]
    yield "A recording of the real platforms shows these operations to answer as the sandbox does (`gladi parity`):"
    was = {one.name: str(one.evidence.grade) for one in OPERATIONS}
    rows = ((f"`{name}`", Grade.RECORDED, was.get(name, "unknown"), count) for name, count in sorted(confirmed.items()))
    yield table(("operation", "evidence", "before", "exchanges compared"), rows)


def _typed(value: Any) -> str:  # noqa: ANN401 - the default of any setting
    """Give a default as one would write it."""
    return f"`{written(value)}`" if written(value) else "nothing"


def _takes(name: str) -> str:
    if name not in switches():
        return f"`--rehearse-{name.replace('_', '-')}`"
    return takes(name).partition(", such as")[0]


def _assumed_of_the_merge() -> Iterator[tuple[str, str, str]]:
    for step in STEPS:
        if step.evidence.is_assumed:
            yield f"{step.before} to {step.after}: {step.by}", step.evidence.place, switch(step.evidence)
    for stage in Stage:
        for platform in Platform:
            evidence = why(stage, platform)
            if evidence.is_assumed:
                yield f"what {platform.label} allows at {stage}", evidence.place, switch(evidence)
