# noqa: INP001 - pages, not a package
"""Prints the pages that are data, and those parts of others; `--check` compares instead. Run it as `python -m docs.generate`."""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from docs.coverage import changelog_coverage
from docs.evidence import allowed_when, assumptions
from docs.gallery import gallery
from docs.markdown import table
from docs.rehearsed import requirements, scenarios, short_scenarios
from docs.rogues import matrix
from docs.routes import which_api
from gladi import cli
from gladi.session.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["pages"]

ROOT = Path(__file__).parent.parent
_NOTE = "<!-- Printed by `python -m docs.generate`. Change the code it is printed from, not this page. -->"


def pages() -> dict[str, str]:
    """Give every generated page and every page with generated parts: its path in the repository, and its text as it should be."""
    return {
        "docs/allowed.md": _page("What is allowed when", allowed_when()),
        "docs/assumptions.md": _page("What we assumed", assumptions()),
        "docs/scenarios.md": _page("Scenarios and invariants", scenarios()),
        "docs/requirements.md": _page("Requirements", requirements()),
        "docs/changelog-coverage.md": _page("The changelog, row by row", changelog_coverage()),
        "docs/which-api.md": _page("Which API, for whom", which_api()),
        "docs/matrix.md": _page("The matrix of rogues", matrix()),
        "docs/gallery.md": _page("The gallery", gallery()),
        "docs/usage.md": _filled("docs/usage.md", options=_options(), commands=_commands()),
        "README.md": _filled("README.md", story=_story(), scenarios=short_scenarios()),
    }


def main(words: Sequence[str] | None = None) -> int:
    """Write the pages, or with `--check` name those that are out of date: 0 none, 1 some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, and fail if a page is not what it should be")
    check = parser.parse_args(words).check
    texts = pages()
    stale = [path for path, text in texts.items() if not (ROOT / path).exists() or (ROOT / path).read_text(encoding="utf-8") != text]
    for path in stale:
        if not check:
            (ROOT / path).write_text(texts[path], encoding="utf-8")
        sys.stdout.write(f"{path} {'is out of date; run `python -m docs.generate`' if check else 'written'}\n")
    return 1 if check and stale else 0


def _story() -> Iterator[str]:
    """Rehearse the rogue that ships twice, and give what the terminal says of it."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - our own words
            [
                *(sys.executable, "-m", "pytest", "--rehearse", "--rehearse-system", "examples.rogues.ships_twice:ShipsTwice"),
                *(
                    "-k",
                    "an_order_of_the_last_minute_leaves_once",
                    "--rehearse-in-flight",
                    "both/both",
                    "-q",
                    "-p",
                    "no:cacheprovider",
                    "--color=no",
                ),
                *("-c", str(ROOT / "pyproject.toml"), "--rootdir", folder),  # its verdict belongs nowhere
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(
        r"^_+ test_an_order_of_the_last_minute_leaves_once\[both/both\] _+\n(.*?)(?=\n\nThe scenario's own|\n=+ )",
        done.stdout,
        re.MULTILINE | re.DOTALL,
    )
    if found is None:
        raise SystemExit(f"the rogue that ships twice was not told so:\n{done.stdout}{done.stderr}")
    yield f"```text\n{found[1].strip()}\n```"


def _options() -> Iterator[str]:
    rows = [("`--rehearse`", "none", "", "rehearse instead of running tests; paths given beside it name scenarios")]
    for one in OPTIONS:
        line = "none" if one.ini_only else f"`--rehearse-{one.name}{'' if one.flag else f' {one.metavar}'}`"
        rows.append((line, f"`{one.dest}`", f"`{one.default}`" if one.default else "", one.help))
    yield table(("command line", "ini", "default", "meaning"), rows)


def _commands() -> Iterator[str]:
    yield table(
        ("command", "option", "meaning"),
        ((f"`gladi {name}`", f"`{option}`" if option else "none", text) for name, option, text in commands()),
    )


def commands() -> Iterator[tuple[str, str, str]]:
    """Give every option of every command of `gladi`, and what it means; a command without any is given by what it does."""
    parsers = argparse.ArgumentParser().add_subparsers()
    for name in cli._COMMANDS:  # noqa: SLF001 - the one list of commands
        importlib.import_module(f"gladi.cli.{name}").add(parsers)
    for name, parser in parsers.choices.items():
        yield from _of(name, parser)


def _of(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, str]]:
    """Give the options of a command, and of the verbs below it."""
    if all(action.option_strings == ["-h", "--help"] for action in parser._actions):  # noqa: SLF001 - argparse has no other list
        yield name, "", (parser.description or "").removesuffix(".")
    for action in parser._actions:  # noqa: SLF001 - argparse has no other list
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for verb, below in action.choices.items():
                yield from _of(f"{name} {verb}", below)
        elif action.option_strings != ["-h", "--help"]:
            words = " ".join((*action.option_strings[-1:], *_value(action)))
            yield name, words, (action.help or "") % {"default": action.default}


def _value(action: argparse.Action) -> Iterator[str]:
    """Give what stands after an option, as its help shows it; nothing after a flag."""
    if action.nargs != 0:
        choices = f"{{{','.join(map(str, action.choices))}}}" if action.choices else action.dest.upper()
        yield str(action.metavar or choices)


def _page(title: str, blocks: Iterable[str]) -> str:
    return "\n\n".join((f"# {title}", _NOTE, *blocks)) + "\n"


def _filled(path: str, **parts: Iterable[str]) -> str:
    """Give a page with each part between its two markers replaced; a page that lacks a marker is a fault of its writer."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for name, blocks in parts.items():
        begin, end = f"<!-- begin {name}, printed by docs.generate -->", f"<!-- end {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise SystemExit(f"{path} lacks its two markers {begin} and {end}")
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n" + "\n\n".join(blocks) + f"\n{end}{rest.partition(end)[2]}"
    return text


if __name__ == "__main__":
    sys.exit(main())
