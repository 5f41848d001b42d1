"""A recording is written whole or not at all, read as it was written, and what is broken, foreign or newer is one sentence."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from gladi.platforms.recording import har, scan, sidecar
from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.importing import imported
from gladi.platforms.recording.part import PART, Part, fold, left_behind
from gladi.platforms.recording.recorder import recorded, salt_of, secrets_in
from gladi.platforms.recording.recording import Recording, RecordingError
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.entries import Deed, Fact, Showed, Webhook
from gladi.record.wire import Host, Lost, Request, Response
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.seed import BEGINNING

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = Sidecar(gladi="1", target="sandbox", recorded_at="2025-03-03T02:00:00+00:00", salt=salt_of(7), seed=7)
ASKED = Request(
    "POST", Host.SHOP_API, "/order/202309/orders%20x", BEGINNING + 123, "a=1&b=%2F&b=", {"content-type": "application/json"}, b'{"a":1}'
)
ANSWERED = Response(200, (("content-type", "application/json"), ("x-ratelimit-limit", "5")), b'{"code":0}')
PICTURE = Response(200, (("content-type", "image/png"),), b"\x89PNG\xff")
NOBODY = Response(0, (), b"", lost=Lost.ANSWER)


def recording(*exchanges: tuple[Request, Response]) -> Recording:
    return Recording(ABOUT, tuple(Exchanged(*one) for one in exchanges))


# -- the codec -----------------------------------------------------------------------------------------------------------


def test_what_was_written_is_read_as_it_was() -> None:
    exchanges = [Exchanged(ASKED, ANSWERED), Exchanged(replace(ASKED, body=b"\xff"), PICTURE), Exchanged(ASKED, NOBODY)]

    again = har.read(har.written(exchanges, version="1"))

    assert again == exchanges


def test_a_har_has_what_its_form_asks_for() -> None:
    log = json.loads(har.written([(ASKED, PICTURE)], version="7"))["log"]

    (entry,) = log["entries"]
    assert (log["version"], log["creator"]) == ("1.2", {"name": "gladi", "version": "7"})
    assert set(entry) == {"startedDateTime", "time", "request", "response", "cache", "timings"}
    assert set(entry["request"]) == {
        *("method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize", "postData")
    }
    assert set(entry["response"]) == {
        *("status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize")
    }
    assert entry["startedDateTime"] == "2025-03-03T02:00:00.123Z"
    assert entry["response"]["content"] == {"size": 5, "mimeType": "image/png", "text": "iVBOR/8=", "encoding": "base64"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no HAR 1.2: it is no JSON, or was cut off"),
        (b'{"log":{"entr', "is no HAR 1.2: it is no JSON, or was cut off"),
        (b'{"interactions":[]}', "is no HAR 1.2 (Object missing required field `log`)"),
        (b'{"log":{"version":"2.0","entries":[]}}', "is a HAR of version 2.0, and only 1.2 is read"),
        (b'{"log":{"version":"1.1","entries":[]}}', "is a HAR of version 1.1, and only 1.2 is read"),
        (
            b'{"log":{"entries":[{"request":{"method":"GET","url":"ftp://x/"},"response":{"status":200}}]}}',
            "is no HAR 1.2: entry 1 has a url that is neither http nor https",
        ),
        (
            b'{"log":{"entries":[{"startedDateTime":"now","request":{"method":"GET","url":"http://x/"},"response":{"status":200}}]}}',
            "is no HAR 1.2: entry 1 has a startedDateTime that is no date",
        ),
        (
            b'{"log":{"entries":[{"request":{"method":"GET","url":"http://x/"},"response":{"status":200,"content":%b}}]}}'
            % b'{"text":"a","encoding":"base64"}',
            "is no HAR 1.2: entry 1 has a body that is no base64",
        ),
    ],
)
def test_what_is_no_har_is_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(har.HarError) as said:
        har.read(content)

    assert str(said.value) == sentence


# -- both files ----------------------------------------------------------------------------------------------------------


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = recording((ASKED, ANSWERED), (ASKED, NOBODY))

    written.write(tmp_path / "new" / "a[both-shop].har")

    again = Recording.read(tmp_path / "new" / "a[both-shop].har")
    assert again.exchanges == written.exchanges
    assert structs.replace(again.sidecar, har="") == ABOUT
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["a[both-shop].har", "a[both-shop].sidecar.json"]


def test_the_same_recording_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        recorded(ABOUT, [(ASKED, ANSWERED)], [Deed(n=1, at=0, who="the seller", did="slept")]).write(tmp_path / f"{name}.har")

    assert (tmp_path / "a.har").read_bytes() == (tmp_path / "b.har").read_bytes()
    assert (tmp_path / "a.sidecar.json").read_bytes() == (tmp_path / "b.sidecar.json").read_bytes()


def test_the_sidecar_holds_what_happened_beside_the_exchanges() -> None:
    entries = [
        Fact(n=1, at=5, what="merged", shop="shop-1"),
        Deed(n=2, at=6, who="the seller", did="slept"),
        Webhook(n=3, at=7, platform=TOKOPEDIA, event="merge", status=200),
        Showed(n=4, at=8, capability="SeesOrders"),
    ]

    about = recorded(ABOUT, [(ASKED, Response(200, (), b'{"shop_id":7,"order_id":"12","user_id":9}'))], entries).sidecar

    again = sidecar.read(sidecar.written(about))
    assert again == about
    assert list(again.entries) == entries[:3]
    assert again.ids == {"order_id": ["12"], "shop_id": ["7"]}
    assert again.redaction == {
        "fields that are private by their name": 1,
        "parameters that nobody vouches for": 3,
        "parts of a path that no path of the platforms has": 1,
    }


def broken(folder: Path, name: str, change: Any) -> str:
    recording((ASKED, ANSWERED)).write(folder / "a.har")
    change(folder / name)
    with pytest.raises(RecordingError) as said:
        Recording.read(folder / "a.har")
    return str(said.value)


def test_what_is_broken_foreign_or_newer_is_one_sentence(tmp_path: Path) -> None:
    def text(new: str) -> Any:
        return lambda path: path.write_text(new)

    def schema(number: int) -> Any:
        return lambda path: path.write_text(path.read_text().replace('"schema": 1', f'"schema": {number}'))

    said = [
        broken(tmp_path, "a.har", lambda path: path.unlink()),
        broken(tmp_path, "a.sidecar.json", lambda path: path.unlink()),
        broken(tmp_path, "a.har", text("{}")),
        broken(tmp_path, "a.har", lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))),
        broken(tmp_path, "a.sidecar.json", text("{")),
        broken(tmp_path, "a.sidecar.json", text("{}")),
        broken(tmp_path, "a.sidecar.json", schema(2)),
        broken(tmp_path, "a.sidecar.json", schema(0)),
    ]

    assert said == [
        f"there is no a.har in {tmp_path}",
        "a.har has no a.sidecar.json beside it",
        "a.har is not the file that a.sidecar.json speaks of; record it again",
        (
            "a.har is not the file that a.sidecar.json speaks of, because its line ends were changed: "
            "write `*.har -text` into .gitattributes; record it again"
        ),
        "a.sidecar.json is no sidecar of a recording: it is no JSON, or was cut off",
        "a.sidecar.json is no sidecar of a recording (Object missing required field `schema`)",
        "a.sidecar.json has schema 2, and this Gladi reads 1: a newer Gladi wrote it; upgrade gladi",
        "a.sidecar.json has schema 0, and this Gladi reads 1: record it again",
    ]


@pytest.mark.parametrize("target", ["live", "elsewhere"])
def test_the_salt_of_something_real_lies_in_a_file_of_its_owner_alone_that_git_passes_over(tmp_path: Path, target: str) -> None:
    (tmp_path / ".gitignore").write_text("*.log", encoding="utf-8")
    real = recorded(structs.replace(ABOUT, target=target, salt="5a17" * 8), [(ASKED, ANSWERED)])

    for name in ("a.har", "b.har"):
        real.write(tmp_path / name)

    written = b"".join((tmp_path / name).read_bytes() for name in ("a.har", "a.sidecar.json"))
    assert b"5a17" not in written
    assert (tmp_path / "a.salt").read_text(encoding="utf-8") == f"{'5a17' * 8}\n"
    assert (tmp_path / "a.salt").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*.log\n*.salt\n"
    assert Recording.read(tmp_path / "a.har").sidecar.salt == "5a17" * 8


def test_without_its_salt_a_recording_of_something_real_is_refused_in_one_sentence(tmp_path: Path) -> None:
    recorded(structs.replace(ABOUT, target="live"), [(ASKED, ANSWERED)]).write(tmp_path / "a.har")
    (tmp_path / "a.salt").unlink()

    with pytest.raises(RecordingError) as said:
        Recording.read(tmp_path / "a.har")

    assert str(said.value) == "a.har has no a.salt beside it, the salt of its pseudonyms; copy it from where it was recorded"


def test_the_salt_of_another_recording_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for name in ("a", "b"):
        recorded(structs.replace(ABOUT, target="live", salt=f"5a17{name}" * 6), [(ASKED, ANSWERED)]).write(tmp_path / f"{name}.har")
    (tmp_path / "a.salt").write_bytes((tmp_path / "b.salt").read_bytes())

    with pytest.raises(RecordingError) as said:
        Recording.read(tmp_path / "a.har")

    assert str(said.value) == "a.salt beside a.har is the salt of another recording; copy its own from where it was recorded"


def test_a_recording_from_before_its_salt_was_known_again_is_read_with_any(tmp_path: Path) -> None:
    recorded(structs.replace(ABOUT, target="live"), [(ASKED, ANSWERED)]).write(tmp_path / "a.har")
    beside = tmp_path / "a.sidecar.json"
    told = json.loads(beside.read_bytes())
    assert len(told.pop("salt_digest")) == 16
    beside.write_text(json.dumps(told), encoding="utf-8")

    assert Recording.read(tmp_path / "a.har").sidecar.salt == ABOUT.salt


def test_a_salt_that_lies_apart_stands_in_neither_file(tmp_path: Path) -> None:
    salt = "5a17" * 8
    asked = replace(ASKED, path=f"/order/{salt}")
    real = Recording(structs.replace(ABOUT, target="live", salt=salt), (Exchanged(asked, ANSWERED),))

    with pytest.raises(RecordingError, match=r"a\.har was not written: "):
        real.write(tmp_path / "a.har")


def test_whoever_may_read_the_folder_may_read_the_recording(tmp_path: Path) -> None:
    recording((ASKED, ANSWERED)).write(tmp_path / "a.har")

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o644}


def test_the_salt_of_the_sandbox_stays_in_the_sidecar(tmp_path: Path) -> None:
    recording((ASKED, ANSWERED)).write(tmp_path / "a.har")

    told = (tmp_path / "a.sidecar.json").read_text(encoding="utf-8")
    assert ABOUT.salt in told
    assert "salt_digest" not in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.har", "a.sidecar.json"]


# -- the last look -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stands",
    ["geheim/1+2", "geheim%2F1%2B2", "x:geheim/1+2", "Z2VoZWltLzErMg==", "eDpnZWhlaW0vMSsy", "eHk6Z2VoZWltLzErMg=="],
    ids=["as it is", "percent-encoded", "behind a name", "base64", "base64 of a pair", "base64 of another pair"],
)
def test_a_secret_is_found_in_whatever_form_it_stands(stands: str) -> None:
    found = scan.find(f'{{"text":"{stands}"}}'.encode(), ["geheim/1+2"])

    assert found is not None
    assert "geheim" not in found


@pytest.mark.parametrize("stands", ["geheim 1+2", "geheim%201%2B2", "geheim+1%2B2"], ids=["as it is", "in a path", "in a form"])
def test_a_secret_with_a_space_is_found_however_the_space_is_encoded(stands: str) -> None:
    assert scan.find(f"x={stands}".encode(), ["geheim 1+2"]) is not None


def test_a_secret_that_json_escapes_and_a_signature_are_found() -> None:
    assert scan.find(b'{"text":"a\\"bcdef"}', ['a"bcdef']) is not None
    assert scan.find(f'"{"0a" * 32}"'.encode(), ["0a" * 32]) == "a signature of this run"
    assert scan.find(b'{"text":"short"}', ["short", "absent, and long"]) is None


@pytest.mark.parametrize("place", ["har", "sidecar"])
def test_a_recording_with_a_secret_in_it_is_not_written(tmp_path: Path, place: str) -> None:
    recording((ASKED, ANSWERED)).write(tmp_path / "a.har")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    exchanges = ((ASKED, Response(200, (), b'{"x":"verysecret"}')),) if place == "har" else ()
    leaking = replace(recording(*exchanges), sidecar=structs.replace(ABOUT, system="verysecret" if place == "sidecar" else ""))

    with pytest.raises(RecordingError, match=r"^a\.\w+(\.json)? was not written: a secret of this run \(10 characters\) stands in it"):
        leaking.write(tmp_path / "a.har", secrets=["verysecret"])

    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_every_secret_of_an_exchange_is_known() -> None:
    asked = Request(
        "GET",
        Host.TOKOPEDIA_API,
        "/",
        0,
        "app_secret=secret1&sign=secret2",
        {"authorization": "Basic bmFtZTpzZWNyZXQz", "x-tts-access-token": "secret4"},
    )
    answered = Response(
        200, (("set-cookie", "secret5"),), b'{"data":[{"access_token":"secret6","cipher":"secret7","token_type":"Bearer"}]}'
    )

    known = secrets_in([(asked, answered)])

    assert known == {"bmFtZTpzZWNyZXQz", *(f"secret{number}" for number in range(1, 8))}


# -- in the making -------------------------------------------------------------------------------------------------------


def test_a_part_that_was_left_behind_is_folded_by_the_next_start(tmp_path: Path) -> None:
    part = Part(tmp_path / f"a{PART}", ABOUT)
    part.adds(replace(ASKED, path="/order/202309/orders"), ANSWERED)
    part.adds(ASKED, Response(200, (), b'{"phone":"081234567890"}'))
    beside = tmp_path / f"b{PART}"
    beside.write_bytes(part.path.read_bytes()[:-9])

    assert left_behind(tmp_path) == [beside]
    folded = fold(beside)
    ended = part.folds()

    assert (folded.exchanges, folded.cut_off) == (1, 1)
    assert (ended.exchanges, ended.cut_off) == (2, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.har", "a.sidecar.json", "b.har", "b.sidecar.json"]
    whole = Recording.read(tmp_path / "a.har")
    assert b"081234567890" not in whole.exchanges[1].response.body
    assert whole.sidecar.redaction["fields that are private by their name"] == 1
    assert Recording.read(tmp_path / "b.har").exchanges == whole.exchanges[:1]


def test_a_part_in_which_nothing_was_exchanged_leaves_nothing(tmp_path: Path) -> None:
    folded = Part(tmp_path / f"a{PART}", ABOUT).folds()

    assert (folded.path, folded.exchanges) == (None, 0)
    assert list(tmp_path.iterdir()) == []


def test_an_exchange_in_which_a_secret_would_stand_is_withheld_and_counted(tmp_path: Path) -> None:
    part = Part(tmp_path / f"a{PART}", ABOUT, secrets=["verysecret"])

    part.adds(ASKED, Response(200, (), b'{"code":0,"message":"verysecret"}'))

    assert (part.exchanges, part.withheld) == (0, 1)
    assert b"verysecret" not in part.path.read_bytes()
    part.folds()


# -- of others -----------------------------------------------------------------------------------------------------------

BROWSERS = {
    "log": {
        "version": "1.2",
        "pages": [],
        "browser": {"name": "x"},
        "entries": [
            {
                "_initiator": {"type": "script"},
                "startedDateTime": "2025-03-03T09:00:00.000+07:00",
                "request": {
                    "method": "GET",
                    "url": "https://open-api.tiktokglobalshop.com/order/202309/orders?app_key=abc&sign=def",
                    "httpVersion": "h2",
                    "headers": [
                        {"name": ":authority", "value": "open-api.tiktokglobalshop.com"},
                        {"name": "Cookie", "value": "sid=1234567"},
                    ],
                    "cookies": [{"name": "sid", "value": "1234567"}],
                },
                "response": {
                    "status": 200,
                    "headers": [{"name": "Content-Type", "value": "application/json"}, {"name": "Set-Cookie", "value": "sid=7654321"}],
                    "cookies": [{"name": "sid", "value": "7654321"}],
                    "content": {"text": "eyJjb2RlIjowLCJtZXNzYWdlIjoiU3VjY2VzcyJ9", "encoding": "base64", "mimeType": "application/json"},
                    "_transferSize": 7,
                },
            },
            {"request": {"method": "GET", "url": "https://statistics.example.com/x?e=1"}, "response": {"status": 204}},
        ],
    }
}
CASSETTE = """
interactions:
- request:
    body: null
    headers: {Authorization: ["Bearer c:0123456789abcdef"]}
    method: GET
    uri: https://fs.tokopedia.net/v1/shop/fs/13000/shop-info?shop_id=7
  response:
    body: {string: '{"data": []}'}
    headers: {Content-Type: [application/json]}
    status: {code: 200, message: OK}
- request: {body: !!binary /w==, headers: {}, method: POST, uri: 'https://elsewhere.example.com/'}
  response: {body: {string: ''}, headers: {}, status: {code: 200, message: OK}}
version: 1
"""
KEPT = {
    "interactions": [
        {"request": {"method": "GET", "uri": "https://fs.tokopedia.net/v1/shop/fs/13000/shop-info"}, "response": {"status": {"code": 200}}}
    ]
}


def test_what_a_browser_kept_is_imported_without_cookies_and_other_hosts(tmp_path: Path) -> None:
    (tmp_path / "theirs.har").write_text(json.dumps(BROWSERS))

    found = imported(tmp_path / "theirs.har")

    ((asked, answered),) = recorded(ABOUT, found.exchanges).exchanges
    assert found.left_out == 1
    assert (asked.host, asked.path, asked.at, asked.headers) == (Host.SHOP_API, "/order/202309/orders", BEGINNING, {})
    assert answered.headers == (("content-type", "application/json"),)
    assert answered.body == b'{"code":0,"message":"Success"}'


@pytest.mark.parametrize("content", [json.dumps(BROWSERS), json.dumps(KEPT)], ids=["har", "cassette"])
def test_a_file_that_begins_with_a_byte_order_mark_is_imported(tmp_path: Path, content: str) -> None:
    (tmp_path / "theirs.har").write_text(content, encoding="utf-8-sig")

    found = imported(tmp_path / "theirs.har")

    assert len(found.exchanges) == 1


def test_a_form_of_which_a_browser_kept_the_fields_alone_is_read_as_it_was_sent() -> None:
    form = {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a", "value": "b c"}, {"name": "d"}]}
    entry = {"request": {"method": "post", "url": "https://x/", "postData": form}, "response": {"status": 200}}

    ((asked, _),) = har.read(json.dumps({"log": {"entries": [entry]}}).encode())

    assert (asked.method, asked.body) == ("POST", b"a=b+c&d=")


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_cassette_is_imported(tmp_path: Path, form: str) -> None:
    yaml = pytest.importorskip("yaml")
    values = yaml.safe_load(CASSETTE)
    values["interactions"][1]["request"]["body"] = None
    (tmp_path / f"theirs.{form}").write_text(CASSETTE if form == "yaml" else json.dumps(values))

    found = imported(tmp_path / f"theirs.{form}")

    ((asked, answered),) = found.exchanges
    assert found.left_out == 1
    assert (asked.method, asked.host, asked.query) == ("GET", Host.TOKOPEDIA_API, "shop_id=7")
    assert (answered.status, answered.headers, answered.body) == (200, (("content-type", "application/json"),), b'{"data": []}')


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{}", "theirs is no HAR 1.2 (Object missing required field `log`)"),
        ("interactions: 7", "theirs is no cassette of VCR (Expected `array`, got `int` - at `$.interactions`)"),
        ("interactions: []\nversion: 2", "theirs is a cassette of version 2, and only 1 is read"),
        ("interactions: [", "theirs is no cassette of VCR: it is neither JSON nor YAML, or was cut off"),
        (
            '{"interactions":[{"request":{"method":"GET","uri":"file:///x"},"response":{"status":{"code":200}}}]}',
            "theirs is no cassette of VCR: interaction 1 has a url that is neither http nor https",
        ),
        (
            '{"interactions":[{"request":{"method":"GET","uri":"http://x/"},"response":{"status":{}}}]}',
            "theirs is no cassette of VCR: interaction 1 has a status that is no number",
        ),
    ],
)
def test_a_file_of_others_that_cannot_be_read_is_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    (tmp_path / "theirs").write_text(content)

    with pytest.raises(RecordingError) as said:
        imported(tmp_path / "theirs")

    assert str(said.value) == sentence


def test_a_cassette_in_yaml_says_what_it_needs_where_nothing_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    (tmp_path / "theirs.yaml").write_text(CASSETTE)

    with pytest.raises(RecordingError) as said:
        imported(tmp_path / "theirs.yaml")

    assert str(said.value) == 'theirs.yaml is a cassette in YAML, which needs PyYAML; pip install "gladi[vcr]"'
