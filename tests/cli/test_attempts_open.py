"""`gladi attempts open` spends an attempt by a person's word alone, and shows nothing to click before it is recorded."""

from __future__ import annotations

import errno
import io
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from gladi.attempts.cues import HELP_CENTER
from gladi.attempts.faults import UnusableLedgerError
from gladi.attempts.ledger import Ledger
from tests.attempts.repository import NOW, SYSTEM, Repository

if TYPE_CHECKING:
    from pathlib import Path

OPEN = ("attempts", "open", "--shop", "Toko Melati")
NAMED = (*OPEN, "--confirm-shop", "Toko Melati")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path)


class Terminal(io.StringIO):
    """A terminal at which somebody types what is given, and then nothing more."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function that sits somebody down at a terminal; it gives what the terminal shows."""

    def sits_down(typed: str) -> Terminal:
        shown = Terminal()
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        monkeypatch.setattr(sys, "stdout", shown)
        return shown

    return sits_down


def test_the_shop_named_by_the_flag_is_opened_and_the_six_cues_are_shown(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    status = repository.gladi(*NAMED)

    out = capsys.readouterr().out
    assert (status, repository.events) == (0, ["opened"])
    assert out.startswith("Attempt 1 is opened for Toko Melati (6500001) and counts from here on.\n")
    assert [line[:2] for line in out.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "gladi attempts record 1 linked" in out
    assert HELP_CENTER in out


def test_the_record_says_what_spoke_for_it(repository: Repository) -> None:
    repository.gladi(*NAMED, "--by", "Ayu")

    with repository.ledger() as ledger:
        opened = ledger.attempts()[0].events[0]
    assert opened.by == "Ayu"
    assert opened.note == "preflight on the sandbox: 9 of 9 are ready; verdict: version 7.1 of the system is green on the sandbox"


def test_the_attempt_is_recorded_before_the_first_cue_is_shown(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    class Watched(io.StringIO):
        def write(self, text: str) -> int:
            seen.append(repository.events)
            return super().write(text)

    monkeypatch.setattr(sys, "stdout", Watched())

    repository.gladi(*NAMED)

    assert seen
    assert all(events == ["opened"] for events in seen)


def test_a_person_types_the_name_and_the_last_cue_comes_when_it_is_recorded_as_linked(repository: Repository, types: Any) -> None:
    shown = types("Toko Melati\n\n")

    status = repository.gladi(*OPEN)

    before, _, after = shown.getvalue().partition("Press Enter")
    assert (status, repository.events) == (0, ["opened", "linked"])
    assert "Type the name of the shop" in before
    assert "5. Select the test app" in before
    assert '6. Click on "Confirm"' in after
    assert '"Confirm"' not in before


@pytest.mark.parametrize("typed", ["toko melati\n", "yes\n", "\n", ""])
def test_whatever_else_is_typed_spends_nothing(repository: Repository, types: Any, capsys: pytest.CaptureFixture[str], typed: str) -> None:
    types(typed)

    status = repository.gladi(*OPEN)

    assert (status, repository.events) == (2, [])
    assert capsys.readouterr().err.endswith("nothing is spent\n")


def test_a_person_who_leaves_before_the_last_cue_has_an_attempt_that_is_open(
    repository: Repository, types: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = types("Toko Melati\n")

    status = repository.gladi(*OPEN)

    assert (status, repository.events) == (11, ["opened"])
    assert '"Confirm"' not in shown.getvalue()
    assert "gladi attempts release 1 --reason TEXT" in capsys.readouterr().err


def test_a_ledger_that_fails_before_the_last_cue_keeps_it_from_being_shown(
    repository: Repository, types: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = types("Toko Melati\n\n")

    def fails(self: Ledger, *given: object, **more: object) -> None:  # noqa: ARG001 - the signature is the ledger's
        raise UnusableLedgerError("the disk is full")

    monkeypatch.setattr(Ledger, "record", fails)

    status = repository.gladi(*OPEN)

    assert (status, repository.events) == (12, ["opened"])
    assert '"Confirm"' not in shown.getvalue()
    assert "the disk is full; do not click" in capsys.readouterr().err


def test_what_a_colleague_opens_while_the_name_is_typed_is_not_opened_twice(
    repository: Repository, types: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def typed_meanwhile() -> str:
        with repository.ledger() as ledger:
            ledger.open("Toko Melati (6500001)", by="Budi")
        return "Toko Melati"

    shown = types("")
    monkeypatch.setattr("builtins.input", typed_meanwhile)

    status = repository.gladi(*OPEN)

    assert (status, repository.events) == (10, ["opened"])
    assert "is opened for" not in shown.getvalue()
    assert "was written since you decided: it said used 0 of 5" in capsys.readouterr().err


@pytest.mark.parametrize("end", ["merged", "failed", "settled"])
def test_a_shop_that_had_its_attempt_is_not_opened_again_unless_a_person_overrules_it(
    repository: Repository, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    repository.gladi(*NAMED)
    repository.gladi("attempts", "record", "1", "linked")
    words = ("settle", "1", "--reason", "the console says so") if end == "settled" else ("record", "1", end)
    repository.gladi("attempts", *words)
    before = repository.events
    capsys.readouterr()

    status = repository.gladi(*NAMED)
    refused = repository.events
    overruled = repository.gladi(*NAMED, "--anyway", "the shop was set up anew")

    err = capsys.readouterr().err
    assert (status, refused, before) == (10, before, ["opened", "linked", end])
    assert f"→ shop          Toko Melati has attempt 1 already, which is {end}" in err
    assert "1 thing speaks against it (marked →), and Acme has used 1 of 5; --anyway REASON overrules it; nothing is spent" in err
    assert (overruled, repository.events) == (0, [*before, "opened"])


@pytest.mark.parametrize("called", ["toko  melati", "6500001", "Toko Lama, 7495000000000000001"])
def test_a_shop_that_was_linked_by_hand_is_known_by_name_or_id(repository: Repository, called: str) -> None:
    with repository.ledger() as ledger:
        ledger.outside(called, "clicked by hand", by="Ayu")

    assert repository.gladi(*NAMED) == 10


def test_a_shop_whose_attempt_was_released_and_another_shop_are_opened(repository: Repository) -> None:
    repository.gladi(*NAMED)
    repository.gladi("attempts", "release", "1", "--reason", "the browser never opened")

    again = repository.gladi(*NAMED)
    repository.gladi("attempts", "record", "1", "merged")
    other = repository.gladi("attempts", "open", "--shop", "Toko Kenanga", "--confirm-shop", "Toko Kenanga")

    assert (again, other) == (0, 0)


def test_who_opens_it_is_recorded_for_the_link_too(repository: Repository, types: Any) -> None:
    types("Toko Melati\n\n")

    repository.gladi(*OPEN, "--by", "Ayu")

    with repository.ledger() as ledger:
        assert [event.by for event in ledger.attempts()[0].events] == ["Ayu", "Ayu"]


def test_a_terminal_that_goes_away_after_the_spending_is_told_of_on_standard_error(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:  # noqa: ARG002 - the signature is the interface's
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(sys, "stdout", Gone())

    status = repository.gladi(*NAMED)

    assert (status, repository.events) == (11, ["opened"])
    assert capsys.readouterr().err == (
        "gladi attempts open: not all steps could be shown (Input/output error); attempt 1 is opened for Toko Melati (6500001) and counts: "
        "see `gladi attempts`, and if nothing was clicked: gladi attempts release 1 --reason TEXT\n"
    )


def test_a_pipe_that_takes_nothing_shows_no_traceback(repository: Repository) -> None:
    words = (*NAMED, "--system", SYSTEM, "--anyway", "only to see the pipe")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "COV", "CI"))}

    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from gladi.cli import main; sys.exit(main())", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=repository.root,
            env=inherited | {"PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )

    assert (done.returncode, repository.events) == (11, ["opened"])
    assert "not all steps could be shown (No space left on device); attempt 1 is opened" in done.stderr
    assert [word for word in ("Traceback", "Exception ignored") if word in done.stderr] == []


def test_a_file_that_other_machines_do_not_see_is_cautioned_about_before_it_is_opened(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    status = repository.gladi(*NAMED, environment={"CI": "true"})

    assert status == 0
    assert "gladi: caution: this looks like CI and the ledger is a SQLite file" in capsys.readouterr().err


def test_without_a_terminal_and_without_the_flag_nothing_is_opened(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    status = repository.gladi(*OPEN)

    assert (status, repository.events) == (2, [])
    assert "name it with --confirm-shop NAME; nothing is spent" in capsys.readouterr().err


def test_without_a_terminal_a_wrong_shop_is_named_too(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    status = repository.gladi("attempts", "open", "--shop", "Tko Melati")

    assert (status, repository.events) == (2, [])
    assert capsys.readouterr().err == (
        "gladi attempts open: 'Tko Melati' is none of the [[test-shops]] in gladi.toml, which are "
        "'Toko Melati' (6500001), 'Toko Kenanga' (6500002); and there is no terminal on which a person could type the shop's name; "
        "name it with --confirm-shop NAME; nothing is spent\n"
    )


@pytest.mark.parametrize(
    "environment",
    [{"PYTEST_XDIST_WORKER": "gw0"}, {"PYTEST_ADDOPTS": "--reruns 1"}, {"PYTEST_CURRENT_TEST": "test_a.py::test_b (call)"}],
    ids=["xdist", "reruns", "a test"],
)
def test_what_may_come_again_opens_nothing(repository: Repository, environment: dict[str, str]) -> None:
    status = repository.gladi(*NAMED, environment=environment)

    assert (status, repository.events) == (2, [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--shop", "Toko Mawar", "--confirm-shop", "Toko Mawar"), "'Toko Mawar' is none of the [[test-shops]] in gladi.toml"),
        (("--shop", "Toko Melati", "--confirm-shop", "Toko Kenanga"), "'Toko Kenanga' is not the name of the shop"),
        (("--shop", "6500001", "--confirm-shop", "6500001"), "'6500001' is not the name of the shop, which is 'Toko Melati'"),
    ],
)
def test_only_a_test_shop_of_the_policy_is_opened_and_only_by_its_name(
    repository: Repository, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    status = repository.gladi("attempts", "open", *words)

    assert (status, repository.events) == (2, [])
    assert sentence in capsys.readouterr().err


def test_a_shop_may_be_meant_by_its_id(repository: Repository) -> None:
    status = repository.gladi("attempts", "open", "--shop", "6500002", "--confirm-shop", "Toko Kenanga")

    assert (status, repository.events) == (0, ["opened"])


def test_where_something_speaks_against_it_nothing_is_opened(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    status = repository.gladi(*NAMED, "--without", "test-app")

    err = capsys.readouterr().err
    assert (status, repository.events) == (10, [])
    assert "→ preflight" in err
    assert "1 thing speaks against it (marked →), and Acme has used 0 of 5; --anyway REASON overrules it; nothing is spent" in err


def test_a_person_may_overrule_it_and_the_reason_is_recorded(repository: Repository) -> None:
    status = repository.gladi(*NAMED, "--without", "test-app", "--anyway", "the console shows the app")

    with repository.ledger() as ledger:
        note = ledger.attempts()[0].events[0].note
    assert status == 0
    assert note.endswith("against it: preflight; opened anyway: the console shows the app")


def test_nobody_overrules_the_ledger(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        with repository.ledger() as ledger:
            attempt = ledger.open("Toko Melati (6500001)", by="Ayu")
            ledger.settle(attempt.ordinal, "it came to nothing")

    status = repository.gladi(*NAMED, "--anyway", "a sixth one")

    assert status == 10
    assert repository.events.count("opened") == 5
    assert "acme has used 5 of 5; nothing is spent" in capsys.readouterr().err


def test_what_became_of_an_attempt_is_recorded_and_a_failure_says_where_to_ask(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.gladi(*NAMED)
    capsys.readouterr()
    linked = repository.gladi("attempts", "record", "1", "linked")
    quiet = capsys.readouterr().out

    failed = repository.gladi("attempts", "record", "1", "failed", "--note", "the console says so")

    assert (linked, failed, repository.events) == (0, 0, ["opened", "linked", "failed"])
    assert HELP_CENTER not in quiet
    assert HELP_CENTER in capsys.readouterr().out


def test_what_cannot_become_of_an_attempt_is_refused(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.gladi(*NAMED)
    repository.gladi("attempts", "record", "1", "merged")

    status = repository.gladi("attempts", "record", "1", "linked")

    assert (status, repository.events) == (10, ["opened", "merged"])
    assert "attempt 1 is merged, so it cannot become linked" in capsys.readouterr().err


def test_at_a_real_terminal_the_name_is_typed_and_the_click_recorded(repository: Repository) -> None:
    words = ("--system", SYSTEM, "--anyway", f"only to see the terminal, in {NOW:%Y}")
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}

    with subprocess.Popen(
        [sys.executable, "-c", "import sys; from gladi.cli import main; sys.exit(main())", *OPEN, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=repository.root,
        env=inherited | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        os.close(theirs)
        shown = until(ours, b"to go on (6500001): ")
        os.write(ours, b"Toko Melati\n")
        shown += until(ours, b"(Ctrl-C: not now).")
        recorded = repository.events
        os.write(ours, b"\n")
        shown += until(ours, HELP_CENTER.encode())
        status = process.wait(30)
    os.close(ours)

    assert (status, recorded, repository.events) == (0, ["opened"], ["opened", "linked"])
    assert b'6. Click on "Confirm"' in shown


def until(terminal: int, sign: bytes) -> bytes:
    """Read what a terminal shows until a sign of it; a program that ends before has shown too little."""
    shown = b""
    while sign not in shown:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # the other end was closed
            read = b""
        assert read, shown.decode()
        shown += read
    return shown
