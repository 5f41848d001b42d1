"""The course of a live play in its sidecar: nothing private stands in it, its ids are those of the recording, and it has a version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec import UNSET, UnsetType, structs

from gladi.platforms.goods import Depot, Goods, Item, Product
from gladi.platforms.recording.course import Came, Copied, Course, Placed, Sold, Went
from gladi.platforms.recording.recorder import recorded
from gladi.platforms.recording.recording import Recording, RecordingError
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import Replay
from gladi.platforms.recording.restoring import restored
from gladi.platforms.recording.sidecar import Sidecar, written
from gladi.play.live.past import pseudonyms_of
from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.names import Rule
from gladi.record.wire import Host, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.app import app, consent
from gladi.sandbox.seed import BEGINNING, seller

if TYPE_CHECKING:
    from pathlib import Path

SALT = "5a17"
BODY = {
    "type": 13,
    "shop_id": "7495306990181056522",
    "data": {"content": "Kanari1 dari Jalan", "note": "Kanari2 dari Jalan", "order_status": "Kanari3 dari Jalan"},
    "message_id": "ROW_kanari4kanari",
    "kanari5@surat.example.org": 1,
}
GOODS = Goods(
    products=(
        Product(
            id="1729",
            title="Kanari6 kain",
            description="Kanari7 kain",
            standing={SHOP: "ACTIVATE"},
            items=(Item(id="1730", sku="BTK-S", price=185_000, stock={"7311": 4}), Item(id="1731", sku="Kanari8 kain", price=1)),
            category="600001",
            insurance="REQUIRED",
            twin="2570",
        ),
    ),
    depots=(Depot(id="7311", name="Kanari9 gudang", city="Kanari10", postal_code="Kanari11", latitude="-6.18Kanari12"),),
)
COURSE = Course(
    began_at=BEGINNING,
    stage=Stage.PENDING,
    fs_id=13007,
    shop=(6570001, "7495306990181056522"),
    keys={"app_key": "kanari13kanari", "app_secret": "kanari14kanari", "shop_cipher": "ROW_kanari15kanari"},
    grants=("ROW_kanari16kanari",),
    clock=(BEGINNING, BEGINNING + 300_000),
    acts=((BEGINNING, BEGINNING + 7),),
    events=(
        Went(BEGINNING, Stage.MERGED, "7494220356750954917"),
        Placed(BEGINNING, {TOKOPEDIA: "1210000001"}),
        Copied(BEGINNING, "1210000001", "5762803247363664389", "1153131829401921511"),
        Came(BEGINNING, SHOP, "POST", "/Kanari17/shop?key=Kanari18", json.dumps(BODY), genuine=True),
        Came(BEGINNING, SHOP, "POST", "/shop", "Kanari19 is no JSON", genuine=False),
        Sold(BEGINNING, SHOP, GOODS),
        Sold(BEGINNING, TOKOPEDIA, is_unseen=True),
    ),
)
THEN, NOW = (b"Wihidiw gudang", b"Kqxd zvi wbqm"), (b"Wihidiw gudang warehouse", b"Mind the step")
ABOUT = Sidecar(gladi="1", target="live", recorded_at="2026-11-22T02:00:00+00:00", salt=SALT)
ASKED = Request("GET", Host.SHOP_API, "/order/202309/orders", BEGINNING, "app_key=kanari13kanari&ids=5762803247363664389")
ANSWERED = Response(200, (), b'{"code":0,"data":{"tts_seller_id":"7494220356750954917"}}')


def test_no_canary_is_left_in_either_file(tmp_path: Path) -> None:
    recorded(structs.replace(ABOUT, course=COURSE), [(ASKED, ANSWERED)]).write(tmp_path / "one.har")

    told = "".join(file.read_text().lower() for file in tmp_path.iterdir())
    assert "kanari" not in told


@pytest.mark.parametrize("rule", [Rule.SECRET, Rule.UNKNOWN, Rule.UNLIKE, Rule.LOOKS, Rule.KEYS, Rule.PATHS, Rule.QUERY, Rule.OPAQUE])
def test_each_rule_of_the_redaction_is_needed_for_that(rule: Rule) -> None:
    left = COURSE.redacted(Redaction(SALT, without=[rule]))

    told = written(structs.replace(ABOUT, course=left)).decode().lower()
    assert "kanari" in told


def test_ids_stay_what_they_are_and_a_key_has_the_pseudonym_that_it_has_in_the_exchanges(tmp_path: Path) -> None:
    recorded(structs.replace(ABOUT, course=COURSE), [(ASKED, ANSWERED)]).write(tmp_path / "one.har")

    found = Recording.read(tmp_path / "one.har")
    course = found.sidecar.course
    assert isinstance(course, Course)
    assert course.events[:3] == COURSE.events[:3]
    assert (course.shop, course.fs_id, course.clock, course.acts) == (COURSE.shop, COURSE.fs_id, COURSE.clock, COURSE.acts)
    assert dict(found.exchanges[0].request.pairs)["app_key"] == course.keys["app_key"]
    sold = course.events[5]
    assert isinstance(sold, Sold)
    assert sold.goods is not None
    (product,) = sold.goods.products
    assert (product.id, product.category, product.twin, product.insurance) == ("1729", "600001", "2570", "REQUIRED")
    assert product.standing == {SHOP: "ACTIVATE"}
    assert product.items[0] == GOODS.products[0].items[0]
    assert (sold.goods.depots[0].id, course.events[6]) == ("7311", COURSE.events[6])


def test_a_model_of_any_seed_says_its_keys_and_its_goods_by_what_stands_in_the_recording() -> None:
    course = COURSE.redacted(Redaction(SALT))
    redaction = Redaction(SALT)
    known = pseudonyms_of(course, seed=3)
    for value, pseudonym in known.items():
        redaction.pseudonyms.learns(value, pseudonym)

    sold = course.events[5]
    assert isinstance(sold, Sold)
    assert sold.goods is not None
    (product,) = sold.goods.products
    asked = redaction.request(
        Request("GET", "", "/", BEGINNING, f"app_key={app(3).app_key}&sku={product.items[1].sku}&title={product.title}")
    )
    assert asked.params == {"app_key": course.keys["app_key"], "sku": product.items[1].sku, "title": product.title}
    assert "REQUIRED" not in known, "a word of the platform's is no pseudonym"
    assert redaction.pseudonyms.of(consent(3, next(iter(seller(3).shops.records.values()))).refresh_token) == course.grants[0]


def test_a_warehouse_is_called_what_it_was_called_whatever_the_model_makes_of_its_name() -> None:
    redaction = Redaction(SALT)
    redaction.pseudonyms.learns("Wihidiw gudang", "Wihidiw gudang")
    said, model = (Response(200, (), b'{"code":0,"data":{"name":"%s","note":"%s"}}' % words) for words in (THEN, NOW))

    again = json.loads(restored(said, model, redaction))["data"]

    assert again == {"name": "Wihidiw gudang", "note": "Mind the step"}


def test_a_course_shows_no_key_of_its_own() -> None:
    assert repr(COURSE) == "Course(7 events)"


def test_a_recording_of_anything_else_has_none_and_is_written_as_it_was_before() -> None:
    assert ABOUT.course is UNSET
    assert "course" not in json.loads(written(ABOUT))


@pytest.mark.parametrize(("version", "then"), [(2, "upgrade gladi"), (0, "record it again")])
def test_a_course_of_another_version_is_refused_in_one_sentence(version: int, then: str, tmp_path: Path) -> None:
    path = tmp_path / "one.har"
    recorded(structs.replace(ABOUT, course=structs.replace(COURSE, version=version)), [(ASKED, ANSWERED)]).write(path)

    with pytest.raises(RecordingError) as said:
        Recording.read(path)

    assert str(said.value).startswith(f"one.sidecar.json has a course of version {version}, and this Gladi reads 1: ")
    assert str(said.value).endswith(then)


@pytest.mark.parametrize(("course", "told"), [(COURSE, ["early", "early", "late"]), (UNSET, ["early", "late", "late"])])
def test_with_a_course_a_read_is_told_what_was_so_by_then_and_not_what_came_next(course: Course | UnsetType, told: list[str]) -> None:
    asked = [Request("GET", Host.SHOP_API, "/order/202309/orders", BEGINNING + at) for at in (0, 60_000, 600_000)]
    answers = [Response(200, (), b'{"code":0,"status":"%s"}' % word) for word in (b"early", b"late")]
    kept = recorded(structs.replace(ABOUT, course=course), zip((asked[0], asked[2]), answers, strict=True))
    replay = Replay(kept, Redaction(SALT))

    platform = replay.over(lambda request: Response(200, (), b"{}"), Journal(Clock(BEGINNING)))  # noqa: ARG005 - a model that knows nothing

    assert [json.loads(platform(request).body)["status"] for request in asked] == told
