"""The weather of a play is what its level says, the same again under the same seed, and lets a system through that tries again."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from gladi.platforms.troubles.level import UNDER_A_TOKEN, troubles_of
from gladi.platforms.troubles.readings import Readings
from gladi.record.operations import OPERATIONS, Operation
from gladi.record.wire import Host, Request
from gladi.record.words import TroubleLevel

SHIP = next(one for one in OPERATIONS if one.name == "shop.ship_package")
TOKEN = next(one for one in OPERATIONS if one.name == "tokopedia.get_token")
LEGAL = {"list in another order", "unknown fields", "short page", "shifted pages"}
WRONG = {
    "request lost",
    "answer lost",
    "answer too late",
    "too many requests",
    "server fault",
    "answer cut short",
    "answer malformed",
    "token ended early",
    "ids as numbers",
}


def draws(level: TroubleLevel, *, seed: int = 0, calls: int = 3000, operation: Operation = SHIP, same: bool = False) -> list[list[str]]:
    """Give what befalls so many calls: each of its own path, or all the same."""
    weather = troubles_of(level, seed, ends=lambda platform: None, readings=Readings())  # noqa: ARG005 - nothing ends here
    if weather is None:
        return []
    paths = ("/one" if same else f"/{number}" for number in range(calls))
    return [[one.name for one in weather.sends(operation, Request("POST", Host.SHOP_API, path, 0))] for path in paths]


def wrong(befallen: list[str]) -> list[str]:
    return [name for name in befallen if name not in LEGAL]


def test_there_is_none_where_it_is_off() -> None:
    assert troubles_of(TroubleLevel.OFF, 0, ends=lambda platform: None, readings=Readings()) is None  # noqa: ARG005


def test_normal_is_awkward_and_legal_and_nothing_else() -> None:
    found = Counter(name for one in draws(TroubleLevel.NORMAL) for name in one)

    assert set(found) == LEGAL
    assert min(found.values()) > 300


def test_harsh_is_all_of_it_and_each_of_it_seldom() -> None:
    found = Counter(name for one in draws(TroubleLevel.HARSH) for name in one)

    assert set(found) == LEGAL | WRONG
    assert 0.04 < sum(found[name] for name in WRONG) / 3000 < 0.12


def test_one_thing_goes_wrong_at_a_time() -> None:
    assert max(len(wrong(one)) for one in draws(TroubleLevel.HARSH)) == 1


def test_a_call_that_is_made_again_gets_through() -> None:
    befallen = [bool(wrong(one)) for one in draws(TroubleLevel.HARSH, same=True)]

    assert sum(befallen) > 50
    assert not any(first and second for first, second in pairwise(befallen))


@pytest.mark.parametrize("level", [TroubleLevel.NORMAL, TroubleLevel.HARSH])
def test_the_same_seed_has_the_same_weather(level: TroubleLevel) -> None:
    assert draws(level, seed=3) == draws(level, seed=3)
    assert draws(level, seed=3) != draws(level, seed=4)


def test_who_asks_for_a_token_can_only_be_lost() -> None:
    found = {name for one in draws(TroubleLevel.HARSH, operation=TOKEN) for name in one}

    assert found == {"request lost", "answer lost", "answer too late"}
    assert TOKEN.name not in UNDER_A_TOKEN
