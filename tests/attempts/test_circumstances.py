"""An attempt is opened by a person, once; and the cues that link shops are for an attempt that is open."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from gladi.attempts.circumstances import Circumstances
from gladi.attempts.cues import HELP_CENTER, links_the_shops
from gladi.attempts.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"PYTEST_XDIST_WORKER": "gw3"}, "this is worker gw3 of pytest-xdist"),
        ({"PYTEST_ADDOPTS": "-q --reruns 2"}, "tests that fail are run again here"),
        ({"PYTEST_ADDOPTS": "--reruns=2"}, "tests that fail are run again here"),
        ({"PYTEST_ADDOPTS": "--force-flaky"}, "tests that fail are run again here"),
        ({"PYTEST_ADDOPTS": "--reruns 2 'open"}, "tests that fail are run again here"),
        ({"PYTEST_CURRENT_TEST": "tests/test_a.py::test_b (call)"}, "this runs inside the test tests/test_a.py::test_b, "),
    ],
)
def test_nothing_that_may_come_again_opens_an_attempt_even_when_the_shop_is_named(environment: dict[str, str], says: str) -> None:
    against = Circumstances.of(environment, terminal=True).against(named=True)

    assert against is not None
    assert against.startswith(says)


def test_without_a_terminal_the_shop_has_to_be_named() -> None:
    nobody = Circumstances.of({}, terminal=False)

    assert nobody.against(named=False) == (
        "there is no terminal on which a person could type the shop's name; name it with --confirm-shop NAME"
    )
    assert nobody.against(named=True) is None


def test_a_person_at_a_terminal_may_open_one() -> None:
    assert Circumstances.of({"PYTEST_ADDOPTS": "-q"}, terminal=True).against(named=False) is None


def test_the_six_cues_are_the_guides_for_the_shop_of_the_attempt(tmp_path: Path) -> None:
    with Ledger.at(tmp_path / "ledger.sqlite", developer="acme", create=True) as ledger:
        attempt = ledger.open("Toko Melati (6500001)", by="Ayu")

    cues = links_the_shops(attempt)

    assert [cue.number for cue in cues] == [1, 2, 3, 4, 5, 6]
    assert [cue.number for cue in cues if cue.irreversible] == [6]
    assert "https://partner.tiktokshop.com/v2_sandbox/config?activeTab=manage_account&region=ID" in str(cues[0])
    assert "Toko Melati (6500001)" in str(cues[4])
    assert HELP_CENTER == "https://partner.tiktokshop.com/ticket/landing"


def test_no_cue_is_given_for_what_only_looks_like_an_open_attempt() -> None:
    look_alike: Any = SimpleNamespace(shop="Toko Melati", ordinal=1, opened_at=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(TypeError, match="an attempt that the ledger has opened"):
        links_the_shops(look_alike)
