"""What `--collect-only` shows of a rehearsal: the titles of its scenarios, by phase, each with the id that selects it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gladi.record.words import Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Listed", "listing"]


class Listed(Protocol):
    """A scenario as the list shows it."""

    @property
    def id(self) -> str:
        """By which `-k` selects it."""

    @property
    def title(self) -> str:
        """The first line of its docstring."""

    @property
    def phase(self) -> Phase:
        """Where it is filed."""

    @property
    def needs(self) -> tuple[type, ...]:
        """The capabilities without which it is not rehearsed."""


def listing(writer: Any, collected: Sequence[Listed], *, verbosity: int) -> None:  # noqa: ANN401 - pytest's TerminalReporter
    """Write the scenarios, each once however many items play it.

    With `-q` a line each, of three columns between tabs: phase, id, title. With `-v` what each needs stands below it.
    """
    times: dict[str, int] = {}
    for one in collected:
        times[one.id] = times.get(one.id, 0) + 1
    scenarios = {one.id: one for one in collected}.values()
    for phase in Phase:
        here = [one for one in scenarios if one.phase is phase]
        if verbosity < 0:
            for one in here:
                writer.write_line(f"{phase}\t{one.id}\t{one.title}")
        elif here:
            writer.write_line(f"{phase.label}", bold=True)
            for one in here:
                writer.write_line(f"  {one.title}")
                writer.write_line(f"      -k {one.id}{f'  (played {times[one.id]} times)' if times[one.id] > 1 else ''}", light=True)
                if verbosity > 0 and one.needs:
                    writer.write_line(f"      needs {', '.join(need.__name__ for need in one.needs)}", light=True)
