"""How a live play comes to see the merge: by our own look, by what the system is told, by a webhook, and while a person buys."""

from __future__ import annotations

import asyncio
import hmac
import threading
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from gladi.play.adapter import load
from gladi.play.faults import UncuedError
from gladi.play.live.rehearsal import LiveRehearsal
from gladi.play.plan import Plan
from gladi.record.journal import Call, Fact, Finding
from gladi.record.wire import Delivery
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage, Target
from gladi.sandbox.settings import DEFAULTS
from gladi.session.live import grounded
from tests.live.rehearsable import Hands
from tests.live.stand_in import StandIn, repository_of, serves
from tests.live.test_live_play import MERGE, Person, Play, links, unheard

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping
    from pathlib import Path

    from gladi.platforms.goods import Goods
    from gladi.play.live.ground import Eyes

FOUR_HOURS = 4 * 3_600_000


class Late:
    """The same look at the platforms, which show a new order only when they have been looked at a few times."""

    def __init__(self, eyes: Eyes) -> None:
        """Look through `eyes`."""
        self._eyes = eyes
        self._known: dict[Platform, set[str]] = {}
        self.hides = 0
        """For how many looks more."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._eyes, name)

    def orders(self, platform: Platform) -> Mapping[str, str | None]:
        found = self._eyes.orders(platform)
        if self.hides > 0:
            self.hides -= 1
            return {one: package for one, package in found.items() if one in self._known[platform]}
        self._known[platform] = set(found)
        return found


class Counting:
    """The same look at the platforms, which notes how many look at once."""

    def __init__(self, eyes: Eyes) -> None:
        """Look through `eyes`."""
        self._eyes = eyes
        self._lock = threading.Lock()
        self._inside = 0
        self.most = 0
        self.sellers = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._eyes, name)

    def seller_id(self) -> str | None:
        self.sellers += 1
        return self._eyes.seller_id()

    def goods(self, platform: Platform, *, in_detail: Collection[str] = ()) -> Goods:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        try:
            return self._eyes.goods(platform, in_detail=in_detail)
        finally:
            with self._lock:
                self._inside -= 1


class Merging(Hands):
    """Somebody who buys so slowly that the shops have merged when he is done, and before or behind that."""

    def __init__(self, stand_in: StandIn, *, first: bool) -> None:
        """Merge `first`, and buy behind it, or the other way round."""
        super().__init__(stand_in)
        self._first = first
        self.late: list[Late] = []

    def asks(self, question: str) -> str | None:
        buys = "Place an order" in self.read[-1]
        if buys and self._first:
            self._merges()
        said = super().asks(question)
        if buys and not self._first:
            self._merges()
        for one in self.late:
            one.hides = 4 * buys
        return said

    def _merges(self) -> None:
        with self.stand_in.room.lock:
            clock = self.stand_in.room.sandbox.clock
            clock.leap(clock.now + FOUR_HOURS)


@pytest.fixture
def stand_in(tmp_path: Path) -> Generator[StandIn]:
    with serves(tmp_path, "--seed", "7", "--assume", "merge_takes_at_most=4h") as found:
        yield found


@pytest.fixture
def stage(tmp_path: Path, stand_in: StandIn) -> Play:
    (tmp_path / "storage").mkdir()
    return Play(stand_in, repository_of(tmp_path / "repository", stand_in), tmp_path / "storage")


def nobody_has_bought_before(stand_in: StandIn) -> None:
    """Have the merge catch no orders but what is bought in the play."""
    with stand_in.room.lock:
        rows = stand_in.room.sandbox.world.orders
        for order in list(rows.rows("in flight", "shop-1")):
            rows.put(order.key, replace(order, tokopedia=None))


def broken(rehearsal: LiveRehearsal) -> list[str]:
    return [violation.text for one in rehearsal.judgements if one.fails for violation in one.violations]


def notes(rehearsal: LiveRehearsal) -> list[str]:
    return [entry.text for entry in rehearsal.journal.entries if isinstance(entry, Finding) and entry.about == "model"]


@pytest.mark.parametrize("minutes", [1, 2, 3])
def test_a_system_that_is_told_before_we_look_has_been_told(stage: Play, stand_in: StandIn, minutes: int) -> None:
    stage.environment = stand_in.environment | unheard()

    async def merges(rehearsal: LiveRehearsal) -> None:
        await rehearsal.passes(minutes=minutes)
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=90)

    rehearsal = stage.play(merges, Person(stand_in))

    assert broken(rehearsal) == []
    told = next(entry.at for entry in rehearsal.journal.entries if isinstance(entry, Call) and entry.tells_merged)
    assert [entry.at for entry in rehearsal.journal.entries if isinstance(entry, Fact) and entry.stage is Stage.MERGED] == [told]


def test_shops_that_have_merged_since_the_run_began_are_past_what_begins_while_they_merge(
    stage: Play, stand_in: StandIn, tmp_path: Path
) -> None:
    async def nothing() -> None:
        pass

    stage.play(links, Person(stand_in))
    (tmp_path / "other").mkdir()
    plan = Plan(load("examples.careful:Careful"), DEFAULTS, tmp_path / "other", begins=Stage.MERGING, target=Target.LIVE)

    with grounded(stage.repository.root, stage.environment, Person(stand_in)) as ground:
        rehearsal = LiveRehearsal(plan, ground=ground)
        stand_in.passes(hours=5)
        with pytest.raises(UncuedError, match=r"^it begins with shops that are merging, and those of .* are merged$"):
            asyncio.run(rehearsal.perform(nothing))


@pytest.mark.parametrize("first", [False, True], ids=["bought before", "bought behind"])
@pytest.mark.parametrize("hides", [False, True], ids=["seen at once", "seen late"])
@pytest.mark.parametrize("cell", ["both/both", "origin/origin"])
def test_what_is_bought_about_the_merge_lives_where_it_was_seen(tmp_path: Path, cell: str, *, first: bool, hides: bool) -> None:
    (tmp_path / "storage").mkdir()
    with serves(tmp_path, "--seed", "7", "--in-flight", cell, "--assume", "merge_takes_at_most=4h") as stand_in:
        stage = Play(stand_in, repository_of(tmp_path / "repository", stand_in), tmp_path / "storage")
        hands = Merging(stand_in, first=first)
        nobody_has_bought_before(stand_in)

        async def buys(rehearsal: LiveRehearsal) -> None:
            await rehearsal.seller.links_the_shops()
            if hides:
                stage.backstage.ground.eyes = late = Late(stage.backstage.ground.eyes)
                hands.late.append(late)
            await rehearsal.passes(minutes=6)
            sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
            await rehearsal.buyer.orders(on=TOKOPEDIA, sku=sku)
            await rehearsal.passes(minutes=60)
            rehearsal.shelves.look(sku, on=SHOP)

        rehearsal = stage.play(buys, hands)

        real, model = (world.orders["INV-001"] for world in (stand_in.room.sandbox.world, rehearsal.world))
        assert rehearsal.stage is Stage.MERGED
        assert broken(rehearsal) == []
        assert notes(rehearsal) == []
        for platform in Platform:
            here, there = real.on(platform), model.on(platform)
            assert (here and here.id) == (there and there.id)


def test_a_webhook_that_comes_while_we_look_has_nothing_asked_or_read_twice(stage: Play, stand_in: StandIn) -> None:
    seen: list[Counting] = []

    async def merges(rehearsal: LiveRehearsal) -> None:
        await rehearsal.seller.links_the_shops()
        await rehearsal.passes(minutes=1)
        backstage = stage.backstage
        backstage.ground.eyes = eyes = Counting(backstage.ground.eyes)
        seen.append(eyes)
        shop = stand_in.room.sandbox.world.all_shops()[0]
        with stand_in.room.lock:
            clock = stand_in.room.sandbox.clock
            clock.leap(clock.now + FOUR_HOURS)
        body = MERGE % shop.tokopedia_id
        headers = {"authorization-hmac": hmac.digest(stand_in.room.sandbox.app.webhook_secret.encode(), body, "sha256").hex()}
        now = backstage.ground.time.now()
        merge = Delivery("POST", "/merge", headers, body)
        await asyncio.gather(backstage.goes_to(now), backstage.arrives(merge))
        await asyncio.gather(backstage.takes_stock(), backstage.takes_stock())

    stage.environment = stand_in.environment | unheard()
    stage.play(merges, Person(stand_in))

    assert [(one.sellers, one.most) for one in seen] == [(1, 1)]


def test_the_copies_of_caught_orders_are_sought_every_five_minutes_until_they_are_found(tmp_path: Path) -> None:
    (tmp_path / "storage").mkdir()
    asked: list[tuple[int, str]] = []

    class Copies(Counting):
        def copy_of(self, order_id: str) -> tuple[str, str | None] | None:
            asked.append((attempt.backstage.sandbox.clock.now, order_id))
            if len(asked) == 1:
                raise UncuedError("the platforms could not be looked at: nobody answered")
            return f"576999999999999999{len(asked)}", None

    async def buys_twice(rehearsal: LiveRehearsal) -> None:
        await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.seller.links_the_shops()
        attempt.backstage.ground.eyes = Copies(attempt.backstage.ground.eyes)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=6)
        await rehearsal.seller.confirms_the_product_merge()
        await rehearsal.passes(minutes=6)

    with serves(tmp_path, "--seed", "7", "--in-flight", "both/both", "--assume", "merge_takes_at_most=4h") as stand_in:
        attempt: Play = Play(stand_in, repository_of(tmp_path / "repository", stand_in), tmp_path / "storage")
        rehearsal = attempt.play(buys_twice, Person(stand_in))

    first, second = (rehearsal.world.orders[key] for key in ("INV-001", "INV-002"))
    assert [view and view.id for view in (first.shop_view, second.shop_view)] == ["5769999999999999992", "5769999999999999993"]
    began, ids = asked[0][0], [view.id for view in (first.tokopedia, second.tokopedia) if view is not None]
    assert asked == [(began, ids[0]), (began + 300_000, ids[0]), (began + 300_000, ids[1])]
