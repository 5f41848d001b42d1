"""What the reports remember of ledgers: whoever was counted once stays known, whatever the policy calls the developer since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gladi.attempts.events import Standing
from gladi.attempts.memory import Memory

ACME = Standing("acme", 2, 5, (2,), 4, "d" * 64)
OTHER = replace(ACME, developer="other", used=1)


def test_a_developer_is_remembered_by_any_spelling() -> None:
    memory = Memory.of(ACME.as_json())

    assert (memory.by(" Acme "), memory.by("other"), memory.by(None)) == (ACME, None, None)


def test_what_was_seen_of_others_is_carried_on_beside_the_next_one() -> None:
    next_one = OTHER.as_json() | Memory.of(ACME.as_json()).beside("other")

    memory = Memory.of(next_one)

    assert (memory.by("acme"), memory.by("other")) == (ACME, OTHER)
    assert Memory.of(memory.beside(None)).others("acme") == (OTHER,)


def test_what_never_held_an_event_is_not_carried_on() -> None:
    assert Memory.of(replace(ACME, used=0, events=0).as_json()).beside("other") == {}


def test_a_developer_without_attempts_is_cautioned_about_the_one_before() -> None:
    memory = Memory.of(ACME.as_json())

    (caution,) = memory.cautions("Acme Ltd", attempts=0)

    assert caution == (
        "an earlier report counted for 'acme' (used 2 of 5), and 'acme ltd' has no attempt yet; where both are one account its five are "
        "one count, so write the old name as `developer` in gladi.toml"
    )
    assert memory.cautions("Acme Ltd", attempts=1) == memory.cautions("ACME", attempts=0) == ()


@pytest.mark.parametrize("given", [None, [], {}, {"developer": "acme"}, {"others": []}, {"others": {"acme": 3}}])
def test_what_cannot_be_read_is_not_remembered(given: Any) -> None:
    assert Memory.of(given).standings == {}
