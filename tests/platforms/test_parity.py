"""Parity says where a recording and the sandbox differ, and nothing where they differ only in ids, instants and page tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.platforms.parity.accepted import AcceptedError, accepted
from gladi.platforms.parity.parity import compare, summed
from gladi.platforms.parity.translation import Translation
from gladi.platforms.parity.values import References
from gladi.record.wire import Host, Lost, Request, Response

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.platforms.parity.parity import Parity

LIST = "/v2/order/list"
SHIP = "/inventory/v1/fs/1/pick-up"


def asks(path: str = LIST, *, body: bytes = b"", query: str = "") -> Request:
    return Request("POST" if body else "GET", Host.TOKOPEDIA_API, path, 0, query, {}, body)


def says(data: Any, *, status: int = 200, lost: Lost | None = None) -> Response:
    return Response(status, (), msgspec.json.encode({"data": data}), lost=lost)


def parity(
    recorded: list[tuple[Request, Response]], answers: list[Response], *, known: dict[str, str] | None = None
) -> tuple[Parity, list[Request]]:
    """Compare with a model that gives `answers` in turn; give what it was asked, too."""
    asked: list[Request] = []

    def model(request: Request) -> Response:
        asked.append(request)
        return answers[len(asked) - 1]

    found = compare(
        recorded, model, translation=Translation(known or {}), redacts=lambda response: response, readies=lambda request: request
    )
    return found, asked


def one(there: Response, here: Response) -> list[str]:
    found, _ = parity([(asks(), there)], [here])
    return [str(difference) for difference in found.found]


def test_ids_instants_and_page_tokens_may_differ() -> None:
    there = [
        {"order_id": 7, "buyer_id": 7, "create_time": 1, "status": 400},
        {"order_id": 8, "buyer_id": 7, "create_time": 2, "status": 400},
    ]
    here = [
        {"order_id": 71, "buyer_id": 71, "create_time": 5, "status": 400},
        {"order_id": 72, "buyer_id": 71, "create_time": 6, "status": 400},
    ]

    left = says({"rows": there, "next_page_token": "a", "last": {"next_page_token": "a"}})
    right = says({"rows": here, "next_page_token": "b", "last": {"next_page_token": "c"}})

    assert one(left, right) == []


@pytest.mark.parametrize(
    ("there", "here", "difference"),
    [
        (says({}), says({}, status=403), "status: recorded 200, sandbox 403"),
        (
            Response(200, (), b'{"code":0}'),
            Response(200, (), b'{"code":105002}'),
            "code: recorded none, sandbox 105002",
        ),
        (says([{"a": 1}]), says([{"a": "1"}]), "shape at data[].a: recorded number, sandbox text"),
        (says([{"a": 1, "b": 1}]), says([{"a": 1}]), "shape at data[].b: recorded number, sandbox nothing"),
        (says([{"a": 1}]), says([{"a": 1, "b": 1}]), "shape at data[].b: recorded nothing, sandbox number"),
        (
            Response(200, (), b'{"code":1,"status":400,"more":1}'),
            Response(200, (), b'{"code":2,"status":220}'),
            "code: recorded 1, sandbox 2",
        ),
        (says([{"status": 400}]), says([{"status": 220}]), "behaviour at data[].status: recorded 400, sandbox 220"),
        (
            says([{"order_id": 1}, {"order_id": 1}]),
            says([{"order_id": 5}, {"order_id": 6}]),
            "behaviour at data[].order_id: recorded id #1, sandbox id #2",
        ),
        (
            says([{"order_id": 1}, {"order_id": 2}]),
            says([{"order_id": 5}, {"order_id": 5}]),
            "behaviour at data[].order_id: recorded id #2, sandbox id #1",
        ),
    ],
    ids=[
        *("status", "code", "kind of a value", "missing field", "field of the sandbox alone", "nothing after a code", "word"),
        *("ids told apart here", "ids told apart there"),
    ],
)
def test_a_difference_is_told_once_with_both_sides(there: Response, here: Response, difference: str) -> None:
    assert one(there, here) == [f"tokopedia.list_orders: {difference}"]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_new_id_gets_a_number_that_neither_side_has_used(swapped: bool) -> None:  # noqa: FBT001 - a case
    pairs = [("a", "x"), ("a", "y"), ("b", "z"), ("b", "y"), ("a", "x")]
    references = References()

    numbers = [references.of(*(reversed(pair) if swapped else pair)) for pair in pairs]

    assert [tuple(reversed(found)) if swapped else found for found in numbers] == [(1, 1), (1, 2), (3, 3), (3, 2), (1, 1)]


def test_what_hangs_below_an_empty_list_is_no_difference() -> None:
    assert one(says({"rows": []}), says({"rows": [{"a": 1}]})) == []


def test_the_ids_of_the_model_are_put_into_what_is_asked_next() -> None:
    recorded = [(asks(), says([{"order_id": 7}])), (asks(SHIP, body=b'{"order_id":7,"shop_id":3}'), says({}))]

    _, asked = parity(recorded, [says([{"order_id": 71}]), says({})], known={"3": "33"})

    assert asked[1].body == b'{"order_id":71,"shop_id":33}'


def test_an_answer_that_was_lost_is_asked_for_and_not_compared() -> None:
    recorded = [(asks(), says({}, lost=Lost.ANSWER)), (asks(), says({}, lost=Lost.REQUEST)), (asks("/nowhere"), says({}))]

    found, asked = parity(recorded, [says({}, status=500)])

    assert (len(asked), found.found, found.exchanges) == (1, [], {})
    assert sum(found.passed_over.values()) == 3


def test_what_differs_in_nothing_is_confirmed_and_what_is_accepted_is_not(tmp_path: Path) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text(
        '[[accepted]]\noperation = "tokopedia.list_orders"\nin = "behaviour"\nat = "data[].status"\nreason = "another seller"\n'
        '[[accepted]]\noperation = "tokopedia.list_orders"\nin = "status"\nreason = "it was so"\n'
        '[[accepted]]\noperation = "tokopedia.get_shop_info"\nin = "status"\nreason = "nobody asked it"\n'
    )
    found, _ = parity([(asks(), says([{"status": 1}]))], [says([{"status": 2}])])
    same, _ = parity([(asks(SHIP, body=b"{}"), says({}))], [says({})])
    given = accepted(file)

    whole = summed([found, same, found])

    assert whole.exchanges == {"tokopedia.list_orders": 2, "tokopedia.request_pickup": 1}
    assert (whole.unaccepted(given), whole.confirmed, len(whole.found)) == ([], ["tokopedia.request_pickup"], 1)
    assert [one.reason for one in whole.gone(given)] == ["it was so"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("accepted = 1", "accepted.toml holds something else than [[accepted]]; write each difference as one [[accepted]]"),
        ("[other]", "accepted.toml holds something else than [[accepted]]; write each difference as one [[accepted]]"),
        ("[[accepted]]", "accepted.toml: [[accepted]] number 1 needs operation, in and reason, and may have at, each a text"),
        (
            '[[accepted]]\noperation="a"\nin="taste"\nreason="r"',
            "accepted.toml: [[accepted]] number 1 says in = 'taste'; write one of status, code, shape, behaviour",
        ),
        (
            '[[accepted]]\noperation="a"\nin="code"\nreason=" "',
            "accepted.toml: [[accepted]] number 1 gives no reason; write why the difference is accepted",
        ),
    ],
)
def test_a_wrong_file_is_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "accepted.toml").write_text(text)

    with pytest.raises(AcceptedError) as wrong:
        accepted(tmp_path / "accepted.toml")

    assert str(wrong.value) == sentence
