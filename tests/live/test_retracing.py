"""A live play before a stand-in is recorded, and that very recording is replayed: the model bears the shop's own ids once more."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import UNSET, structs

from gladi import Face
from gladi.faces.server import Served
from gladi.judge.bench import Outcome
from gladi.platforms.recording.course import Copied, Course, Went
from gladi.platforms.recording.recording import HAR, Recording
from gladi.play.adapter import load
from gladi.play.catalogue import catalogue
from gladi.play.faults import UncuedError
from gladi.play.live.backstage import LiveBackstage
from gladi.play.live.rehearsal import LiveRehearsal
from gladi.play.plan import Plan
from gladi.record.clock import Clock
from gladi.record.journal import Finding, Journal
from gladi.record.wire import Response
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage, Target, TroubleLevel
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings
from gladi.session.live import grounded
from gladi.session.options import Options
from gladi.session.recordings import Recordings
from gladi.session.replaying import missed, replayed, retraced, unmade
from gladi.session.unplayed import why_unplayed
from tests.live.stand_in import StandIn, repository_of, serves
from tests.live.test_live_play import Person, unheard

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from pathlib import Path

    from gladi.platforms.walltime import Time
    from gladi.play.rehearsal import Rehearsal
    from gladi.record.journal import Entry

    Body = Callable[[Rehearsal], Awaitable[None]]

SCENARIO = next(one for one in catalogue() if not one.cells)
SETTINGS = Settings()
CAREFUL, TWICE = "examples.careful:Careful", "examples.rogues.ships_twice:ShipsTwice"


class Drifting:
    """A clock that is a little later whenever it is read, as the wall's is."""

    def __init__(self, time: Time) -> None:
        """Drift away from `time`."""
        self._time, self.longest, self._readings = time, time.longest, count()

    def now(self) -> int:
        return self._time.now() + 7 * next(self._readings)

    def wait(self, seconds: float) -> None:
        self._time.wait(seconds)


class Attempt:
    """One attempt that is open, what is played and recorded on it, and what is replayed of that."""

    def __init__(self, config: pytest.Config, stand_in: StandIn, folder: Path) -> None:
        """Open an attempt with the stand-in's shop."""
        self.recordings = folder / "recordings"
        self.stand_in = stand_in
        self.environment = stand_in.environment
        self.item: Any = SimpleNamespace(config=config, user_properties=[], stash=pytest.Stash())
        """What of a pytest item a recording and a replay ask for."""
        self.live: list[LiveRehearsal] = []
        self._storages = (folder / f"storage-{number}" for number in count())
        self._repository = repository_of(folder / "repository", stand_in)
        shop = stand_in.room.sandbox.world.all_shops()[0]
        with self._repository.ledger() as ledger:
            ledger.open(f"{shop.name} ({shop.tokopedia_id})", by="Ayu")

    def plays(self, body: Body, system: str = CAREFUL, *, begins: Stage = Stage.PENDING, drifts: bool = False) -> LiveRehearsal:
        """Play before the stand-in, and record it."""
        with grounded(self._repository.root, self.environment, Person(self.stand_in)) as ground:
            ground.time = Drifting(ground.time) if drifts else ground.time
            rehearsal = LiveRehearsal(self._plan(system, Target.LIVE, begins), ground=ground)
            asyncio.run(rehearsal.perform(lambda: body(rehearsal)))
        Recordings(self.options(Target.LIVE), load(system), self.recordings).keeps(self.item, SCENARIO, SETTINGS.in_flight, rehearsal)
        assert self.item.user_properties.pop() == ("gladi recorded", SCENARIO.id)
        self.live.append(rehearsal)
        return rehearsal

    def replays(self, body: Body, system: str = CAREFUL, *, begins: Stage = Stage.PENDING, server: Served | None = None) -> Rehearsal:
        """Replay what was recorded last."""
        self.item.stash = pytest.Stash()
        options = self.options(Target.RECORDED)
        answered_by = replayed(self.item, SCENARIO, SETTINGS.in_flight, options, lambda: rehearsal.journal)
        makes = retraced(self.item)
        assert makes is not None
        rehearsal = makes(self._plan(system, Target.RECORDED, begins, answered_by=answered_by, server=server))
        asyncio.run(rehearsal.perform(lambda: body(rehearsal)))
        return rehearsal

    def missed(self, rehearsal: Rehearsal) -> str:
        """Say what a replay missed."""
        return missed(self.item, rehearsal)

    @property
    def unmade(self) -> str:
        """Say which writes of the recording the last replay left out."""
        return unmade(self.item)

    @property
    def recorded(self) -> Recording:
        """The recording."""
        return Recording.read(self.recordings / f"{SCENARIO.id}{HAR}")

    @property
    def course(self) -> Course:
        """Its course."""
        found = self.recorded.sidecar.course
        assert isinstance(found, Course)
        return found

    def _plan(self, system: str, target: Target, begins: Stage, **more: Any) -> Plan:
        storage = next(self._storages)
        storage.mkdir()
        face = Face.SERVED if more.get("server") else Face.INPROCESS
        return Plan(adapter=load(system), settings=SETTINGS, storage=storage, target=target, begins=begins, face=face, **more)

    def options(self, target: Target, folder: Path | None = None) -> Options:
        """What the run is asked for."""
        return Options(
            system=CAREFUL,
            face=Face.INPROCESS,
            seed=0,
            strict=False,
            settings=SETTINGS,
            scenarios=(),
            target=target,
            trouble=TroubleLevel.OFF,
            fixtures=folder or self.recordings,
        )


@contextmanager
def opens(config: pytest.Config, folder: Path) -> Generator[Attempt]:
    # Another seller than the model's, and the cell in which an order can leave twice; somebody has bought there before.
    with serves(folder, "--seed", "7", "--in-flight", "both/both", "--assume", "merge_takes_at_most=4h") as stand_in:
        stand_in.does("place_order", on="tokopedia")
        stand_in.passes(hours=1)
        yield Attempt(config, stand_in, folder)


@pytest.fixture
def attempt(pytestconfig: pytest.Config, tmp_path: Path) -> Generator[Attempt]:
    with opens(pytestconfig, tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def played(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Generator[Attempt]:
    """An attempt that was played from end to end."""
    with opens(pytestconfig, tmp_path_factory.mktemp("played")) as found:
        found.plays(an_attempt_from_end_to_end)
        yield found


async def an_attempt_from_end_to_end(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.seller.confirms_the_product_merge()
    assert [parcel.platform for parcel in order.parcels] == [SHOP]


async def an_order_is_caught_by_the_merge(rehearsal: Rehearsal) -> None:
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(order)


async def links_and_merges(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)


async def two_orders(rehearsal: Rehearsal) -> None:
    await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.buyer.orders(on=SHOP)


async def one_order(rehearsal: Rehearsal) -> None:
    await rehearsal.buyer.orders(on=SHOP)


async def a_price_is_set(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.sets_the_price("TRY-TEK", to=123_000)
    await rehearsal.passes(minutes=15)


async def prices_and_pages_are_changed(rehearsal: Rehearsal) -> None:
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)
    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.seller.edits(sku, description="Woven by hand.")
    await rehearsal.passes(minutes=15)
    assert {rehearsal.shelves.look(sku, on=platform).price for platform in (TOKOPEDIA, SHOP)} == {123_000}
    assert "Woven by hand." in rehearsal.shelves.look(sku, on=TOKOPEDIA).description


def sells_under_other_names(stand_in: StandIn) -> None:
    """Let the stand-in's goods have prices of their own, and SKUs that look like a person's words."""
    with stand_in.room.lock:
        world = stand_in.room.sandbox.world
        for listing in [one for platform in Platform for one in world.listings.rows("shop", (platform, "shop-1"))]:
            offers = tuple(structs.replace(one, sku=f"{one.sku} kayu jati", price=one.price + 1_000) for one in listing.offers)
            world.listings.put(listing.key, structs.replace(listing, offers=offers))


def told(rehearsal: Rehearsal) -> list[tuple[int, str, str]]:
    """What happened, in order: when, what kind of thing, and which."""

    def which(entry: Entry) -> str:
        return str(next((found for name in ("operation", "what", "did", "event") if (found := getattr(entry, name, None))), ""))

    return [(entry.at, type(entry).__name__, which(entry)) for entry in rehearsal.journal.entries]


def notes(rehearsal: Rehearsal) -> list[str]:
    return [entry.text for entry in rehearsal.journal.entries if isinstance(entry, Finding)]


def verdicts(rehearsal: Rehearsal) -> dict[str, Outcome]:
    return {one.invariant.id: one.outcome for one in rehearsal.judgements if one.chances}


def test_an_attempt_is_replayed_as_it_was_though_its_ids_are_not_the_sandboxs(played: Attempt) -> None:
    again = played.replays(an_attempt_from_end_to_end)

    assert (played.missed(again), played.unmade, notes(again)) == ("", "", [])
    assert told(again) == told(played.live[0])
    assert verdicts(again) == verdicts(played.live[0])
    assert set(verdicts(again).values()) == {Outcome.UPHELD}
    assert {"an_order_leaves_once", "ids_agree", "no_paid_order_is_lost"} < verdicts(again).keys()


def test_it_is_so_by_a_clock_that_never_stands_where_it_was_waited_for(attempt: Attempt) -> None:
    live = attempt.plays(an_attempt_from_end_to_end, drifts=True)

    again = attempt.replays(an_attempt_from_end_to_end)

    assert (attempt.missed(again), told(again)) == ("", told(live))
    assert {at % 1000 for at in attempt.course.clock} != {0}


def test_the_model_bears_the_ids_of_the_real_shop_and_of_its_orders(played: Attempt) -> None:
    again = played.replays(an_attempt_from_end_to_end)

    real, model = (world.all_shops()[0] for world in (played.stand_in.room.sandbox.world, again.world))
    assert (model.tokopedia_id, model.shop_id, model.seller_id) == (real.tokopedia_id, real.shop_id, real.seller_id)
    assert model.tokopedia_id != next(iter(seller(0).shops.records.values())).tokopedia_id
    bought, held = played.stand_in.room.sandbox.world.orders["INV-002"].shop_view, again.world.orders["INV-001"].shop_view
    assert bought is not None
    assert held is not None
    assert (held.id, held.package) == (bought.id, bought.package)
    assert {name: identity.agree for name, identity in again.identities.items()} == {"shop-1": True, "shop-1, as stored": True}


@pytest.mark.parametrize(("system", "outcome"), [(CAREFUL, Outcome.UPHELD), (TWICE, Outcome.BROKEN)])
def test_an_order_that_left_twice_on_the_platforms_leaves_twice_in_the_replay(attempt: Attempt, system: str, outcome: Outcome) -> None:
    live = attempt.plays(an_order_is_caught_by_the_merge, system)

    again = attempt.replays(an_order_is_caught_by_the_merge, system)

    assert attempt.missed(again) == ""
    assert (verdicts(live)["an_order_leaves_once"], verdicts(again)["an_order_leaves_once"]) == (outcome, outcome)
    parcels = [[one.platform for one in world.parcels.values()] for world in (attempt.stand_in.room.sandbox.world, live.world, again.world)]
    assert parcels[0] == parcels[1] == parcels[2]
    assert [event.of for event in attempt.course.events if isinstance(event, Copied)] == [again.world.orders["INV-001"].tokopedia.id]  # type: ignore[union-attr]


def test_a_system_that_ships_more_than_was_recorded_is_not_rehearsed(attempt: Attempt) -> None:
    attempt.plays(an_order_is_caught_by_the_merge)

    again = attempt.replays(an_order_is_caught_by_the_merge, TWICE)

    assert "not rehearsed by replaying: POST open-api.tiktokglobalshop.com/fulfillment/202309/packages/" in attempt.missed(again)


def test_a_play_that_places_more_orders_than_were_recorded_says_so(attempt: Attempt) -> None:
    attempt.plays(one_order)

    with pytest.raises(UncuedError) as said:
        attempt.replays(two_orders)

    assert why_unplayed(attempt.live[0], said.value, attempt.options(Target.RECORDED)) == (
        "not rehearsed by replaying: 1 order was placed when it was recorded on the platforms, and this is one more"
    )


@pytest.mark.parametrize("minutes", [1, 3])
def test_a_merge_that_the_system_was_told_of_before_we_looked_is_learned_there_too(attempt: Attempt, minutes: int) -> None:
    async def merges(rehearsal: Rehearsal) -> None:
        await rehearsal.passes(minutes=minutes)
        await links_and_merges(rehearsal)
        await rehearsal.passes(minutes=90)

    attempt.environment = attempt.stand_in.environment | unheard()
    live = attempt.plays(merges)

    again = attempt.replays(merges)

    assert (attempt.missed(again), told(again)) == ("", told(live))
    assert verdicts(live)["the_merge_is_noticed"] is verdicts(again)["the_merge_is_noticed"] is Outcome.UPHELD


def test_a_play_on_shops_that_merged_in_an_earlier_run_is_told_by_its_first_question(attempt: Attempt) -> None:
    async def waits(rehearsal: Rehearsal) -> None:
        await rehearsal.passes(minutes=90)

    attempt.plays(links_and_merges)
    for file in attempt.recordings.iterdir():
        file.unlink()
    live = attempt.plays(waits, begins=Stage.MERGED)

    again = attempt.replays(waits, begins=Stage.MERGED)

    assert (attempt.missed(again), told(again)) == ("", told(live))
    assert verdicts(live)["the_merge_is_noticed"] is verdicts(again)["the_merge_is_noticed"] is Outcome.UPHELD


def test_a_second_play_on_the_same_merge_begins_where_the_shop_was(attempt: Attempt) -> None:
    attempt.plays(links_and_merges)
    for file in attempt.recordings.iterdir():
        file.unlink()
    live = attempt.plays(a_price_is_set, begins=Stage.CONFIRMED)

    again = attempt.replays(a_price_is_set, begins=Stage.CONFIRMED)

    assert (attempt.missed(again), told(again)) == ("", told(live))
    assert again.world.all_shops()[0].seller_id == attempt.stand_in.room.sandbox.world.all_shops()[0].seller_id
    assert attempt.course.stage is Stage.MERGED
    assert [event.stage for event in attempt.course.events if isinstance(event, Went)] == [Stage.MERGING, Stage.MERGED, Stage.CONFIRMED]


def test_the_goods_of_the_real_shop_are_sold_once_more(attempt: Attempt) -> None:
    sells_under_other_names(attempt.stand_in)
    live = attempt.plays(prices_and_pages_are_changed)

    again = attempt.replays(prices_and_pages_are_changed)

    assert (attempt.missed(again), notes(again)) == ("", notes(live))
    calls = [[one for one in told(rehearsal) if one[1] == "Call"] for rehearsal in (live, again)]
    assert calls[0] == calls[1]


def test_it_is_replayed_over_http_too(played: Attempt) -> None:
    with Served(lambda request: Response(503, (), b""), now=lambda: 0) as server:  # noqa: ARG005 - nobody is there yet
        again = played.replays(an_attempt_from_end_to_end, server=server)

    assert (played.missed(again), set(verdicts(again).values())) == ("", {Outcome.UPHELD})


def test_a_replay_has_the_course_that_it_goes_through(played: Attempt) -> None:
    again = played.replays(an_attempt_from_end_to_end)

    assert isinstance(again.backstage, LiveBackstage)
    course = again.backstage.kept.course(again.backstage.ground, cipher="")
    assert (course.clock, course.acts, course.events) == (played.course.clock, played.course.acts, played.course.events)


def test_nothing_secret_and_no_address_of_the_run_stands_in_the_recording(played: Attempt) -> None:
    backstage = played.live[0].backstage
    assert isinstance(backstage, LiveBackstage)
    hidden = [*played.stand_in.secrets, backstage.ground.credentials.app_key, backstage.kept.webhook_url, "Batik Shirt", "Tanah Abang"]

    files = [file.read_text() for file in played.recordings.iterdir()]

    assert [word for word in hidden if any(word in text for text in files)] == []
    assert str(played.stand_in.room.sandbox.world.all_shops()[0].shop_id) in "".join(files)


def test_a_recording_from_before_a_course_was_kept_is_replayed_as_ever(played: Attempt, tmp_path: Path) -> None:
    recorded = played.recorded
    Recording(structs.replace(recorded.sidecar, course=UNSET), recorded.exchanges).write(tmp_path / f"{SCENARIO.id}{HAR}")
    item: Any = SimpleNamespace(stash=pytest.Stash())

    replayed(item, SCENARIO, SETTINGS.in_flight, played.options(Target.RECORDED, tmp_path), lambda: Journal(Clock(0)))

    assert retraced(item) is None
