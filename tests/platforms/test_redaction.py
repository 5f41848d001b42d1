"""Nothing private reaches a file: canaries in every field of every operation, and each rule is needed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import msgspec
import pytest

from gladi.platforms.recording import har
from gladi.platforms.recording.pseudonyms import Pseudonyms
from gladi.platforms.recording.recorder import recorded
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.sidecar import Sidecar, written
from gladi.record.clock import Clock
from gladi.record.entries import Deed
from gladi.record.journal import Journal
from gladi.record.names import Rule
from gladi.record.operations import OPERATIONS
from gladi.record.redact import clean_text
from gladi.record.wire import Host, Request, Response
from gladi.record.words import SHOP
from gladi.reports.exchanges import every, one
from gladi.sandbox.seed import BEGINNING
from tests.platforms.canaries import Planted, planted

PLANTED = cache(lambda: tuple(planted()))
SALT = "salt"
SIDECAR = Sidecar(gladi="1", target="live", recorded_at="", salt=SALT)


def left_in(content: bytes, canaries: tuple[str, ...]) -> list[str]:
    """Give the canaries that stand in some bytes, plainly or as a query or a JSON text has them."""
    text = content.decode().replace("%20", " ").replace("%40", "@")
    return [canary for canary in canaries if canary.replace("%40", "@") in text]


def found_in_files(shown: Planted, *, without: tuple[Rule, ...] = ()) -> list[str]:
    redaction = Redaction(SALT, without=without)
    return left_in(har.written([redaction.exchange(shown.request, shown.response)], version="1"), shown.canaries)


def test_canaries_are_planted_in_every_operation() -> None:
    operations = {shown.operation for shown in PLANTED()}

    assert operations == {operation.name for operation in OPERATIONS} | {"unknown"}
    assert sum(len(shown.canaries) for shown in PLANTED()) > 5000


def test_no_canary_reaches_a_recording() -> None:
    found = {shown.operation: left for shown in PLANTED() if (left := found_in_files(shown))}

    assert found == {}


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_keeps_canaries_out_that_no_other_does(rule: Rule) -> None:
    found = next((left for shown in PLANTED() if (left := found_in_files(shown, without=(rule,)))), [])

    assert found != []


def test_no_canary_reaches_a_journal_or_what_reports_show_of_an_exchange() -> None:
    found: dict[str, list[str]] = {}
    for shown in PLANTED():
        journal = Journal(Clock(BEGINNING))
        call = journal.call(shown.request, shown.response, None, SHOP)
        exchange = journal.exchange(call.n)
        assert exchange is not None
        left = left_in(bytes(journal) + every(journal) + one(exchange), shown.canaries)
        if left:
            found[shown.operation] = left

    assert found == {}


def test_no_canary_of_an_entry_reaches_a_sidecar() -> None:
    deed = Deed(n=1, at=0, who="the seller", did="wrote to siti@surat.example.org and 081234567890 with ROW_kanari0000000001")

    content = written(recorded(SIDECAR, (), [deed]).sidecar)

    assert b"the seller" in content
    assert left_in(content, ("siti@surat", "0812345", "kanari")) == []


def test_what_an_exception_says_is_masked_where_it_looks_private() -> None:
    said = clean_text("no answer for siti@surat.example.org, 081234567890, access_token=abcdef and Bearer c:0123456789ab")

    assert said == "no answer for ***, ***, access_token=*** and Bearer ***"


# -- what stays ----------------------------------------------------------------------------------------------------------


def test_what_the_platform_says_itself_stays_as_it_is() -> None:
    said = {
        "code": 0,
        "data": {"orders": [{"id": "5768001122334455667", "status": "ON_HOLD", "create_time": 1741000000, "total_amount": "186500"}]},
        "message": "Success: all of it",
        "request_id": "2025030302AB",
    }

    clean = Redaction(SALT).body(msgspec.json.encode(said))

    assert msgspec.json.decode(clean) == said


def test_json_that_its_client_calls_a_form_is_read_as_json() -> None:
    redaction = Redaction(SALT)

    body = redaction.body(b'{"order_id":57680,"phone":"081234567890"}', "application/x-www-form-urlencoded")
    form = redaction.body(b"order_id=57680&phone=081234567890", "application/x-www-form-urlencoded")

    assert msgspec.json.decode(body) == {"order_id": 57680, "phone": redaction.pseudonyms.of("081234567890")}
    assert form == f"order_id=57680&phone={redaction.pseudonyms.of('081234567890')}".encode()


@pytest.mark.parametrize("field", ["open_id", "seller_open_id", "national_id", "nik", "passport_number", "npwp"])
def test_an_id_of_a_person_is_private(field: str) -> None:
    said = f'{{"{field}":"3171234567890001","inner":{{"{field}":3171234567890001}},"order_id":"3171234567890002"}}'.encode()

    clean = recorded(SIDECAR, [(Request("POST", Host.SHOP_API, "/", 0, body=said), Response(200, (), said))])

    assert b"3171234567890001" not in har.written(clean.exchanges, version="1") + written(clean.sidecar)
    assert b"3171234567890002" in har.written(clean.exchanges, version="1")
    assert list(clean.sidecar.ids) == ["order_id"]


def test_a_private_value_keeps_its_type_and_its_shape_and_is_the_same_everywhere() -> None:
    redaction = Redaction(SALT)

    body = msgspec.json.decode(
        redaction.body(b'{"phone":"081234567890","buyer":{"id":17750407,"name":"Siti Rahayu"},"user_id":"17750407"}')
    )

    assert (len(body["phone"]), body["phone"].isdecimal(), body["phone"] != "081234567890") == (12, True, True)
    assert str(body["buyer"]["id"]) == body["user_id"] != "17750407"
    assert [len(word) for word in body["buyer"]["name"].split()] == [4, 6]


@pytest.mark.parametrize(
    "value",
    ["Siti", "siti@surat.example.org", "https://toko.example.org/siti?x=1", "0", "***", "-6.2", "Ж", "0812", "a b", "9" * 19],
)
def test_a_pseudonym_is_never_the_value_and_is_made_again_by_the_same_salt(value: str) -> None:
    made = Pseudonyms(SALT).of(value)

    assert made != value
    assert made == Pseudonyms(SALT).of(value) != Pseudonyms("another").of(value)


@pytest.mark.parametrize("value", [7, -7, 0.5, 9_223_372_036_854_775_807, 106.8063])
def test_a_number_stays_a_number_of_sixty_four_bits(value: float) -> None:
    made = Pseudonyms(SALT).of(value)

    assert type(made) is type(value)
    assert made != value
    assert abs(made) < 2**63


def test_a_learned_pseudonym_is_given_out_for_its_value() -> None:
    pseudonyms = Pseudonyms(SALT)

    pseudonyms.learns("the model's token", "the recorded one")

    assert pseudonyms.of("the model's token") == "the recorded one"
    assert pseudonyms.originals["the recorded one"] == "the model's token"


def test_a_token_of_a_page_is_the_same_in_the_answer_and_in_the_next_question() -> None:
    redaction = Redaction(SALT)
    asked = Request("GET", Host.SHOP_API, "/order/202309/orders", 0, "page_token=kanari123&page_size=5&sign=x&timestamp=1")

    query = dict(redaction.request(asked).pairs)
    answered = msgspec.json.decode(redaction.body(b'{"data":{"next_page_token":"kanari123"}}'))

    assert query == {"page_size": "5", "page_token": answered["data"]["next_page_token"]}
    assert query["page_token"] != "kanari123"


def test_two_uploads_of_the_same_picture_are_the_same_whatever_boundary_a_client_drew() -> None:
    def upload(boundary: str, picture: bytes = b"\xff\xd8") -> Request:
        body = b"--%b\r\n\r\n%b\r\n--%b--" % (boundary.encode(), picture, boundary.encode())
        return Request(
            "POST",
            Host.SHOP_API,
            "/product/202309/images/upload",
            0,
            "",
            {"content-type": f"multipart/form-data; boundary={boundary}"},
            body,
        )

    redacts = Redaction(SALT).request

    assert redacts(upload("one")) == redacts(upload("two"))
    assert redacts(upload("one")).body != redacts(upload("one", b"\xff\xd9")).body


def test_what_was_redacted_is_counted_by_rule() -> None:
    redaction = Redaction(SALT)

    redaction.response(Response(200, (("set-cookie", "x"),), b'{"title":"Tumbler","email":"x","phone":"y"}'))

    assert redaction.counts == {Rule.HEADERS: 1, Rule.UNKNOWN: 1, Rule.SECRET: 2}


def test_redacting_changes_neither_the_exchange_nor_what_it_knows_of_time() -> None:
    asked = Request("GET", Host.SHOP_API, "/order/202309/orders", BEGINNING, "app_key=abcdef", {"accept": "*/*"})
    before = replace(asked)

    clean = Redaction(SALT).request(asked)

    assert asked == before
    assert (clean.at, clean.host, clean.headers) == (BEGINNING, Host.SHOP_API, {})
