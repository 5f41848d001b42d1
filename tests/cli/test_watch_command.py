"""`gladi watch` says in one sentence what cannot be watched, and which shop is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi.attempts.events import Kind
from gladi.attempts.ledger import Ledger
from gladi.attempts.policy import Policy
from gladi.cli import main, record, watch
from gladi.cli.attempts_shop import UnnamedShopError
from gladi.cli.watched import attempt_of, shop_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOPS = "".join(
    f'[[test-shops]]\ntokopedia_shop_id = {number}\nshop_id = "749000000000000000{number}"\nname = "Toko {number}"\n' for number in (1, 2)
)
URL = ("--system-url", "http://127.0.0.1:9/merge")


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """Give the policy of a repository with two test shops, and stand in it."""
    (tmp_path / "gladi.toml").write_text(f'[attempts]\ndeveloper = "acme"\n{SHOPS}')
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GLADI_LIVE_CREDENTIALS", raising=False)
    return Policy.read(tmp_path)


@pytest.fixture
def ledger(policy: Policy) -> Iterator[Ledger]:
    """Give its ledger, empty."""
    with Ledger.at(policy.ledger, developer="acme", create=True) as ledger:
        yield ledger


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--system-url", "merge"], "--system-url is no http or https URL; write one such as http://127.0.0.1:8000/webhooks/merge"),
        (["--system-url", "http://[/"], "--system-url is no http or https URL; write one such as http://127.0.0.1:8000/webhooks/merge"),
        ([*URL, "--port", "65536"], "--port 65536 is no port; write a number from 0 to 65535"),
        ([*URL, "--path", "merge"], "--path merge does not begin with a slash; write one such as /webhooks/merge"),
        ([*URL], "the live target has no credentials: name their file with GLADI_LIVE_CREDENTIALS, or set all variables"),
    ],
)
def test_what_cannot_be_watched_is_one_sentence(
    words: list[str], sentence: str, policy: Policy, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["watch", *words])

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err.startswith(f"gladi watch: {sentence}")
    assert not (policy.root / "gladi-watch.sqlite").exists()


def test_watching_and_recording_go_on_side_by_side() -> None:
    assert watch.PORT != record.PORT


def test_the_shop_is_the_one_whose_attempt_is_open(policy: Policy, ledger: Ledger) -> None:
    ledger.record(ledger.open("Toko 1 (1)", by="ana"), Kind.FAILED)
    ledger.open("Toko 2 (2)", by="ana")
    ledger.outside("Toko 1 (1)", "by hand")

    shop = shop_of(policy, ledger, None)

    assert shop.name == "Toko 2"


def test_when_no_attempt_is_open_the_shop_is_that_of_the_last_one(policy: Policy, ledger: Ledger) -> None:
    ledger.record(ledger.open("Toko 1 (1)", by="ana"), Kind.MERGED)

    shop = shop_of(policy, ledger, None)

    assert shop.name == "Toko 1"


def test_an_attempt_that_was_given_back_is_nobodys(policy: Policy, ledger: Ledger) -> None:
    ledger.open("Toko 1 (1)", by="ana")
    ledger.release(1, "the browser never opened")

    assert attempt_of(ledger, policy.test_shops[0]) is None
    with pytest.raises(UnnamedShopError, match=r"^no attempt was opened, so nobody can tell which shop is meant; name it with --shop$"):
        shop_of(policy, ledger, None)


def test_two_open_attempts_leave_it_open_which_is_meant(policy: Policy, ledger: Ledger) -> None:
    ledger.open("Toko 1 (1)", by="ana")
    ledger.open("Toko 2 (2)", by="ana")

    with pytest.raises(UnnamedShopError, match=r"^2 attempts are open, so nobody can tell"):
        shop_of(policy, ledger, None)
    assert shop_of(policy, ledger, "2").name == "Toko 2"


def test_an_attempt_with_a_shop_that_gladi_toml_does_not_name_is_told(policy: Policy, ledger: Ledger) -> None:
    ledger.open("Toko 3 (3)", by="ana")

    with pytest.raises(UnnamedShopError, match=r"attempt 1 is with 'Toko 3 \(3\)', which is none of the \[\[test-shops\]\]"):
        shop_of(policy, ledger, None)
