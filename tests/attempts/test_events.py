"""Names, digests and standings: the parts of the ledger that need no database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gladi.attempts.events import Event, Kind, Standing, genesis, known_as, sealed, verify
from gladi.attempts.faults import ReplacedLedgerError


def chain(*shops: str) -> tuple[Event, ...]:
    """Give an unbroken record of `acme`."""
    events: list[Event] = []
    last = genesis("acme")
    for number, shop in enumerate(shops, start=1):
        event = Event(
            developer="acme",
            number=number,
            kind=Kind.OPENED,
            at="2026-03-02T12:00:00.000000+00:00",
            by="ana",
            host="desk",
            ordinal=number,
            generation=1,
            shop=shop,
            token="t",
        )
        events.append(sealed(last, event))
        last = events[-1].digest
    return tuple(events)


@pytest.mark.parametrize("name", ["Acme", " acme ", "ACME", "\tacme\n", "\uff41\uff43\uff4d\uff45", "ac\u200bme"])
def test_one_developer_has_one_name_however_it_is_written(name: str) -> None:
    assert known_as(name) == "acme"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße GmbH", "STRASSE  gmbh"), ("Caf\u00e9", "cafe\u0301"), ("Toko\u00a0Satu", "toko satu"), ("ﬁrma", "FIRMA")],
)
def test_names_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert known_as(one) == known_as(other)


@pytest.mark.parametrize("name", ["Acme", "İstanbul", "ᾳ\u0345", "ﬃ Straße", "\u1e9e", "a \u200b b"])
def test_the_name_of_a_name_is_that_name(name: str) -> None:
    assert known_as(known_as(name)) == known_as(name)


def test_an_unbroken_record_has_the_digest_of_its_last_event() -> None:
    events = chain("Toko Satu", "Toko Dua")

    assert verify("acme", events) == events[-1].digest
    assert verify("acme", ()) == genesis("acme")


def test_every_field_is_under_the_digest() -> None:
    (event,) = chain("Toko Satu")
    others: dict[str, Any] = {
        "developer": "other",
        "number": 2,
        "kind": Kind.OUTSIDE,
        "at": "2026-03-02T12:00:00.000001+00:00",
        "by": "eve",
        "host": "far",
        "ordinal": 2,
        "generation": 2,
        "shop": "Toko Dua",
        "note": "x",
        "check": "x",
        "until": "x",
        "quota": 5,
        "token": "u",
        "digest": "0" * 64,
    }

    for name, value in others.items():
        with pytest.raises(ReplacedLedgerError, match="was changed from event 1 on"):
            verify("acme", (replace(event, **{name: value}),))

    assert set(others) == set(event.as_json())


def test_a_record_with_an_event_left_out_or_put_before_another_is_refused() -> None:
    one, two, three = chain("Toko Satu", "Toko Dua", "Toko Tiga")

    for events in ((two, three), (one, three), (two, one, three)):
        with pytest.raises(ReplacedLedgerError):
            verify("acme", events)


@pytest.mark.parametrize(("used", "quota", "said"), [(0, 5, "used 0 of 5"), (2, 5, "used 2 of 5"), (3, 3, "used 3 of 3")])
def test_a_standing_says_how_many_are_used(used: int, quota: int, said: str) -> None:
    standing = Standing("acme", used, quota, (2,), 7, "d")

    assert str(standing) == said
    assert standing.left == quota - used
    assert Standing.of(standing.as_json()) == standing
