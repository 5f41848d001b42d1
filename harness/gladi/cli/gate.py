"""`gladi gate`: may this version be released? The answer comes from verdict.json, the known gaps, and the version alone."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.cli.verdicts import VERDICT, BadVersionError, adds, installed, released, run_folder, shown

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from gladi.attempts.gate import Answer
    from gladi.judge.verdict import Verdict

__all__ = ["add", "run"]

_USAGE, _NOTHING, _FAULT = 2, 11, 12
_SHOWN = 3
"""Of what is said in the same words so many are named, and the others counted."""


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "gate",
        help="may this version be released? from verdict.json alone",
        description="Say whether this version of the system may be released. The answer comes from verdict.json, the known gaps in "
        "gladi.toml, the system's name and its version alone; nothing is rehearsed.",
        epilog="Exit status: 0 yes, 10 broken, 11 incomplete or nothing rehearsed, 12 the harness failed, the run did not end, or the "
        "verdict cannot be believed, 13 stale: another system or version was rehearsed, 2 usage.",
    )
    parser.add_argument("--verdict", metavar="FILE", help=f"the verdict (default: {VERDICT.as_posix()})")
    adds(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print the answer and its reasons and give the exit status; what cannot be asked is one sentence on standard error."""
    from gladi.attempts.gate import UnknownScenarioError, decide  # noqa: PLC0415 - `gladi --help` does without
    from gladi.attempts.policy import Policy, PolicyError  # noqa: PLC0415
    from gladi.judge.verdict import UnreadableVerdictError, read  # noqa: PLC0415

    root = run_folder()
    path = Path(args.verdict) if args.verdict is not None else root / VERDICT
    try:
        policy = Policy.read(root)
        if not path.exists():
            _says(f"there is no {shown(path)}, so nothing was rehearsed; rehearse first: pytest --rehearse")
            return _NOTHING
        verdict = read(path)
        release, today = released(args, verdict, root=root), datetime.now(UTC).date()
        answer = decide(verdict, release, catalogue=installed(), gaps=policy.known_gaps, today=today)
    except (PolicyError, UnknownScenarioError, BadVersionError) as wrong:
        _says(str(wrong))
        return _USAGE
    except UnreadableVerdictError as wrong:
        _says(str(wrong))
        return _FAULT
    sys.stdout.write("".join(f"{line}\n" for line in ([_json(answer, verdict)] if args.json else _lines(answer, verdict))))
    _tells_github(answer, verdict, to=sys.stderr if args.json else sys.stdout)
    return answer.status


def _headline(answer: Answer) -> str:
    return "gate: yes" if not answer.reasons else f"gate: no, {answer.answer}"


def _facts(verdict: Verdict) -> Iterator[tuple[str, str]]:
    from gladi.attempts.gate import rehearsed_commit  # noqa: PLC0415 - as above

    version, commit = verdict.system.get("version"), rehearsed_commit(verdict)
    named = [
        str(verdict.system.get("adapter") or "nothing"),
        *([f"version {version}"] if version else ()),
        *([f"commit {commit[:12]}"] if commit else ()),
    ]
    yield "rehearsed", f"{', '.join(named)}, on the {verdict.target}"
    yield "finished", verdict.finished_at or "never"
    counts = {outcome: [one.outcome for one in verdict.scenarios].count(outcome) for outcome in {one.outcome for one in verdict.scenarios}}
    yield "scenarios", ", ".join(f"{counts[outcome]} {outcome}" for outcome in sorted(counts)) or "none"
    used = verdict.attempts.get("used")
    if used is not None:
        yield "attempts", f"used {used} of {verdict.attempts.get('quota')}"


def _rows(answer: Answer) -> Iterator[tuple[str, str, str]]:
    yield from ((str(one.answer), one.about, one.text) for one in answer.reasons)
    yield from (("known gap", gap.scenario, f"{gap.reason} ({gap.owner}, until {gap.until})") for gap in answer.gaps)
    yield from (("note", one.about, one.text) for one in answer.notes)


def _lines(answer: Answer, verdict: Verdict) -> Iterator[str]:
    yield from (f"  {name:<14} {value}" for name, value in _facts(verdict))
    alike: dict[tuple[str, str], list[str]] = {}
    for word, about, text in _rows(answer):
        alike.setdefault((word, text), []).append(about)
    for (word, text), those in alike.items():
        more = f" and {len(those) - _SHOWN} more" if len(those) > _SHOWN else ""
        yield f"  {word:<14} {', '.join(those[:_SHOWN])}{more}: {text}"
    yield _headline(answer)


def _json(answer: Answer, verdict: Verdict) -> str:
    from gladi.attempts.gate import rehearsed_commit  # noqa: PLC0415 - as above

    about = {
        "verdict": str(verdict.verdict),
        "system": verdict.system.get("adapter"),
        "version": verdict.system.get("version"),
        "commit": rehearsed_commit(verdict),
        "finished_at": verdict.finished_at,
        "attempts": verdict.attempts,
    }
    return json.dumps(answer.as_json() | about, indent=2)


def _tells_github(answer: Answer, verdict: Verdict, *, to: TextIO) -> None:
    """Annotate the run and append to the summary of the step, where GitHub runs this; what fails there changes no answer."""
    found = [("error", f"{one.answer}: {one.about}", one.text) for one in answer.reasons]
    found += [("warning", f"known gap: {gap.scenario}", f"{gap.reason} ({gap.owner}, until {gap.until})") for gap in answer.gaps]
    found += [("warning", one.about, one.text) for one in answer.notes]
    _annotates(found, to)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        from gladi.reports.github import step_summary  # noqa: PLC0415 - as above

        try:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(step_summary(_headline(answer), _facts(verdict), _rows(answer)))
        except OSError as wrong:
            sys.stderr.write(f"gladi gate: the summary of the step cannot be written ({wrong.strerror}); the answer stands\n")


def _annotates(found: Sequence[tuple[str, str, str]], to: TextIO) -> None:
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from gladi.reports.github import annotated  # noqa: PLC0415 - as above

        to.write("".join(f"{line}\n" for line in annotated(found)))


def _says(sentence: str) -> None:
    sys.stderr.write(f"gladi gate: {sentence}\n")
    _annotates([("error", "gladi gate", sentence)], sys.stderr)
