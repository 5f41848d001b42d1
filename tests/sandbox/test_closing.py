"""The end of the Tokopedia Open API: first no writes, then silence, by hand or on the day that a setting names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gladi.record.journal import Fact, Finding, What
from gladi.record.wire import Lost
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.settings import Settings
from gladi.sandbox.switches import agree, switch
from gladi.sandbox.world.closing import Regime, close
from gladi.sandbox.world.world import WorldError
from tests.sandbox.tokopedia import Caller

SHOP_INFO = "GET /v1/shop/fs/{fs_id}/shop-info"
REGISTER = "POST /v1/fs/{fs_id}/register"


def lost(caller: Caller) -> list[Lost | None]:
    """Ask for a token, read, and write."""
    return [one.lost for one in (caller.authorizes(), caller.calls(SHOP_INFO), caller.calls(REGISTER, {"fs_id": caller.fs_id}))]


def test_an_open_api_answers_everything() -> None:
    caller = Caller()

    assert lost(caller) == [None, None, None]


def test_without_writes_it_still_reads_and_gives_tokens() -> None:
    caller = Caller()

    close(caller.world, Regime.READ_ONLY)

    assert lost(caller) == [None, None, Lost.REQUEST]


def test_closed_it_answers_nothing_and_a_write_has_changed_nothing() -> None:
    caller = Caller()
    before = caller.api.hooks

    close(caller.world, Regime.CLOSED)

    assert lost(caller) == [Lost.REQUEST] * 3
    assert caller.api.hooks is before
    assert caller.calls(SHOP_INFO).notes.assumes == ("tokopedia.closed_is_silence",)


def test_it_does_not_open_again() -> None:
    caller = Caller()
    close(caller.world, Regime.CLOSED)

    with pytest.raises(WorldError, match="closed already"):
        close(caller.world, Regime.READ_ONLY)

    assert caller.world.regime is Regime.CLOSED


@pytest.mark.parametrize(
    ("steps", "regimes"),
    [
        ((timedelta(days=1), timedelta(days=3)), [Regime.OPEN, Regime.READ_ONLY, Regime.CLOSED]),
        ((timedelta(days=1),), [Regime.OPEN, Regime.CLOSED, Regime.CLOSED]),
        ((), [Regime.OPEN, Regime.OPEN, Regime.OPEN]),
    ],
)
def test_a_setting_brings_the_steps_on_their_days(steps: tuple[timedelta, ...], regimes: list[Regime]) -> None:
    sandbox = Sandbox(settings=Settings(tokopedia_closes=steps))
    seen: list[Regime] = []

    for hours in (23, 25, 73):
        sandbox.clock.leap(sandbox.world.began_at + hours * 3_600_000)
        seen.append(sandbox.world.regime)

    assert seen == regimes


def test_no_webhook_tells_of_a_merge_when_the_api_has_closed() -> None:
    sandbox = Sandbox(settings=Settings(tokopedia_closes=(timedelta(hours=1),)))

    sandbox.world.link("shop-1", takes=timedelta(hours=3))
    sandbox.clock.leap(sandbox.clock.now + 5 * 3_600_000)

    told = [one.value for one in sandbox.journal.entries if isinstance(one, Fact) and one.what == What.TOKOPEDIA_CLOSED]
    went_nowhere = [one for one in sandbox.journal.entries if isinstance(one, Finding)]
    assert (list(sandbox.outbox), told, went_nowhere) == ([], ["closed"], [])


def test_the_steps_are_written_as_durations_that_do_not_run_backwards() -> None:
    name, value = switch("tokopedia_closes=20d,30d")

    agree({name: value})
    assert value == (timedelta(days=20), timedelta(days=30))
    with pytest.raises(ValueError, match="Tokopedia's API does not end by 30d,20d; write tokopedia_closes=20d,30d"):
        agree({"tokopedia_closes": value[::-1]})
