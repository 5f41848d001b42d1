"""The search in a rehearsing session: one item behind the scenarios, which draws plays that nobody wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gladi.judge.bench import Outcome
from gladi.judge.verdict import SearchResult
from gladi.play.exploring.opening import Ground
from gladi.play.exploring.search import explore
from gladi.record.redact import clean_text
from gladi.record.words import Phase, Stage, Target
from gladi.reports.acts import Performed
from gladi.sandbox.merge import EVERY_CELL
from gladi.session.raised import first_line
from gladi.session.searched import SEARCH, carried

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from gladi.play.adapter import Adapter
    from gladi.play.exploring.search import Searched
    from gladi.session.options import Options

__all__ = ["SearchItem", "Searching"]

_TITLE = "No play that a search draws breaks the system"


class Searching:
    """The hook that adds the search to what is rehearsed, and what it plays with."""

    def __init__(self, options: Options, adapter: Adapter, server: Callable[[], Any]) -> None:
        """Search over the system of `adapter`; `server` gives the served face, where one was asked for."""
        self.options = options
        self.adapter = adapter
        self._server = server

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> Generator[None, object, object]:
        """Put the search behind the scenarios; `-k` selects it by its name."""
        items.append(SearchItem.from_parent(session, name=SEARCH, nodeid=SEARCH, searching=self))
        answer = yield
        items.sort(key=lambda item: isinstance(item, SearchItem))
        return answer

    def ground(self) -> Ground:
        """Give what all plays have in common."""
        return Ground(self.adapter, self.options.settings, self.options.face, self._server())


class SearchItem(pytest.Item):
    """The search, as pytest runs it."""

    def __init__(self, *, searching: Searching, **node: Any) -> None:  # noqa: ANN401 - pytest's own
        """Belong to the session; nothing is played yet."""
        super().__init__(**node)
        self._searching = searching
        self.performed = self._described()

    def runtest(self) -> None:
        """Search, and fail by what is found, or be *not rehearsed* by what was missed."""
        options, search = self._searching.options, self._searching.options.search
        if search is None:
            return
        try:
            found = explore(
                self._searching.ground(),
                examples=search.examples,
                steps=search.steps,
                trouble=search.trouble,
                seed=search.seed,
                keeps=not search.is_fixed,
                cells=EVERY_CELL if options.cell is None else (options.cell,),
                sandbox_seed=options.seed,
            )
        except (Exception, SystemExit) as fault:
            self._keeps(SearchResult(outcome=Outcome.FAULT, why=clean_text(first_line(fault)), trouble=search.trouble, seed=search.seed))
            raise
        self._keeps(_result(found))
        self._notes(found)
        if found.outcome is Outcome.BROKEN:
            pytest.fail(f"{found.story}\n\n{self._again(found)}", pytrace=False)
        if found.outcome is Outcome.NOT_REHEARSED:
            pytest.skip(found.why)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Say where it is found: in no file."""
        return self.path, None, SEARCH

    def _again(self, found: Searched) -> str:
        search = f"--rehearse-search --rehearse-search-seed {found.seed} -k {SEARCH}"
        return (
            f"The search drew it from seed {found.seed}; as a scenario it fails by itself, in a file of a folder of scenarios:\n\n"
            f"{found.script}\nRun the search again: {self._searching.options.command} {search}"
        )

    def _keeps(self, result: SearchResult) -> None:
        self.user_properties.append(carried(result))

    def _described(self) -> Performed:
        options = self._searching.options
        return Performed(
            id=SEARCH,
            title=_TITLE,
            story=f"{_TITLE}, whatever people, time, platform and trouble do to it.",
            phase=Phase.DURING_MERGE,
            platform="Both platforms",
            process=SEARCH,
            begins=Stage.PENDING,
            requirements=(),
            mode=Target.SANDBOX,
            cell=options.in_flight,
            face=options.face,
            seed=options.seed,
            assumed=options.assumed,
        )

    def _notes(self, found: Searched) -> None:
        self.performed = replace(self.performed, outcome=found.outcome)
        if found.broken is None:
            return
        rehearsal = found.broken.rehearsal
        self.performed = replace(
            self.performed,
            stories=(found.story,),
            scenario=found.script,
            begins=found.broken.opening.begins,
            cell=str(found.broken.opening.cell),
            journal=rehearsal.journal,
            body=(rehearsal.body_began, rehearsal.body_ended),
            judgements=rehearsal.judgements,
            identities=rehearsal.identities,
        )


def _result(found: Searched) -> SearchResult:
    return SearchResult(
        outcome=found.outcome,
        why=found.why,
        trouble=found.trouble,
        plays=found.plays,
        steps=found.steps,
        seed=found.seed,
        reached=found.reached,
        missed=found.missed,
        broken=found.broken.about if found.broken is not None else "",
        scenario=found.script,
    )
