"""The checks of this repository in separate sessions, each in an environment of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PINS = ("-c", "constraints.txt")

nox.options.sessions = ["lint", "types", "tests", "wheel", "docs"]
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run every test."""
    session.install(*PINS, "-e", ".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types: mypy strictly everywhere, pyright strictly where an ISV's own checker would look."""
    session.install(*PINS, "-e", ".[test]")
    session.run("mypy")
    session.run("mypy", "run.py", "noxfile.py", "conftest.py", "docs/generate.py")
    session.run("pyright", "--pythonpath", str(Path(session.bin) / "python"))


@nox.session
def lint(session: nox.Session) -> None:
    """Check the style."""
    session.install(*PINS, "ruff")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, look into it, and rehearse with it beside a stranger's repository."""
    session.install(*PINS, "-e", ".[test]")
    session.run("python", "-m", "pytest", "tests/wheel", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Compare the generated pages with the code."""
    session.install(*PINS, "-e", ".[test]")
    session.run("python", "-m", "docs.generate", "--check")


@nox.session
def oldest(session: nox.Session) -> None:
    """Run the tests of the plugin, and a rehearsal, on the oldest pytest that is supported."""
    pins = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("pytest==")]
    constraints = Path(session.create_tmp()) / "constraints.txt"
    constraints.write_text("\n".join([*pins, "pytest==8.4.0"]), encoding="utf-8")
    session.install("-c", str(constraints), "-e", ".[test]")
    session.run("python", "-m", "pytest", *(session.posargs or ("tests/plugin", "tests/wheel", "tests/test_house.py")))
    session.run("python", "-m", "pytest", "--rehearse")


@nox.session
def long(session: nox.Session) -> None:
    """Rehearse both careful examples over both faces and strictly, the first under 200 seeds; rogues; races; fuzz; search; replays."""
    session.install(*PINS, "-e", ".[test]")
    for words in ((), ("--rehearse-face", "served"), ("--rehearse-strict",)):
        session.run("python", "-m", "pytest", "--rehearse", "-q", "-n", "auto", "--dist", "worksteal", *words)
        evented = ("--rehearse-system", "examples.evented:Evented")
        session.run("python", "-m", "pytest", "--rehearse", "-q", "-n", "auto", "--dist", "worksteal", *evented, *words)
    session.run("python", "-m", "tests.rogues.seeds")
    session.run("python", "-m", "tests.rogues.matrix", "--check")
    session.run("python", "-m", "tests.rogues.gallery", "--check")
    session.run("python", "-m", "tests.attempts.races")
    session.run("python", "-m", "tests.sandbox.fuzz")
    session.run("python", "-m", "tests.search.steps")
    session.run("python", "-m", "tests.recorded.renew", "--check")
    session.run("python", "-m", "tests.recorded.guide")
    session.run("python", "-m", "tests.live.rehearsable", "--check")


@nox.session
def mutants(session: nox.Session) -> None:
    """Apply each patch of tests/mutants to a copy, one after the other, and see the test fail that it names in its first line."""
    patches = sorted((ROOT / "tests" / "mutants").glob("*.patch"))
    if not patches:
        session.error("there are no patches in tests/mutants")
    copy = _fresh(Path(session.create_tmp()) / "copy")
    session.install(*PINS, "-e", f"{copy}[test]")
    survived = [patch.name for patch in patches if not _killed(session, patch, _fresh(copy))]
    if survived:
        session.error(f"these mutants live: {', '.join(survived)}")


def _fresh(copy: Path) -> Path:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "results", "allure-results"))
    return copy


def _killed(session: nox.Session, patch: Path, copy: Path) -> bool:
    """Tell whether the named test passes before the mutation and fails, rather than being absent, after it."""
    named = re.match(r"# fails: (\S+)", patch.read_text(encoding="utf-8"))
    if named is None:
        session.error(f"{patch.name} names no test; begin it with `# fails: tests/...::test_...`")
    test = ("python", "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", named[1])
    with session.chdir(copy):
        session.run(*test, silent=True)
        # The copy lies inside this repository, and git would look for the patch's files from there.
        session.run("git", "apply", str(patch), env={"GIT_CEILING_DIRECTORIES": str(copy.parent)}, external=True)
        try:
            # pytest's status 1: tests ran and some failed. 4 and 5, nothing was found, are no kill.
            session.run(*test, silent=True, success_codes=[1])
        except nox.command.CommandFailed:
            return False
    return True
