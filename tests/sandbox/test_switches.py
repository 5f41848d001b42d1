"""A switch of the sandbox is read as people write it, and a wrong one is answered with what to write."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from gladi.sandbox.merge import StockAtMerge
from gladi.sandbox.settings import Settings
from gladi.sandbox.switches import agree, switch, switches, takes, written

HOUR = timedelta(hours=1)
ANY_DURATION = "write a duration, such as 90s, 15m, 48h or 7d"


@pytest.mark.parametrize(
    ("word", "name", "value"),
    [
        ("merge_fails=true", "merge_fails", True),
        ("zero_quantity=False", "zero_quantity", False),
        ("webhook_delay=90s", "webhook_delay", timedelta(seconds=90)),
        ("webhook_delay=15m", "webhook_delay", timedelta(minutes=15)),
        ("late_orders_within=48h", "late_orders_within", timedelta(days=2)),
        ("delivery_after=7d", "delivery_after", timedelta(days=7)),
        ("document_takes=0s", "document_takes", timedelta()),
        ("webhook_retries=1m,5m", "webhook_retries", (timedelta(minutes=1), timedelta(minutes=5))),
        ("webhook_retries=", "webhook_retries", ()),
        ("stock_at_merge=SUM", "stock_at_merge", StockAtMerge.SUM),
        ("tokopedia_rate=12", "tokopedia_rate", 12),
    ],
)
def test_a_switch_is_read_by_the_type_of_what_it_holds(word: str, name: str, value: Any) -> None:
    read = switch(word)

    assert read == (name, value)
    assert type(read[1]) is type(value)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("merge_fail=true", "'merge_fail' is no switch of the sandbox; did you mean merge_fails?"),
        ("Merge-Fails=true", "'Merge-Fails' is no switch of the sandbox; did you mean merge_fails?"),
        ("colour=red", f"'colour' is no switch of the sandbox; write one of {', '.join(switches())}"),
        ("", f"'' is no switch of the sandbox; write one of {', '.join(switches())}"),
        ("merge_fails", "merge_fails lacks a value; write merge_fails= and true or false"),
        ("merge_fails=1", "'1' is no value of merge_fails; write true or false"),
        ("webhook_delay=15", f"'15' is no value of webhook_delay; {ANY_DURATION}"),
        ("webhook_delay=-1m", f"'-1m' is no value of webhook_delay; {ANY_DURATION}"),
        ("webhook_delay=9999999d", f"'9999999d' is no value of webhook_delay; {ANY_DURATION}"),
        ("late_orders_within=1h", "'1h' is no value of late_orders_within; write a duration of 2h or more"),
        ("merge_takes_at_most=4d", "'4d' is no value of merge_takes_at_most; write a duration from 1h to 3d"),
        (
            "webhook_retries=1m,,5m",
            "'1m,,5m' is no value of webhook_retries; write durations with commas between them, such as 1m,15m,2h, or nothing for none",
        ),
        ("stock_at_merge=twice", "'twice' is no value of stock_at_merge; write one of shop, tokopedia, sum"),
        ("tokopedia_rate=0", "'0' is no value of tokopedia_rate; write a whole number of 1 or more"),
        ("tokopedia_rate=²", "'²' is no value of tokopedia_rate; write a whole number of 1 or more"),
        ("strict=true", "strict has an option of its own; write --rehearse-strict"),
    ],
)
def test_a_wrong_switch_is_one_sentence_with_what_to_write(word: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        switch(word)

    assert str(caught.value) == sentence


def test_every_setting_can_be_switched_but_those_with_an_option_of_their_own() -> None:
    every = {name: default for name, default, _ in Settings.evidence()}

    assert {*every} - {*switches()} == {"strict", "in_flight"}
    assert {name: switch(f"{name}={written(every[name])}")[1] for name in switches()} == {name: every[name] for name in switches()}
    assert all(takes(name) for name in switches())


def test_a_merge_that_takes_at_least_more_than_at_most_cannot_be() -> None:
    with pytest.raises(ValueError, match="a merge cannot take at least 30h and at most 1d; write merge_takes_at_least and"):
        agree({"merge_takes_at_least": 30 * HOUR})

    agree({"merge_takes_at_least": 30 * HOUR, "merge_takes_at_most": 30 * HOUR})
