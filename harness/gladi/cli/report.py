"""`gladi report`: one HTML file of a rehearsal, made by whichever Allure is installed, or by Gladi itself where none is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

__all__ = ["add", "run"]

_DONE, _USAGE = 0, 2
_RESULTS = "allure-results"


class _BadInputError(Exception):
    """No report can be made of what was given; the text is one sentence."""


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "report",
        help="make one HTML file of a rehearsal",
        description="Make one HTML file of a rehearsal, which loads nothing from outside: with Allure 3 or 2 where one is installed and "
        "the run reported to Allure, else a plain summary from verdict.json and the journals.",
        epilog="Exit status: 0 the file was written, 2 there is nothing to report or no place for it.",
    )
    parser.add_argument(
        "results",
        nargs="?",
        default="reports",
        metavar="RESULTS",
        help=f"the folder of a run with verdict.json, journals/ and {_RESULTS}/, or a folder of Allure results (default: %(default)s)",
    )
    parser.add_argument("--output", default="reports/rehearsal.html", metavar="FILE", help="the file to write (default: %(default)s)")
    parser.add_argument("--plain", action="store_true", help="write the plain summary though Allure is installed")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Write the file and say what it is; what cannot be reported is one sentence on standard error."""
    try:
        page, made_by = _made(Path(args.results), plain=args.plain)
        _write(Path(args.output), page)
    except _BadInputError as wrong:
        sys.stderr.write(f"gladi report: {wrong}\n")
        return _USAGE
    sys.stdout.write(f"{args.output}: made by {made_by}\n")
    return _DONE


def _made(given: Path, *, plain: bool) -> tuple[str, str]:
    """Give the page and who made it."""
    from gladi.reports.sealed import sealed  # noqa: PLC0415 - needed by this command alone
    from gladi.reports.viewers import INSTALL, ViewerError, found  # noqa: PLC0415

    if not given.is_dir():
        raise _BadInputError(f"{given} is no folder; rehearse first (pytest --rehearse), or name the folder of a run")
    results, run_folder = _folders(given)
    if not plain and results is not None:
        viewer = found(Path.cwd())
        if viewer is None:
            _says(f"no Allure is installed, so this is the plain summary; for the full report {INSTALL}")
        else:
            try:
                page = sealed(viewer.makes(results))
            except ViewerError as wrong:
                _says(f"{wrong}; this is the plain summary")
            else:
                _warns_of_another_run(results, run_folder / "verdict.json")
                return page, f"Allure {viewer.version}"
    page = sealed(_summary(run_folder))
    if not plain and results is None:
        _says(
            f"there are no Allure results in {given} (pytest --rehearse --alluredir={given / _RESULTS} writes them), so this is the summary"
        )
    return page, "Gladi (plain summary)"


def _warns_of_another_run(results: Path, verdict: Path) -> None:
    """Say so where a later run left its verdict and reported nothing to Allure: yesterday's failure would pass for today's."""
    from gladi.judge.verdict import UnreadableVerdictError, read  # noqa: PLC0415 - as above
    from gladi.reports.surroundings import tells_of  # noqa: PLC0415

    try:
        same = not verdict.is_file() or tells_of(results, read(verdict))
    except UnreadableVerdictError:
        return
    if not same:
        _says(
            f"the Allure results in {results} are of another run than {verdict}; for that run type "
            f"pytest --rehearse --alluredir={results} --clean-alluredir, or gladi report --plain for its summary"
        )


def _folders(given: Path) -> tuple[Path | None, Path]:
    """Tell the Allure results, where there are any, and the folder of the run."""
    if any(given.glob("*-result.json")):
        return given, given if (given / "verdict.json").is_file() else given.parent
    results = given / _RESULTS
    return results if any(results.glob("*-result.json")) else None, given


def _summary(folder: Path) -> str:
    from gladi.judge.verdict import UnreadableVerdictError, read  # noqa: PLC0415 - as above
    from gladi.platforms.troubles.refusal import ASSUMPTIONS  # noqa: PLC0415
    from gladi.reports.kept import UnreadableJournalError, read_all  # noqa: PLC0415
    from gladi.reports.summary import summary  # noqa: PLC0415
    from gladi.sandbox.assumptions import assumptions  # noqa: PLC0415

    verdict = folder / "verdict.json"
    if not verdict.is_file():
        raise _BadInputError(f"there is no verdict.json in {folder}, so there is nothing to report; rehearse first: pytest --rehearse")
    try:
        return summary(read(verdict), list(read_all(folder / "journals")), assumptions() | ASSUMPTIONS)
    except (UnreadableVerdictError, UnreadableJournalError) as wrong:
        raise _BadInputError(str(wrong)) from None


def _write(file: Path, page: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
    except (OSError, ValueError) as wrong:  # ValueError: a null byte in the name
        why = wrong.strerror if isinstance(wrong, OSError) else str(wrong)
        raise _BadInputError(f"{file} cannot be written ({why}); name another file with --output") from None


def _says(sentence: str) -> None:
    sys.stderr.write(f"gladi report: {sentence}\n")
