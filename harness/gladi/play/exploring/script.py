"""Writing a broken play down as a file of one scenario, which fails by itself wherever scenarios are rehearsed."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from gladi.play.exploring.steps import Bought, Step, Value
from gladi.record.journal import Fact, What
from gladi.record.words import Platform, TroubleLevel

if TYPE_CHECKING:
    from gladi.play.exploring.breach import Broken
    from gladi.play.exploring.opening import Opening

__all__ = ["name_of", "script"]

_REHEARSES = "guide.overview.every-stage"
"""What every play rehearses, whatever else it does."""


def script(broken: Broken) -> str:
    """Write the play as a file for the folder `scenarios/`.

    The cell of the in-flight matrix is fixed where an order was caught by the merge; a seed or a level of trouble without which it does
    not break is named in the docstring, as the options with which it is to be rehearsed.
    """
    steps = _renumbered(broken.steps)
    said = _said(broken)
    words = "".join(f"    {one},\n" for one in _decorator(broken, steps))
    body = "".join(f"    {one.line}\n" for one in steps)
    return (
        f'"""Found by a search: {said[:1].lower()}{said[1:]}"""\n\n'
        f"from gladi import {', '.join(_names(broken, steps))}\n\n\n"
        f"@scenario(\n{words})\n"
        f"async def test_{name_of(broken)}(rehearsal: Rehearsal) -> None:\n"
        f"{_docstring(said, _how(broken.opening))}\n{body}"
    )


def name_of(broken: Broken) -> str:
    """Name the scenario: by what broke, and by a digest of the play, so that two plays of one breach have two names."""
    lines = "\n".join((str(broken.opening), *(one.line for one in _renumbered(broken.steps))))
    about = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", broken.about).lower()
    return f"found_{about}_{sha256(lines.encode()).hexdigest()[:6]}"


def _said(broken: Broken) -> str:
    if broken.judgement is None:
        return f"The system raises {broken.about}."
    return f"{broken.judgement.invariant.title()}."


def _how(opening: Opening) -> str:
    words = [f"--rehearse-seed {opening.seed}"] if opening.seed else []
    words += [f"--rehearse-trouble {opening.trouble}"] if opening.trouble is not TroubleLevel.OFF else []
    return f"It breaks under {' '.join(words)}." if words else ""


def _decorator(broken: Broken, steps: tuple[Step, ...]) -> list[str]:
    needs = _needs(steps)
    words = [f'rehearses="{_REHEARSES}"', f"begins=Stage.{broken.opening.begins.name}"]
    if needs:
        words.append(f"needs={needs[0]}" if len(needs) == 1 else f"needs=({', '.join(needs)})")
    if _caught(broken):
        cell = broken.opening.cell
        words.append(f"in_flight=InFlight(Visible.{cell.visible.name}, Actionable.{cell.actionable.name})")
    return words


def _names(broken: Broken, steps: tuple[Step, ...]) -> list[str]:
    values = [value for one in steps for value in (*one.given, *(value for _, value in one.named))]
    names = {"Rehearsal", "Stage", "scenario", *_needs(steps)}
    names |= {value.name for value in values if isinstance(value, Platform)}
    if _caught(broken):
        names |= {"InFlight", "Visible", "Actionable"}
    # As isort has it: constants, then classes, then functions.
    return sorted(names, key=lambda name: (0 if name.isupper() else 1 if name[0].isupper() else 2, name))


def _needs(steps: tuple[Step, ...]) -> list[str]:
    return sorted({need.__name__ for one in steps for need in one.needs})


def _caught(broken: Broken) -> bool:
    names = {placed.name for placed in broken.orders}
    return any(
        isinstance(entry, Fact) and entry.what == What.ORDER_CAUGHT and entry.order in names for entry in broken.rehearsal.journal.entries
    )


def _docstring(said: str, how: str) -> str:
    return f'    """{said}\n\n    {how}\n    """' if how else f'    """{said}"""'


def _renumbered(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Name the orders by their place in what is left of the play."""
    names = {one.gives: f"order_{number}" for number, one in enumerate((step for step in steps if step.gives), start=1)}

    def meant(value: Value) -> Value:
        return Bought(names[value.name]) if isinstance(value, Bought) else value

    return tuple(
        replace(
            one,
            given=tuple(map(meant, one.given)),
            named=tuple((name, meant(value)) for name, value in one.named),
            gives=names.get(one.gives, ""),
        )
        for one in steps
    )
