"""The two commands of the README, on a machine that has only Python 3.11 or newer, pip and git: `rehearse` and `test`.

1. Standard library only, and no syntax newer than Python 3.7: an old Python must live to read that it is too old.
2. Nothing is installed outside .venv. A system Python that is externally managed, or comes without ensurepip, is good enough.
3. pytest has the last word on standard output when it runs tests: whoever reads the last line reads its summary.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "gladi-installed"
LOG = VENV / "install.log"
ALLURE = Path("reports", "allure-results")
VERDICT = Path("reports", "verdict.json")
REPORT = Path("reports", "rehearsal.html")
OLDEST = (3, 11)
_REHEARSED = (0, 1, 11, 12)
"""The statuses of a run that came to an end, upheld or not; any other left no report."""
USAGE = """\
python3 run.py rehearse [pytest's arguments]   rehearse the careful example, or the system of --rehearse-system MODULE:NAME
python3 run.py test     [pytest's arguments]   run all tests"""

_OFFLINE = (
    "temporary failure in name resolution",
    "name or service not known",
    "nodename nor servname",
    "getaddrinfo failed",
    "newconnectionerror",
    "connecttimeout",
    "read timed out",
    "network is unreachable",
    "connection refused",
    "proxyerror",
)


class CannotRunError(Exception):
    """The command cannot be run here; the text says why, and what to do about it."""


def main(words: list[str]) -> int:
    """Run one of the two commands and give the exit status of pytest."""
    if sys.version_info < OLDEST:
        here = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write(f"gladi: this is Python {here} and 3.11 or newer is needed; run this file with a newer one, such as python3.12\n")
        return 2
    commands = {"rehearse": rehearse, "test": test}
    if not words or words[0] not in commands:
        sys.stderr.write(f"{USAGE}\n")
        return 0 if words and words[0] in ("-h", "--help") else 2
    try:
        install()
        return commands[words[0]](words[1:])
    except CannotRunError as error:
        sys.stderr.write(f"gladi: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def rehearse(words: list[str]) -> int:
    """Rehearse the merge on the embedded sandbox and say where the report is."""
    say("rehearsing the merge on the embedded sandbox")
    os.environ["GLADI_COMMAND"] = "python3 run.py rehearse"
    status = pytest("--rehearse", f"--alluredir={ALLURE}", "--clean-alluredir", *words)
    if status not in _REHEARSED:
        return status
    if not (ROOT / VERDICT).exists():
        return status
    say(f"the verdict, for machines:   {VERDICT}")
    if subprocess.call([str(PYTHON), "-m", "gladi.cli", "report", "--output", str(REPORT)], cwd=str(ROOT), stdout=subprocess.DEVNULL) == 0:  # noqa: S603 - our own words
        say(f"the report, for people:      {REPORT}")
    return status


def test(words: list[str]) -> int:
    """Run all tests, on every core unless the caller says how."""
    say("running the tests")
    # It would have every pytest that a test starts compile everything anew, which takes several times as long.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    own = any(word.startswith(("-n", "--numprocesses", "--pdb", "--dist")) for word in words)
    return pytest(*(() if own else ("-n", "auto", "--dist", "worksteal")), *words)


def pytest(*words: str) -> int:
    """Run pytest in the virtual environment and give its status, as a shell would."""
    sys.stdout.flush()
    status = subprocess.call([str(PYTHON), "-m", "pytest", *words], cwd=str(ROOT))  # noqa: S603 - our own words and the caller's
    return status if status >= 0 else 128 - status


def install() -> None:
    """Install Gladi and its test tools into .venv, unless that was done for just these requirements."""
    wanted = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        wanted.update((ROOT / name).read_bytes())
    wanted.update(f"{ROOT}\n{OLDEST}".encode())
    if STAMP.exists() and STAMP.read_text() == wanted.hexdigest() and works(str(PYTHON), "-c", "import pytest, gladi"):
        return
    if not works(str(PYTHON), "-c", ""):
        say("making a virtual environment in .venv")
        make()
    STAMP.unlink(missing_ok=True)
    say("installing Gladi and its test tools into .venv; once, and it takes a minute or two")
    pip = installer()
    words = ("install", "--disable-pip-version-check", "--no-input", "-c", "constraints.txt", "-e", ".[test]")
    told = follow([*pip, *words])
    if told is not None:
        raise CannotRunError(reason(told))
    STAMP.write_text(wanted.hexdigest())
    say("installed")


def make() -> None:
    """Make .venv without pip, because ensurepip is a package of its own on Debian and its kin."""
    try:
        import venv  # noqa: PLC0415 - some distributions leave it out, and that deserves a sentence

        venv.EnvBuilder(clear=VENV.exists(), symlinks=os.name != "nt", with_pip=False).create(str(VENV))
    except ImportError:
        raise CannotRunError("this Python has no module venv; install it (Debian: apt-get install python3-venv) and run again") from None
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotRunError(f"no virtual environment can be made in {VENV}: {error}") from None


def installer() -> list[str]:
    """Find a pip that installs into .venv: its own, else the one of this Python, else the one that ensurepip brings."""
    own = [str(PYTHON), "-m", "pip"]
    outer = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    for pip in (own, outer):
        if works(*pip, "--version"):
            return pip
    if works(str(PYTHON), "-m", "ensurepip"):
        return own
    raise CannotRunError("no pip 22.3 or newer is to be found; install it (Debian: apt-get install python3-pip) and run again")


def follow(command: list[str]) -> str | None:
    """Run pip with a line on the terminal for every ten packages it fetches; give all it said if it failed, else None."""
    told: list[str] = []
    fetched = 0
    pip = subprocess.Popen(  # noqa: S603 - our own words
        command, cwd=str(ROOT), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    with pip:
        for line in pip.stdout or ():
            told.append(line)
            fetched += line.startswith("Collecting ")
            if line.startswith("Collecting ") and fetched % 10 == 0:
                say(f"  {fetched} packages fetched")
            elif line.startswith("Installing collected packages"):
                say("  putting them into place")
    LOG.write_text("".join(told), encoding="utf-8")
    return "".join(told) if pip.returncode else None


def reason(told: str) -> str:
    """Say in one sentence why pip failed."""
    if any(sign in told.lower() for sign in _OFFLINE):
        return (
            "the packages cannot be fetched, because pip cannot reach its index; "
            f"go online, or set PIP_INDEX_URL or PIP_FIND_LINKS, and run again (all that pip said: {LOG})"
        )
    errors = [line.strip() for line in told.splitlines() if line.lower().startswith("error:")]
    return f"pip could not install the packages: {errors[0] if errors else 'it gave no reason'} (all that it said: {LOG})"


def works(*command: str) -> bool:
    """Tell whether a command can be run and succeeds."""
    try:
        return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0  # noqa: S603 - our own words
    except OSError:
        return False


def say(line: str) -> None:
    """Print a line of progress at once."""
    print(f"gladi: {line}", flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
