"""`gladi attempts`: what people see of the ledger, what they can write into it, and what it says no to."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.events import Standing
from gladi.attempts.ledger import Ledger
from gladi.cli import main

if TYPE_CHECKING:
    from pathlib import Path

POLICY = '[attempts]\ndeveloper = "Acme"\nledger = "attempts.sqlite"\n'
SHOP = '[[test-shops]]\ntokopedia_shop_id = 480000123\nshop_id = "7495000000000000001"\nname = "Toko Uji"\n'
OUTSIDE = ("record-outside", "--reason", "clicked by hand")


class Terminal(io.StringIO):
    """A terminal at which somebody types what is given, and then nothing more."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose policy names a developer, with nothing of this machine's environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("GLADI_LEDGER", "CI"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "gladi.toml").write_text(POLICY)
    return tmp_path


@pytest.fixture
def opened(root: Path) -> Path:
    """The same with a ledger in which one attempt is open."""
    with Ledger.at(root / "attempts.sqlite", developer="Acme", create=True) as ledger:
        ledger.open("Toko Satu", by="ana")
    return root


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command; give its status, what it printed, and what it complained of."""
    status = main(["attempts", *words])
    out, err = capsys.readouterr()
    return status, out, err


def seen(root: Path, standing: Standing) -> None:
    """Leave the verdict of a run that saw a ledger."""
    verdict = {"schema": 2, "attempts": standing.as_json()}
    (root / "reports").mkdir(exist_ok=True)
    (root / "reports" / "verdict.json").write_text(json.dumps(verdict))


def test_the_list_tells_attempts_events_and_what_is_open(opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger.at(opened / "attempts.sqlite", developer="Acme") as ledger:
        at, digest = f"{ledger.attempts()[0].opened_at:%Y-%m-%d %H:%M}", ledger.standing().digest

    status, out, err = said(capsys)

    assert (status, err) == (0, "")
    assert out == (
        "acme: used 1 of 5, in attempts.sqlite\n"
        f"  1  opened    Toko Satu, {at} UTC by ana\n"
        f"2 events, digest {digest}\n"
        "open: 1; say what became of it with `gladi attempts record N merged` (or failed), "
        "and only where nobody can tell with `gladi attempts settle N --reason ...`\n"
    )


@pytest.mark.parametrize("words", [["--json"], ["list", "--json"]])
def test_the_list_is_json_for_a_machine(opened: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    _, out, _ = said(capsys, *words)

    found = json.loads(out)
    with Ledger.at(opened / "attempts.sqlite", developer="Acme") as ledger:
        assert Standing.of(found["standing"]) == ledger.standing()
    assert [(one["ordinal"], one["state"], one["open"]) for one in found["attempts"]] == [(1, "opened", True)]
    assert (found["attestations"], found["cautions"]) == ([], [])


@pytest.mark.usefixtures("opened")
def test_an_open_attempt_is_settled_and_stays_spent(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "settle", "1", "--reason", "the console says it merged", "--by", "budi")

    assert (status, out) == (0, "attempt 1 is settled and stays spent\nacme: used 1 of 5, in attempts.sqlite\n")
    assert "settled   Toko Satu" in said(capsys)[1]
    assert ": the console says it merged\n" in said(capsys)[1]


@pytest.mark.usefixtures("opened")
def test_an_attempt_that_never_reached_the_platform_is_released(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "release", "1", "--reason", "the browser never opened")

    assert (status, out) == (0, "attempt 1 is released and can be opened once more\nacme: used 0 of 5, in attempts.sqlite\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["settle", "4", "--reason", "x"], "'acme' has no attempt 4; there are 1"),
        (
            ["release", "1", "--reason", "  "],
            "the reason is empty; a record that says nothing cannot be judged later, so write a few words",
        ),
        (["quota", "5", "--reason", "x"], "the recorded quota of 'acme' is 5, and 5 is no more than that"),
        (["quota", "6", "--reason", "x"], "a quota of 6 cannot be; a developer account has 5 attempts, ever"),
        (["attest", "target-market", "--until", "2020-01-31"], "an attestation until 2020-01-31 has run out already; write a day to come"),
        (
            ["import", "other.sqlite"],
            "the ledger of gladi.toml is a SQLite file; write a postgresql:// URL there, or into GLADI_LEDGER, first",
        ),
    ],
)
def test_what_the_ledger_refuses_is_one_sentence(opened: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str) -> None:
    before = (opened / "attempts.sqlite").read_bytes()

    status, out, err = said(capsys, *words)

    assert (status, out, err) == (10, "", f"gladi attempts: {sentence}\n")
    assert (opened / "attempts.sqlite").read_bytes() == before


def test_a_click_outside_is_recorded_as_an_attempt(opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, *OUTSIDE, "--shop", "Toko Luar", "--confirm-shop", "Toko Luar")

    assert opened
    assert (status, out) == (0, "recorded as attempt 2, linked outside Gladi\nacme: used 2 of 5, in attempts.sqlite\n")


@pytest.mark.parametrize("shop", ["Toko Uji", "480000123"])
def test_a_test_shop_that_was_linked_outside_is_recorded_by_name_and_id(
    opened: Path, capsys: pytest.CaptureFixture[str], shop: str
) -> None:
    (opened / "gladi.toml").write_text(POLICY + SHOP)

    status, _, _ = said(capsys, *OUTSIDE, "--shop", shop, "--confirm-shop", "Toko Uji")

    assert status == 0
    assert "  2  outside   Toko Uji (480000123), " in said(capsys)[1]


@pytest.mark.parametrize(
    ("shops", "words", "sentence"),
    [
        (SHOP, ("Tko Uji", "Tko Uji"), "'Tko Uji' is none of the [[test-shops]] in gladi.toml, which are 'Toko Uji' (480000123)"),
        (SHOP, ("Toko Uji", "Tko Uji"), "'Tko Uji' is not the name of the shop, which is 'Toko Uji'"),
        ("", ("Tko Uji", "Toko Uji"), "'Toko Uji' is not the name of the shop, which is 'Tko Uji'"),
        (SHOP, ("Toko Uji",), "there is no terminal on which a person could type the shop's name; name it with --confirm-shop NAME"),
    ],
    ids=["no test shop", "another name", "two names", "no terminal"],
)
def test_a_slip_of_the_name_spends_nothing(
    opened: Path, capsys: pytest.CaptureFixture[str], shops: str, words: tuple[str, ...], sentence: str
) -> None:
    (opened / "gladi.toml").write_text(POLICY + shops)

    status, out, err = said(capsys, *OUTSIDE, *(word for pair in zip(("--shop", "--confirm-shop"), words, strict=False) for word in pair))

    assert (status, out, err) == (2, "", f"gladi attempts: {sentence}; nothing is recorded\n")
    assert said(capsys)[1].startswith("acme: used 1 of 5")


@pytest.mark.parametrize(("typed", "status", "used"), [("Toko Uji\n", 0, 2), ("Tko Uji\n", 2, 1), ("", 2, 1)])
def test_a_click_outside_is_confirmed_at_a_terminal(
    opened: Path, monkeypatch: pytest.MonkeyPatch, typed: str, status: int, used: int
) -> None:
    (opened / "gladi.toml").write_text(POLICY + SHOP)
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout", shown := Terminal())

    found = main(["attempts", *OUTSIDE, "--shop", "Toko Uji"])

    with Ledger.at(opened / "attempts.sqlite", developer="Acme") as ledger:
        assert (found, ledger.standing().used) == (status, used)
    assert shown.getvalue().startswith("This records an attempt as spent, for good. Type the name of the shop to go on: ")


def test_an_attestation_stands_in_the_list(opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "attest", "target-market", "--until", "9999-12-31", "--by", "ana", "--note", "seen")

    assert opened
    assert (status, out.splitlines()[0]) == (0, "target-market is vouched for by ana until 9999-12-31")
    assert "target-market: vouched for by ana until 9999-12-31\n" in said(capsys)[1]


@pytest.mark.parametrize(
    "words",
    [
        ["settle", "one", "--reason", "x"],
        ["settle", "1"],
        ["attest", "everything", "--until", "9999-12-31"],
        ["attest", "target-market", "--until", "tomorrow"],
        ["reset"],
    ],
)
def test_what_cannot_be_meant_is_a_mistake_of_usage(opened: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as exits:
        said(capsys, *words)

    assert opened
    assert exits.value.code == 2


def test_a_policy_without_a_developer_is_a_mistake_of_usage(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "gladi.toml").write_text("")

    status, _, err = said(capsys)

    assert status == 2
    assert err == (
        'gladi attempts: gladi.toml names no developer, so no attempts are counted; write developer = "..." into its [attempts]\n'
    )


def test_where_there_is_no_policy_at_all_the_sentence_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "gladi.toml").unlink()

    status, _, err = said(capsys)

    assert status == 2
    assert err == (
        'gladi attempts: there is no gladi.toml here or above, so no attempts are counted; write one with developer = "..." in [attempts]\n'
    )


def test_a_day_that_is_none_is_refused_with_one_that_is(opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        said(capsys, "attest", "target-market", "--until", "tomorrow")

    assert opened
    assert capsys.readouterr().err.endswith("argument --until: 'tomorrow' is no day; write one such as 2027-01-31\n")


def test_a_ledger_is_made_by_create_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looked = said(capsys)
    there = (root / "attempts.sqlite").exists()

    made = said(capsys, "create")

    assert (looked[0], there) == (12, False)
    assert "make it with `gladi attempts create`" in looked[2]
    assert made == (0, "there is a ledger\nacme: used 0 of 5, in attempts.sqlite\n", "")


@pytest.mark.parametrize("verb", ["list", "create"])
def test_a_ledger_that_a_verdict_saw_is_not_made_again(root: Path, capsys: pytest.CaptureFixture[str], verb: str) -> None:
    seen(root, Standing("acme", 2, 5, (), 4, "d" * 64))

    status, _, err = said(capsys, verb)

    assert status == 12
    assert err == (
        "gladi attempts: there is no ledger at attempts.sqlite, and reports/verdict.json saw one: used 2 of 5 in 4 events of 'acme'; "
        "put it back from a copy, for none is made in its place\n"
    )
    assert not (root / "attempts.sqlite").exists()


def test_a_ledger_that_was_replaced_since_the_verdict_is_refused(opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen(opened, Standing("acme", 2, 5, (), 2, "d" * 64))

    status, out, err = said(capsys, "settle", "1", "--reason", "it merged")

    assert (status, out) == (12, "")
    assert "is not the one of an earlier report, which saw used 2 of 5 in 2 events of 'acme'" in err


def test_a_verdict_about_somebody_else_is_a_caution(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen(root, Standing("other", 2, 5, (), 4, "d" * 64))

    status, out, _ = said(capsys, "create")

    assert status == 0
    assert "caution: an earlier report counted for 'other' (used 2 of 5), and 'acme' has no attempt yet; " in out


def test_a_lower_quota_of_the_policy_holds(opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (opened / "gladi.toml").write_text(POLICY + "quota = 2\n")

    _, out, _ = said(capsys)

    assert out.startswith("acme: used 1 of 2, in attempts.sqlite\n")


def test_the_secret_of_a_url_is_never_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path) -> None:
    monkeypatch.setenv("GLADI_LEDGER", f"postgresql://ana:veritas@/attempts?host={root}")

    status, out, err = said(capsys)

    assert status == 12
    assert "cannot be reached" in err
    assert "veritas" not in out + err
