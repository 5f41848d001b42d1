"""What looks private in the text of a story, an entry, an error or a log line is masked by whoever writes it down."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from gladi.judge.bench import Outcome
from gladi.judge.identity import Identity, Row
from gladi.play.catalogue import catalogue
from gladi.play.frames import own_frames
from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.reports.acts import Performed
from gladi.reports.allure import _write
from gladi.reports.timeline import timeline
from gladi.sandbox.merge import EVERY_CELL
from gladi.sandbox.seed import BEGINNING
from gladi.session.logged import CleanLogs
from gladi.session.raised import Raised, beside
from gladi.session.results import disputed, unjudged

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID = "no answer for siti@surat.example.org, 6281234567890, access_token=kanari1234567 and ROW_kanari0000000001"
CANARIES = ("siti@surat", "6281234567890", "kanari")


def left_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def performed(**known: Any) -> Performed:
    """A scenario that was played, with whatever else is known of it."""
    one = catalogue()[0]
    about: dict[str, Any] = {
        "id": one.id,
        "title": one.title,
        "story": one.story,
        "phase": one.phase,
        "platform": one.where,
        "process": one.process,
        "begins": one.begins,
        "requirements": one.rehearses,
        "mode": "sandbox",
        "cell": "origin/origin",
        "face": "inprocess",
        "seed": 0,
        "outcome": Outcome.BROKEN,
    }
    return Performed(**about | known)


def journal() -> Journal:
    kept = Journal(Clock(BEGINNING))
    kept.deed("the seller", f"wrote that there was {SAID}")
    return kept


class Collected:
    """Takes the place of Allure's own writer."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.papers: list[str | bytes] = []


@pytest.fixture
def collected() -> Iterator[Collected]:
    """Give what is reported to Allure."""
    commons = pytest.importorskip("allure_commons")
    found = Collected()

    class Writer:
        @commons.hookimpl  # type: ignore[untyped-decorator]  # Allure has no types
        def report_result(self, result: Any) -> None:
            found.results.append(result)

        @commons.hookimpl  # type: ignore[untyped-decorator]  # as above
        def report_attached_data(self, body: str | bytes, file_name: str) -> None:  # noqa: ARG002 - the hook's
            found.papers.append(body)

    writer = Writer()
    others = [one for one in commons.plugin_manager.get_plugins() if hasattr(one, "report_result")]
    for one in others:
        commons.plugin_manager.unregister(one)
    commons.plugin_manager.register(writer)
    yield found
    commons.plugin_manager.unregister(writer)
    for one in others:
        commons.plugin_manager.register(one)


def reported(outcome: str) -> Any:
    return pytest.TestReport("x.py::test_x", ("x.py", 0, "test_x"), {}, outcome, outcome, "call", start=0.0, stop=1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "known", [{"stories": (SAID,)}, {"raised": SAID}, {"journal": journal(), "body": (0, 1)}], ids=["story", "exception", "entry"]
)
def test_a_timeline_shows_nothing_that_looks_private(known: dict[str, Any]) -> None:
    page = timeline(performed(**known))

    assert "***" in page
    assert left_in(page) == []


@pytest.mark.parametrize(
    ("known", "error"),
    [
        ({"stories": (f"{SAID}\n\nand {SAID}",)}, AssertionError("broken")),
        ({"raised": f"{SAID}\nand {SAID}"}, ValueError("raised")),
        ({}, AssertionError(SAID)),
        ({"stories": ("broken",), "error": ValueError(SAID)}, ValueError(SAID)),
    ],
    ids=["story", "exception", "assertion", "own words"],
)
def test_a_result_of_allure_says_nothing_that_looks_private(known: dict[str, Any], error: BaseException, collected: Collected) -> None:
    _write(performed(**known), [(reported("failed"), error)], patterns={})

    (result,) = collected.results
    said = f"{result.statusDetails.message}\n{result.statusDetails.trace}"
    assert "***" in said
    assert left_in(said) == []


def test_the_ids_that_hang_on_a_result_show_nothing_that_looks_private(collected: Collected) -> None:
    identity = Identity((Row("toko_shop_id", "6281234567890", "siti@surat.example.org", agrees=True, why="kanari@surat.example.org"),))

    _write(performed(journal=journal(), identities={"shop-1": identity}, outcome=Outcome.UPHELD), [(reported("passed"), None)], patterns={})

    tables = [str(paper) for paper in collected.papers if "toko_shop_id" in str(paper)]
    assert len(tables) == 2
    assert [left_in(table) for table in tables] == [[], []]


def raised() -> BaseException:
    try:
        raise ValueError("see siti@surat.example.org") from KeyError(SAID)  # noqa: TRY301 - what was raised here has a place
    except ValueError as error:
        return error


def test_an_exception_is_told_without_what_looks_private_in_its_words_its_source_and_its_cause() -> None:
    error = raised()
    told = Raised(error, "the system raised", own_frames(error))

    said = (told.sentence, "\n".join(told.places(source=True)), beside(error), beside(AssertionError(SAID)))

    assert ["***" in one for one in said] == [True] * 4
    assert said[1].count("***") == 5
    assert left_in("".join(said)) == []


@pytest.mark.parametrize("error", [ValueError(SAID), pytest.skip.Exception(SAID)])
def test_a_result_of_what_was_never_judged_says_nothing_that_looks_private(error: BaseException) -> None:
    result = unjudged(catalogue()[0], error, cell=EVERY_CELL[0])

    assert "***" in result.why
    assert left_in(result.why) == []


def test_a_disputed_assertion_says_nothing_that_looks_private() -> None:
    said = disputed(catalogue()[0], AssertionError(SAID))

    assert "***" in said
    assert left_in(said) == []


@pytest.fixture
def clean_logs() -> Iterator[CleanLogs]:
    logs = CleanLogs()
    yield logs
    logs.pytest_unconfigure()


@pytest.mark.usefixtures("clean_logs")
@pytest.mark.parametrize("name", ["httpx", "httpcore", "httpcore.http11", "httpx2", "httpcore2.connection"])
def test_what_a_library_logs_is_cleaned_as_it_is_logged(name: str) -> None:
    record = logging.getLogger(name).makeRecord(
        name, logging.DEBUG, "x.py", 1, "GET %s", (f"https://x.example.org/a?order_id={SAID}",), None
    )

    assert "***" in record.getMessage()
    assert left_in(record.getMessage()) == []


@pytest.mark.usefixtures("clean_logs")
def test_what_a_system_logs_of_its_own_stays_as_it_is() -> None:
    record = logging.getLogger("httpxtra").makeRecord("httpxtra", logging.DEBUG, "x.py", 1, "%s", (SAID,), None)

    assert record.getMessage() == SAID
