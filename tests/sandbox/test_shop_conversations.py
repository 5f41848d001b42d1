"""Conversations on the shop side: who sees them, what is sendable, and the documented code for everything that is not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gladi.record.journal import Fact, What
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings
from gladi.sandbox.shop import buyer_app
from gladi.sandbox.shop.messages import LATER, RECEIVABLE, SENDABLE
from gladi.sandbox.shop.pictures import dimensions
from gladi.sandbox.world.storefronts import standing
from tests.sandbox.shop import Caller, view_of

if TYPE_CHECKING:
    from gladi.record.wire import Response
    from gladi.sandbox.world.conversations import Conversation
    from gladi.sandbox.world.records import Order

ALL = "/customer_service/202309/conversations"
UPLOAD = "/customer_service/202309/images/upload"
DAY = 86_400_000
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4)
GIF = b"GIF89a" + (640).to_bytes(2, "little") + (480).to_bytes(2, "little")
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + (480).to_bytes(2) + (640).to_bytes(2) + b"\x03"
FORM = {"content-type": "multipart/form-data; boundary=abc"}


def begun(caller: Caller, *, on: Platform = TOKOPEDIA, shop: str = "shop-1", order: Order | None = None) -> Conversation:
    """Let a buyer write; give the conversation."""
    talks = caller.world.conversations
    buyer = order.buyer if order is not None else talks.stranger()
    known = talks.begin(shop, buyer, on=on, home=talks.home_of(shop, on))
    buyer_app.writes(caller.world, known, "TEXT", "hello", order)
    found = talks.of_buyer(shop, buyer.id)
    assert found is not None
    return found


def merged() -> Caller:
    caller = Caller()
    caller.merges()
    return caller


def listed(caller: Caller, size: str = "20", token: str = "") -> Any:
    return caller.json(caller.gets(ALL, (("page_size", size), ("page_token", token))))["data"]


def read(caller: Caller, conversation: Conversation, *pairs: tuple[str, str]) -> Any:
    return caller.json(caller.gets(f"{ALL}/{conversation.id}/messages", (("page_size", "10"), *pairs)))["data"]


def sends(caller: Caller, conversation: Conversation, kind: str, **content: Any) -> Response:
    return caller.posts(f"{ALL}/{conversation.id}/messages", {"type": kind, "content": json.dumps(content)})


def outcome(caller: Caller, response: Response) -> tuple[int, str | None]:
    return caller.json(response)["code"], response.notes.refusal


def uploads(caller: Caller, picture: bytes = PNG) -> Response:
    body = b'--abc\r\nContent-Disposition: form-data; name="data"; filename="a"\r\n\r\n' + picture + b"\r\n--abc--\r\n"
    return caller.posts(UPLOAD, body, headers=FORM, signed_body=b"")


def test_a_tokopedia_buyers_conversation_is_listed_after_the_merge_and_was_not_before() -> None:
    caller = Caller()
    before = begun(caller)
    caller.merges()
    after = begun(caller)

    rows = listed(caller)["conversations"]

    assert [row["id"] for row in rows] == [after.id]
    assert before.home is TOKOPEDIA
    assert len(after.id) == 19
    assert {one["role"]: one.get("buyer_platform") for one in rows[0]["participants"]} == {"BUYER": "TOKOPEDIA", "SHOP": None}
    assert rows[0]["latest_message"]["content"] == '{"content":"hello"}'


def test_the_list_goes_from_the_newest_message_to_the_oldest_over_all_pages() -> None:
    caller = Caller()
    ids = []
    for _ in range(5):
        ids.append(begun(caller, on=SHOP).id)
        caller.clock.leap(caller.clock.now + 1000)
    seen: list[str] = []
    token = ""
    while not seen or token:
        page = listed(caller, "2", token)
        seen += [row["id"] for row in page["conversations"]]
        token = page["next_page_token"]

    assert seen == ids[::-1]


@pytest.mark.parametrize(("order", "expected"), [("ASC", 1), ("DESC", -1)])
def test_messages_come_in_the_order_that_is_asked_for_over_all_pages(order: str, expected: int) -> None:
    caller = merged()
    conversation = begun(caller)
    for _ in range(11):
        sends(caller, conversation, "TEXT", content="again")
    pages = [read(caller, conversation, ("sort_order", order))]
    pages.append(read(caller, conversation, ("sort_order", order), ("page_token", pages[0]["next_page_token"])))

    indexes = [int(message["index"]) for page in pages for message in page["messages"]]

    assert indexes == sorted(indexes)[::expected]
    assert len(indexes) == len(set(indexes)) == 12
    assert pages[1]["next_page_token"] == ""


@pytest.mark.parametrize(
    ("path", "size"), [(ALL, "0"), (ALL, "21"), (ALL, ""), (f"{ALL}/{{}}/messages", "11"), (f"{ALL}/{{}}/messages", "")]
)
def test_a_page_of_another_size_is_refused(path: str, size: str) -> None:
    caller = merged()
    conversation = begun(caller)

    answer = caller.gets(path.format(conversation.id), (("page_size", size),))

    assert outcome(caller, answer) == (45101001, "chat_parameter_invalid")


def test_reading_marks_nothing_as_read_and_read_message_does() -> None:
    caller = merged()
    conversation = begun(caller)
    read(caller, conversation)
    before = listed(caller)["conversations"][0]["unread_count"]
    caller.posts(f"{ALL}/{conversation.id}/messages/read")

    after = listed(caller)["conversations"][0]["unread_count"]

    assert (before, after) == (1, 0)


@pytest.mark.parametrize("kind", RECEIVABLE + LATER)
def test_every_type_that_arrives_has_a_json_object_for_its_content(kind: str) -> None:
    caller = merged()
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    conversation = begun(caller, order=order)

    buyer_app.writes(caller.world, conversation, kind, "words", order)

    message = read(caller, conversation)["messages"][0]
    assert message["type"] == kind
    assert json.loads(message["content"])
    assert message["sender"]["role"] in ("BUYER", "SYSTEM")


def listed_in(caller: Caller, app: Platform) -> str:
    """Give the id of a product that is listed in an app; where there is none, of any."""
    listings = list(caller.world.listings.rows("shop", (SHOP, "shop-1")))
    return next((one.id for one in listings if app in standing(one)), listings[0].id)


def contents(caller: Caller, order: Order) -> dict[str, dict[str, Any]]:
    """Give for each type the content that is right."""
    view = view_of(order)
    picture = caller.json(uploads(caller))["data"]
    return {
        "TEXT": {"content": "a" * 2000},
        "IMAGE": picture,
        "PRODUCT_CARD": {"product_id": listed_in(caller, order.bought_on)},
        "ORDER_CARD": {"order_id": view.id},
        "RETURN_REFUND_CARD": {"order_id": view.id, "sku_id": order.lines[0].offer},
        "COUPON_CARD": {"coupon_id": caller.world.conversations.coupon_of("shop-1")},
        "LOGISTICS_CARD": {"order_id": view.id, "package_id": view.package},
        "VIDEO": {"vid": "v1"},
    }


@pytest.mark.parametrize("kind", SENDABLE)
def test_each_sendable_type_arrives_as_it_was_sent(kind: str) -> None:
    caller = merged()
    caller.world.confirm("shop-1")
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    conversation = begun(caller, order=order)
    content = contents(caller, order)[kind]

    answer = caller.json(sends(caller, conversation, kind, **content))

    newest = read(caller, conversation)["messages"][0]
    assert (newest["id"], newest["type"], newest["sender"]["role"]) == (answer["data"]["message_id"], kind, "SHOP")
    assert json.loads(newest["content"]) == content


@pytest.mark.parametrize("kind", [one for one in (*RECEIVABLE, *LATER) if one not in SENDABLE])
def test_a_type_that_only_arrives_is_refused(kind: str) -> None:
    caller = merged()
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    conversation = begun(caller, order=order)

    answer = sends(caller, conversation, kind, **contents(caller, order).get(kind, {"content": "x"}))

    assert outcome(caller, answer) == (45111001, "message_type_not_sendable")
    assert len(read(caller, conversation)["messages"]) == 1


@pytest.mark.parametrize("kind", ["LOGISTICS_CARD", "VIDEO"])
def test_a_switch_makes_the_later_types_sendable(kind: str) -> None:
    caller = Caller(settings=Settings(later_message_types=True))
    order = caller.world.place_order("shop-1", on=SHOP)
    conversation = begun(caller, on=SHOP, order=order)

    answer = sends(caller, conversation, kind, **contents(caller, order)[kind])

    assert outcome(caller, answer) == (0, None)
    assert answer.notes.assumes == ("setting.later_message_types",)


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("SONG", {"content": "x"}, (45101001, "chat_parameter_invalid")),
        ("TEXT", {"content": "a" * 2001}, (45101001, "chat_parameter_invalid")),
        ("TEXT", {"content": " "}, (45101001, "chat_parameter_invalid")),
        ("TEXT", {"text": "x"}, (45101001, "chat_parameter_invalid")),
        ("IMAGE", {"url": "https://elsewhere.example.com/a.png", "width": 1, "height": 1}, (45101001, "chat_parameter_invalid")),
        ("PRODUCT_CARD", {"product_id": "1"}, (45101003, "chat_not_found")),
        ("PRODUCT_CARD", {"product_id": "theirs"}, (45101002, "card_not_eligible")),
        ("ORDER_CARD", {"order_id": "1"}, (45101003, "chat_not_found")),
        ("ORDER_CARD", {"order_id": "theirs"}, (45102007, "chat_no_access")),
        ("RETURN_REFUND_CARD", {"order_id": "mine", "sku_id": "1"}, (45101002, "card_not_eligible")),
        ("COUPON_CARD", {"coupon_id": "1"}, (45111017, "coupon_not_eligible")),
    ],
)
def test_a_message_that_is_not_right_is_refused_and_not_sent(kind: str, content: dict[str, Any], expected: tuple[int, str]) -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    mine, theirs = (caller.world.place_order(shop, on=SHOP) for shop in ("shop-1", "shop-2"))
    conversation = begun(caller, on=SHOP)
    real = {
        "theirs": {"product_id": next(caller.world.listings.rows("shop", (SHOP, "shop-2"))).id, "order_id": view_of(theirs).id},
        "mine": {"order_id": view_of(mine).id},
    }
    content = {name: real.get(str(value), {}).get(name, value) for name, value in content.items()}

    answer = sends(caller, conversation, kind, **content)

    assert outcome(caller, answer) == expected
    assert len(read(caller, conversation)["messages"]) == 1


def test_a_product_card_that_a_tokopedia_buyer_cannot_open_is_refused() -> None:
    caller = merged()
    caller.world.confirm("shop-1")
    conversation = begun(caller, on=TOKOPEDIA)
    listings = caller.world.listings.rows("shop", (SHOP, "shop-1"))
    elsewhere = next(one.id for one in listings if TOKOPEDIA not in standing(one))

    answer = sends(caller, conversation, "PRODUCT_CARD", product_id=elsewhere)

    assert outcome(caller, answer) == (45101002, "card_not_eligible")
    assert len(read(caller, conversation)["messages"]) == 1


@pytest.mark.parametrize(("mine", "other"), [(TOKOPEDIA, SHOP), (SHOP, TOKOPEDIA)])
@pytest.mark.parametrize("kind", ["ORDER_CARD", "RETURN_REFUND_CARD"])
def test_a_card_of_an_order_from_the_other_app_is_refused(kind: str, mine: Platform, other: Platform) -> None:
    caller = merged()
    conversation = begun(caller, on=mine)
    order = caller.world.place_order("shop-1", on=other)

    answer = sends(caller, conversation, kind, **contents(caller, order)[kind])

    assert outcome(caller, answer) == (45101002, "card_not_eligible")
    assert len(read(caller, conversation)["messages"]) == 1


def test_content_that_is_no_json_string_is_refused_without_quoting_it() -> None:
    caller = merged()
    conversation = begun(caller)

    answer = caller.posts(f"{ALL}/{conversation.id}/messages", {"type": "TEXT", "content": "my secret"})

    assert outcome(caller, answer) == (45101001, "chat_parameter_invalid")
    assert b"secret" not in answer.body


@pytest.mark.parametrize(("conversation_of", "expected"), [("nobody", 45101003), ("shop-2", 45102007)])
@pytest.mark.parametrize("what", ["reading", "sending", "marking"])
def test_a_conversation_of_nobody_or_of_another_shop_is_refused(conversation_of: str, expected: int, what: str) -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    path = f"{ALL}/{begun(caller, on=SHOP, shop='shop-2').id if conversation_of == 'shop-2' else '7497000000000000001'}/messages"

    answer = {
        "reading": lambda: caller.gets(path, (("page_size", "10"),)),
        "sending": lambda: caller.posts(path, {"type": "TEXT", "content": '{"content":"x"}'}),
        "marking": lambda: caller.posts(f"{path}/read"),
    }[what]()

    assert caller.json(answer)["code"] == expected


def test_a_dialogue_that_tokopedia_alone_has_is_unknown_here_and_that_it_was_asked_for_is_noted() -> None:
    caller = Caller()
    there = caller.world.conversations.begin("shop-1", seller(0).buyers[0], on=TOKOPEDIA, home=TOKOPEDIA)
    here = caller.world.conversations.begin("shop-1", seller(0).buyers[0], on=SHOP, home=SHOP)

    read = [caller.gets(f"/customer_service/202309/conversations/{one.id}/messages", (("page_size", "10"),)) for one in (there, here)]

    assert [(one.notes.placed, one.notes.misplaced) for one in read] == [(False, f"conversation {there.key}"), (True, None)]


def test_thirty_days_after_the_chat_nothing_can_be_sent_to_a_buyer_without_an_order() -> None:
    caller = Caller(settings=Settings())
    silent, orders = begun(caller, on=SHOP), begun(caller, on=SHOP, order=caller.world.place_order("shop-1", on=SHOP))
    caller.clock.leap(caller.clock.now + 31 * DAY)
    caller.token = str(caller.json(caller.refreshes())["data"]["access_token"])

    allowed = {row["id"]: row["can_send_message"] for row in listed(caller)["conversations"]}

    assert allowed == {silent.id: False, orders.id: True}
    assert outcome(caller, sends(caller, silent, "TEXT", content="x")) == (45109003, "chat_closed")
    assert outcome(caller, sends(caller, orders, "TEXT", content="x")) == (0, None)


def creates(caller: Caller, buyer: str) -> Response:
    return caller.posts(ALL, {"buyer_user_id": buyer})


def test_the_shop_begins_a_conversation_with_the_buyer_of_an_order_once() -> None:
    caller = merged()
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)

    ids = {caller.json(creates(caller, order.buyer.id))["data"]["conversation_id"] for _ in range(2)}

    rows = listed(caller)["conversations"]
    assert ids == {row["id"] for row in rows}
    assert len(rows) == 1
    assert "latest_message" not in rows[0]
    assert rows[0]["participants"][0]["buyer_platform"] == "TOKOPEDIA"


def test_the_shop_may_not_write_to_nobody_nor_to_somebody_who_ordered_long_ago() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    nobody = creates(caller, "7496000000000000001")
    caller.clock.leap(caller.clock.now + 61 * DAY)
    caller.token = str(caller.json(caller.refreshes())["data"]["access_token"])

    long_ago = creates(caller, order.buyer.id)

    assert outcome(caller, nobody) == (45101003, "chat_not_found")
    assert outcome(caller, long_ago) == (45109001, "buyer_not_to_be_written_to")


@pytest.mark.parametrize("picture", [PNG, GIF, JPEG])
def test_a_picture_is_measured(picture: bytes) -> None:
    caller = Caller()

    data = caller.json(uploads(caller, picture))["data"]

    assert (data["width"], data["height"]) == (640, 480)


def test_an_upload_that_is_no_form_or_no_picture_is_refused() -> None:
    caller = Caller()
    unnamed = b'--abc\r\nContent-Disposition: form-data; name="file"\r\n\r\n' + PNG + b"\r\n--abc--\r\n"

    answers = [
        caller.posts(UPLOAD, {"data": "x"}),
        uploads(caller, b"text"),
        caller.posts(UPLOAD, unnamed, headers=FORM, signed_body=b""),
        uploads(caller, PNG + b"\0" * (10 * 1024 * 1024)),
    ]

    assert [outcome(caller, answer)[0] for answer in answers] == [36009023, 45101001, 45101001, 36009021]


@pytest.mark.parametrize("picture", [b"", PNG[:20], b"GIF89a", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\0" * 3, JPEG[:12]])
def test_half_a_picture_has_no_dimensions(picture: bytes) -> None:
    assert dimensions(picture) is None


def test_the_journal_tells_who_wrote_what_type_and_not_the_words() -> None:
    caller = merged()
    conversation = begun(caller)
    sends(caller, conversation, "TEXT", content="my words")

    facts = [
        entry for entry in caller.journal.entries if isinstance(entry, Fact) and entry.what in (What.CONVERSATION_BEGAN, What.MESSAGE_SENT)
    ]

    assert [(one.what, one.platform, one.value) for one in facts] == [
        ("conversation began", SHOP, "CHAT-001"),
        ("message sent", SHOP, "TEXT from the buyer in CHAT-001"),
        ("message sent", SHOP, "TEXT from the seller in CHAT-001"),
    ]
    assert "words" not in repr(conversation) + repr(conversation.messages)
