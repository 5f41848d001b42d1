"""The course of a live play in its sidecar: nothing private stands in it, its ids are those of the recording, and it has a version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
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
from gladi.play.live.inbox import told_by
from gladi.play.live.keeping import Keeping
from gladi.play.live.past import Past, pseudonyms_of
from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.names import Rule
from gladi.record.wire import Delivery, Host, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.app import app, consent
from gladi.sandbox.seed import BEGINNING, seller

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.platforms.recording.course import Event
    from gladi.record.words import Platform

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


def deliveries(*events: Event) -> list[Delivery]:
    """Give the webhooks that come in while such a course is gone through once more."""
    past, found = Past(structs.replace(COURSE, events=events), seed=0, behind={}), list[Delivery]()
    past.receives = found.append
    past.wait(300)
    return found


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


PRIVATE = (
    Went(BEGINNING, Stage.MERGED, "Kanari"),
    Placed(BEGINNING, {TOKOPEDIA: "Kanari"}),
    Placed(BEGINNING, {}, "Kanari"),
    Copied(BEGINNING, "Kanari", "1"),
    Copied(BEGINNING, "1", "Kanari"),
    Copied(BEGINNING, "1", "1", "Kanari"),
    Sold(BEGINNING, SHOP, Goods(products=(Product(id="1", title="", items=(), standing={SHOP: "Kanari dari Jalan"}),))),
    Sold(
        BEGINNING,
        SHOP,
        Goods(products=(Product(id="1", title="", standing={}, items=(Item(id="1", sku="", price=1, stock={"Kanari dari Jalan": 1}),)),)),
    ),
)


@pytest.mark.parametrize("event", PRIVATE)
def test_no_word_of_a_person_is_left_in_the_place_of_an_id_or_of_a_platforms_word(event: Event) -> None:
    left = structs.replace(COURSE, events=(event,)).redacted(Redaction(SALT))

    assert b"kanari" not in msgspec.json.encode(left.events).lower()


@pytest.mark.parametrize(
    ("url", "path", "kept"),
    [
        ("https://hooks.example.org/hooks/s3cr3t", "/hooks/s3cr3t/merge?a=1", "/merge?a=1"),
        ("https://hooks.example.org/budi.santoso/webhook/", "/budi.santoso/webhook", ""),
        ("http://127.0.0.1:8490", "/merge", "/merge"),
    ],
)
def test_the_path_of_the_runs_own_address_is_not_kept_and_the_replays_own_stands_before_what_is(url: str, path: str, kept: str) -> None:
    keeping = Keeping(BEGINNING, webhook_url=url)
    keeping.came(BEGINNING, SHOP, Delivery("POST", path, {}, b"{}"), genuine=True)

    (came,) = keeping.events
    again = deliveries(came)

    assert isinstance(came, Came)
    assert came.path == kept
    assert [one.path for one in again] == [f"/webhooks{kept}"]


@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
@pytest.mark.parametrize("genuine", [True, False])
def test_a_webhook_that_was_forged_then_is_forged_in_the_replay(platform: Platform, genuine: bool) -> None:  # noqa: FBT001 - a parameter
    (again,) = deliveries(Came(BEGINNING, platform, "POST", "", "{}", genuine))

    keys = Past(COURSE, seed=0, behind={}).ground.credentials
    told, right = told_by(again, keys, shop="shop-1", shop_id=1, url="", answered=lambda status: None)  # noqa: ARG005 - nobody is told
    assert (told.platform, right) == (platform, genuine)


def test_an_instant_at_which_the_clock_stood_twice_is_kept_once() -> None:
    keeping = Keeping(BEGINNING)

    for at in (1, 1, 2, 1):
        keeping.waited(BEGINNING + at)

    course = keeping.course(Past(COURSE, seed=0, behind={}).ground, cipher="")
    assert course.clock == (BEGINNING + 1, BEGINNING + 2, BEGINNING + 1)


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


OFFERED = Request("POST", Host.SHOP_API, "/product/202309/products/1729/prices/update", BEGINNING + 60_000)
REFUSED = Response(200, (), b'{"code":12052048}')


@pytest.mark.parametrize(
    ("course", "exchanges", "told"),
    [
        (COURSE, [(OFFERED, ANSWERED)], f"POST {Host.SHOP_API}{OFFERED.path}, which was recorded at 09:01, was never asked for, and "),
        (
            COURSE,
            [(OFFERED, ANSWERED)] * 3,
            f"POST {Host.SHOP_API}{OFFERED.path}, which was recorded at 09:01, was never asked for (and 2 more), ",
        ),
        (COURSE, [(OFFERED, REFUSED), (ASKED, ANSWERED)], ""),
        (UNSET, [(OFFERED, ANSWERED)], ""),
    ],
    ids=["one", "several", "refused, and a read", "no course"],
)
def test_a_write_that_is_not_made_again_is_named_where_a_course_shows_what_came_of_it(
    course: Course | UnsetType, exchanges: list[tuple[Request, Response]], told: str
) -> None:
    kept = recorded(structs.replace(ABOUT, course=course), exchanges)

    left = Replay(kept, Redaction(SALT)).unmade()

    assert str(left or "").startswith(told)
    assert bool(left) == bool(told)


def test_of_a_write_that_is_made_again_nothing_is_said() -> None:
    replay = Replay(recorded(structs.replace(ABOUT, course=COURSE), [(OFFERED, ANSWERED)]), Redaction(SALT))

    replay.over(lambda request: ANSWERED, Journal(Clock(BEGINNING)))(OFFERED)  # noqa: ARG005 - a model that knows nothing

    assert replay.unmade() is None
