from datetime import UTC, datetime, timedelta

import pytest

from gladi.record.clock import Clock, ClockError, instant, moment, wall_time


def test_timers_fire_in_order_of_time_and_then_in_order_of_setting() -> None:
    clock = Clock(0)
    fired: list[str] = []
    clock.at(20, lambda: fired.append("late"), name="late")
    clock.at(10, lambda: fired.append("first"), name="first")
    clock.at(10, lambda: fired.append("second"), name="second")

    clock.leap(20)

    assert fired == ["first", "second", "late"]


def test_a_timer_sees_its_own_instant_and_may_set_another_one() -> None:
    clock = Clock(0)
    seen: list[int] = []

    def again() -> None:
        seen.append(clock.now)
        if len(seen) < 3:
            clock.after(timedelta(milliseconds=5), again, name="again")

    clock.at(5, again, name="again")

    clock.leap(100)

    assert (seen, clock.now, clock.due) == ([5, 10, 15], 100, None)


def test_a_cancelled_timer_is_neither_due_nor_fired() -> None:
    clock = Clock(0)
    fired: list[str] = []
    timer = clock.at(10, lambda: fired.append("never"), name="never")

    timer.cancel()
    clock.leap(20)

    assert (fired, clock.due, clock.pending()) == ([], None, [])


def test_the_clock_refuses_to_run_backwards() -> None:
    clock = Clock(instant(datetime(2025, 3, 3, 2, tzinfo=UTC)))

    with pytest.raises(ClockError, match="stands at 2025-03-03 02:00:00 UTC and cannot go back to 2025-03-03 01:59:59 UTC"):
        clock.leap(clock.now - 1000)


def test_instants_and_moments_are_each_other() -> None:
    when = datetime(2025, 3, 3, 2, 0, 0, 123_000, tzinfo=UTC)

    assert (moment(instant(when)), wall_time(instant(when))) == (when, "09:00")


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        instant(datetime(2025, 3, 3))  # noqa: DTZ001 - the mistake under test
