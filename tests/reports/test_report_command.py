"""`gladi report`: one file, whichever Allure is there or none, and one sentence where there is nothing to report."""

from __future__ import annotations

import json
import stat
from datetime import datetime
from pathlib import Path
from textwrap import dedent

import pytest

import gladi.cli
from gladi.judge.bench import Outcome
from gladi.judge.verdict import Notice, Overall, ScenarioResult, Verdict, sum_up, write
from gladi.record.words import Level
from gladi.reports.sealed import outside
from tests.reports.journals import Told

ORDERS = "guide.overview.ships-once"


def verdict() -> Verdict:
    results = (
        ScenarioResult(
            id="leaves_once",
            title="An order <leaves> once",
            phase="during_merge",
            platform="Both platforms",
            process="orders",
            rehearses=(ORDERS,),
            outcome=Outcome.BROKEN,
            why="order INV-1 left 2 times.",
            findings=(Notice(level=Level.VIOLATION, about="leaves-once", text="order INV-1 left 2 times."),),
            assumptions=("setting.in_flight",),
            ids=({"shop": "shop-1", "field": "toko_shop_id", "verdict": "agree", "why": "the same digits"},),
        ),
        ScenarioResult(
            id="is_noticed",
            title="The merge is noticed",
            phase="post_merge",
            platform="Tokopedia",
            process="noticing",
            rehearses=("changelog.status.webhook",),
            outcome=Outcome.NOT_REHEARSED,
            why="not selected in this run",
        ),
    )
    return Verdict(
        verdict=Overall.BROKEN,
        gladi="0.1.0",
        target="sandbox",
        face="inprocess",
        seed=7,
        strict=False,
        in_flight="both/both",
        system={"adapter": "our.system:System", "version": None, "capabilities": []},
        commit={"id": None, "dirty": None},
        catalogue="x",
        scenarios=results,
        invariants=sum_up(results),
        assumptions=("setting.in_flight",),
        finished_at="2025-03-03T00:00:00+00:00",
    )


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run in a directory without any Allure."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    told = Told().order("INV-1").merges().at(1).webhook().at(5).leaves("INV-1", "SHP-1").leaves("INV-1", "TKP-2")
    told.calls("tokopedia.update_price", touches="SKU-1")
    write(tmp_path / "reports" / "verdict.json", verdict())
    journals = tmp_path / "reports" / "journals"
    journals.mkdir()
    (journals / "leaves_once.jsonl").write_bytes(bytes(told.journal))
    return tmp_path / "reports"


def allure(folder: Path, *, version: str, page: str) -> None:
    """Put a stand-in for the Allure command line into a folder: a program of others, of which this test needs the arguments alone."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "allure"
    program.write_text(
        dedent(f"""\
        #!/bin/sh
        [ "$1" = --version ] && echo {version} && exit 0
        while [ "$1" != --output ]; do shift; done
        {page}
        """),
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


WRITES = (
    'PATH=/bin:/usr/bin; mkdir -p "$2"; '
    'echo "<html><head><script src=https://elsewhere/x.js></script></head>$ALLURE_NO_ANALYTICS" > "$2/index.html"'
)


def results(run: Path) -> None:
    (run / "allure-results").mkdir()
    (run / "allure-results" / "1-result.json").write_text("{}", encoding="utf-8")


def test_without_allure_a_plain_page_is_written_and_a_sentence_says_what_to_install(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results(run)

    status = gladi.cli.main(["report"])

    page, said = (run / "rehearsal.html").read_text(encoding="utf-8"), capsys.readouterr()
    assert status == 0
    assert said.err.count("\n") == 1
    assert "no Allure is installed, so this is the plain summary; for the full report install Allure 3" in said.err
    assert said.out == "reports/rehearsal.html: made by Gladi (plain summary)\n"
    assert outside(page) == []
    assert "<script" not in page


def test_the_plain_page_tells_scenarios_stories_ids_legacy_calls_coverage_and_assumptions(run: Path) -> None:
    gladi.cli.main(["report", "--plain"])

    page = (run / "rehearsal.html").read_text(encoding="utf-8")
    assert '<a href="#leaves_once">An order &lt;leaves&gt; once</a>' in page
    assert page.index("2 During the merge") < page.index("3 After the merge")
    assert "→ Tue 02:48  parcel TKP-2 left, for order INV-1" in page
    assert "<li class=bad>" in page
    assert "toko_shop_id" in page
    assert "called Tokopedia 1 times: 0 lawful, 1 not" in page
    assert ORDERS in page
    assert "orders in flight stay visible and actionable where they were placed" in page
    assert "gladi serve --seed 7 --in-flight both/both" in page


def test_allure_makes_the_report_where_it_is_installed_and_it_is_sealed(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results(run)
    allure(run.parent / "bin", version="2.46.1", page=WRITES)

    status = gladi.cli.main(["report", "--output", "out/report.html"])

    page = Path("out/report.html").read_text(encoding="utf-8")
    assert (status, capsys.readouterr().out) == (0, "out/report.html: made by Allure 2.46.1\n")
    assert outside(page) == []
    assert page.strip().endswith("true")


def test_the_allure_of_the_project_goes_before_that_of_the_machine(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results(run)
    allure(run.parent / "bin", version="2.46.1", page=WRITES)
    allure(run.parent / "node_modules" / ".bin", version="3.18.0", page=WRITES)

    gladi.cli.main(["report", "reports/allure-results", "--output", "report.html"])

    assert capsys.readouterr().out == "report.html: made by Allure 3.18.0\n"


def test_an_allure_that_fails_is_told_and_the_plain_page_is_written(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results(run)
    allure(run.parent / "bin", version="3.18.0", page="echo no such plugin >&2; exit 1")

    status = gladi.cli.main(["report"])

    assert status == 0
    assert capsys.readouterr().err == "gladi report: Allure 3.18.0 made no report: no such plugin; this is the plain summary\n"


def test_without_allure_results_the_page_is_plain_and_says_how_to_get_them(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    allure(run.parent / "bin", version="3.18.0", page=WRITES)

    gladi.cli.main(["report"])

    assert "no Allure results in reports (pytest --rehearse --alluredir=reports/allure-results writes them)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["elsewhere"], "elsewhere is no folder; rehearse first (pytest --rehearse), or name the folder of a run"),
        (
            ["reports/journals"],
            "there is no verdict.json in reports/journals, so there is nothing to report; rehearse first: pytest --rehearse",
        ),
        (["--output", "reports"], "reports cannot be written (Is a directory); name another file with --output"),
        (["--output", "reports/verdict.json/x"], "reports/verdict.json/x cannot be written (File exists); name another file with --output"),
    ],
)
def test_what_cannot_be_reported_is_one_sentence(run: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str) -> None:
    status = gladi.cli.main(["report", "--plain", *words])

    assert (status, capsys.readouterr().err, run.exists()) == (2, f"gladi report: {sentence}\n", True)


@pytest.mark.parametrize(("file", "text"), [("verdict.json", "{"), ("verdict.json", "[]"), ("journals/leaves_once.jsonl", "{}\nnonsense")])
def test_unreadable_results_are_one_sentence_that_names_the_file(
    run: Path, capsys: pytest.CaptureFixture[str], file: str, text: str
) -> None:
    (run / file).write_text(text, encoding="utf-8")

    status = gladi.cli.main(["report", "--plain"])

    said = capsys.readouterr().err
    assert status == 2
    assert said.startswith(f"gladi report: {Path('reports', file)} is no ")
    assert said.endswith("; rehearse again\n")
    assert said.count("\n") == 1


def tells(run: Path, *, finished_at: str) -> None:
    """Put into the Allure results what hangs on the whole run, stamped with the instant at which the run ended."""
    at = round(datetime.fromisoformat(finished_at).timestamp() * 1000)
    attached = {"attachments": [{"name": "Coverage", "source": "x.html", "type": "text/html", "timestamp": at}], "errors": []}
    (run / "allure-results" / "1-globals.json").write_text(json.dumps(attached), encoding="utf-8")


@pytest.mark.parametrize(("finished_at", "same"), [("2025-03-03T00:00:00+00:00", True), ("2025-03-02T00:00:00+00:00", False)])
def test_allure_results_of_another_run_are_told_as_such(
    finished_at: str,
    same: bool,  # noqa: FBT001 - pytest gives it by name
    run: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    results(run)
    tells(run, finished_at=finished_at)
    allure(run.parent / "bin", version="2.46.1", page=WRITES)

    gladi.cli.main(["report"])

    warning = (
        "gladi report: the Allure results in reports/allure-results are of another run than reports/verdict.json; for that run type "
        "pytest --rehearse --alluredir=reports/allure-results --clean-alluredir, or gladi report --plain for its summary\n"
    )
    assert capsys.readouterr().err == ("" if same else warning)


def test_where_there_is_nothing_to_report_nothing_else_is_said(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (run / "verdict.json").unlink()

    status = gladi.cli.main(["report"])

    assert status == 2
    assert capsys.readouterr().err == (
        "gladi report: there is no verdict.json in reports, so there is nothing to report; rehearse first: pytest --rehearse\n"
    )
