"""A play on the live target before a stand-in, without pytest around it: people act by cues, and the model takes over what is seen."""

from __future__ import annotations

import asyncio
import hmac
import socket
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.events import Kind
from gladi.play.adapter import load
from gladi.play.faults import UncuedError
from gladi.play.live.backstage import LiveBackstage
from gladi.play.live.rehearsal import LiveRehearsal
from gladi.play.plan import Plan
from gladi.record.journal import Deed, Finding, Webhook
from gladi.record.wire import Delivery
from gladi.record.words import SHOP, TOKOPEDIA, Provenance, Stage, Target
from gladi.sandbox.settings import DEFAULTS
from gladi.session.live import grounded
from tests.live.stand_in import StandIn, repository_of, serves

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Mapping
    from pathlib import Path

    from gladi.play.cues import Console
    from gladi.play.live.ground import Eyes
    from gladi.record.words import Platform
    from tests.attempts.repository import Repository


MERGE = b'{"status": "merge", "tts_seller_id": "7495", "toko_shop_id": "%d"}'


class Person:
    """Somebody at a terminal, who does what he reads."""

    def __init__(
        self, stand_in: StandIn, *, is_there: bool = True, orders: int = 1, says: str | None = "", knows: Callable[[], str] = str
    ) -> None:
        """Answer each question with `says`, and place as many `orders` as a cue for one makes him; note what he `knows` as he reads."""
        self.knows = knows
        self.knew: list[str] = []
        self.stand_in = stand_in
        self.is_there = is_there
        self.orders = orders
        self.says = says
        self.read: list[str] = []

    def shows(self, text: str) -> None:
        self.read.append(text)
        self.knew.append(self.knows())

    def asks(self, question: str) -> str | None:  # noqa: ARG002 - the signature is the console's
        last = self.read[-1]
        if self.says != "":
            return self.says
        if "Place an order" in last:
            on = "shop" if "in the development shop" in last else "tokopedia"
            for _ in range(self.orders):
                self.stand_in.does("place_order", on=on)
        elif "cannot be undone" in last:
            self.stand_in.does("link_shops")
        elif "Confirm it" in last:
            self.stand_in.does("confirm_product_merge")
        return ""

    def breaks_off(self) -> None:
        """Ask nothing more."""


class Packing:
    """The same look at a platform that packs a new order only after it has shown it once."""

    def __init__(self, eyes: Eyes) -> None:
        """Look through `eyes`."""
        self._eyes = eyes
        self._known: set[str] | None = None
        self.shown: list[str | None] = []
        self.seller_id, self.cipher, self.goods, self.copy_of = eyes.seller_id, eyes.cipher, eyes.goods, eyes.copy_of

    def orders(self, platform: Platform) -> Mapping[str, str | None]:
        found = self._eyes.orders(platform)
        if platform is TOKOPEDIA:
            return found
        if self._known is None:
            self._known = set(found)
        new = set(found) - self._known
        self.shown.extend("a package" if self.shown and found[one] else None for one in new)
        return {one: None if one in new and len(self.shown) == 1 else package for one, package in found.items()}


class Play:
    """One attempt that is open, and the plays on it."""

    def __init__(self, stand_in: StandIn, repository: Repository, storage: Path) -> None:
        """Open an attempt with the stand-in's shop."""
        self.stand_in = stand_in
        self.repository = repository
        self._storage = storage
        self.environment = stand_in.environment
        shop = stand_in.room.sandbox.world.all_shops()[0]
        with repository.ledger() as ledger:
            ledger.open(f"{shop.name} ({shop.tokopedia_id})", by="Ayu")

    def play(
        self, body: Callable[[LiveRehearsal], Awaitable[None]], person: Console, *, begins: Stage = Stage.PENDING, performs: bool = True
    ) -> LiveRehearsal:
        """Play one scenario's body."""
        adapter = load("examples.careful:Careful")
        plan = Plan(adapter=adapter, settings=DEFAULTS, storage=self._storage, begins=begins, target=Target.LIVE)
        with grounded(self.repository.root, self.environment, person) as ground:
            self.rehearsal = LiveRehearsal(plan, ground=ground)
            if performs:
                asyncio.run(self.rehearsal.perform(lambda: body(self.rehearsal)))
        return self.rehearsal

    @property
    def backstage(self) -> LiveBackstage:
        """What is behind the scenes of the play."""
        assert isinstance(self.rehearsal.backstage, LiveBackstage)
        return self.rehearsal.backstage


@pytest.fixture
def stand_in(tmp_path: Path) -> Generator[StandIn]:
    with serves(tmp_path, "--seed", "7", "--assume", "merge_takes_at_most=4h") as found:
        yield found


@pytest.fixture
def stage(tmp_path: Path, stand_in: StandIn) -> Play:
    (tmp_path / "storage").mkdir()
    return Play(stand_in, repository_of(tmp_path / "repository", stand_in), tmp_path / "storage")


def unheard() -> dict[str, str]:
    """A way in for webhooks, at a port that is free, to which the URL does not lead."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {"GLADI_LIVE_WEBHOOK_URL": "http://127.0.0.1:9", "GLADI_LIVE_WEBHOOK_PORT": str(port)}


async def an_order_leaves(rehearsal: LiveRehearsal) -> None:
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)


async def links(rehearsal: LiveRehearsal) -> None:
    await rehearsal.seller.links_the_shops()


async def merges(rehearsal: LiveRehearsal) -> None:
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)


def test_an_order_bears_the_platforms_own_id_and_leaves_from_there(stage: Play, stand_in: StandIn) -> None:
    rehearsal = stage.play(an_order_leaves, Person(stand_in))

    real = stand_in.room.sandbox.world.orders["INV-001"].tokopedia
    model = rehearsal.world.orders["INV-001"].tokopedia
    assert real is not None
    assert model is not None
    assert model.id == real.id
    assert [(one.order, one.platform) for one in stand_in.room.sandbox.world.parcels.values()] == [("INV-001", TOKOPEDIA)]
    assert [(one.order, one.platform) for one in rehearsal.world.parcels.values()] == [("INV-001", TOKOPEDIA)]
    assert not any(one.fails for one in rehearsal.judgements)


def test_an_order_of_the_shop_bears_its_own_id_and_that_of_its_package(stage: Play, stand_in: StandIn) -> None:
    async def orders(rehearsal: LiveRehearsal) -> None:
        await rehearsal.buyer.orders(on=SHOP)

    rehearsal = stage.play(orders, Person(stand_in))

    real, model = (world.orders["INV-001"].shop_view for world in (stand_in.room.sandbox.world, rehearsal.world))
    assert real is not None
    assert model is not None
    assert (model.id, model.package) == (real.id, real.package)


def test_an_order_of_the_shop_is_taken_over_with_its_package_and_not_before(stage: Play, stand_in: StandIn) -> None:
    async def orders(rehearsal: LiveRehearsal) -> None:
        ground = stage.backstage.ground
        ground.eyes = packs = Packing(ground.eyes)
        await rehearsal.buyer.orders(on=SHOP)
        assert packs.shown == [None, "a package"]

    rehearsal = stage.play(orders, Person(stand_in))

    real, model = (world.orders["INV-001"].shop_view for world in (stand_in.room.sandbox.world, rehearsal.world))
    assert real is not None
    assert model is not None
    assert (model.id, model.package) == (real.id, real.package)


def test_the_model_knows_no_order_from_before_the_run(stage: Play, stand_in: StandIn) -> None:
    rehearsal = stage.play(an_order_leaves, Person(stand_in))

    assert (len(rehearsal.world.orders), len(stand_in.room.sandbox.world.orders) > 1) == (1, True)


def test_facts_are_inferred(stage: Play, stand_in: StandIn) -> None:
    rehearsal = stage.play(an_order_leaves, Person(stand_in))

    facts = {entry.provenance for entry in rehearsal.journal.entries if type(entry).__name__ == "Fact"}
    assert facts == {Provenance.INFERRED}


def test_the_steps_of_the_guide_are_shown_and_the_last_one_alone(stage: Play, stand_in: StandIn) -> None:
    person = Person(stand_in, knows=lambda: stage.repository.events[-1])

    stage.play(links, person)

    shop = stand_in.room.sandbox.world.all_shops()[0]
    assert person.read[0].startswith(f"→  Link the shops of {shop.name} (attempt 1)\n   1. Enter Tokopedia & Shop Partner Center")
    assert person.read[0].count("\n") == 5
    assert person.read[1] == '   6. Click on "Confirm". This cannot be undone, ever.'
    assert person.knew == [Kind.OPENED, Kind.LINKED], "the ledger knows before the last step is shown"


def test_a_merge_is_seen_by_get_shop_info_though_no_webhook_arrives(stage: Play, stand_in: StandIn) -> None:
    stage.environment = stand_in.environment | unheard()

    rehearsal = stage.play(merges, Person(stand_in))

    assert stage.repository.events == [Kind.OPENED, Kind.LINKED, Kind.MERGED]
    assert [entry for entry in rehearsal.journal.entries if isinstance(entry, Webhook)] == []
    assert rehearsal.merged_shop_ids == [str(stand_in.room.sandbox.world.all_shops()[0].tokopedia_id)]


def test_get_shop_info_is_asked_every_five_minutes_and_no_faster(stage: Play, stand_in: StandIn) -> None:
    stage.environment = stand_in.environment | unheard()

    stage.play(merges, Person(stand_in))

    world = stand_in.room.sandbox
    five_minutes = (world.clock.now - world.seeded.began_at) // 300_000
    # By the system, and by us beside it; and at the beginning, to see that it is the right shop.
    assert five_minutes < stand_in.calls.count("tokopedia.get_shop_info") <= 2 * five_minutes + 4


def test_a_webhook_comes_in_and_its_ids_are_compared(stage: Play, stand_in: StandIn) -> None:
    rehearsal = stage.play(merges, Person(stand_in))

    arrived = [entry for entry in rehearsal.journal.entries if isinstance(entry, Webhook)]
    assert [(entry.event, entry.status, entry.tells_merged) for entry in arrived] == [("merge", 200, ("shop-1",))]
    assert {name: identity.agree for name, identity in rehearsal.identities.items()} == {"shop-1": True, "shop-1, as stored": True}


@pytest.mark.parametrize(("genuine", "other", "is_asked"), [(False, 0, False), (True, 0, True), (True, 1, False)])
def test_get_shop_info_is_asked_at_once_for_a_webhook_about_our_shop_that_tokopedia_signed_and_for_no_other(
    stage: Play, stand_in: StandIn, *, genuine: bool, other: int, is_asked: bool
) -> None:
    body = MERGE % (stand_in.room.sandbox.world.all_shops()[0].tokopedia_id + other)
    secret = stand_in.room.sandbox.app.webhook_secret if genuine else "somebody else's"
    asked: list[bool] = []

    async def is_told_of_a_merge(rehearsal: LiveRehearsal) -> None:
        await rehearsal.seller.links_the_shops()
        headers = {"authorization-hmac": hmac.digest(secret.encode(), body, "sha256").hex()}
        await stage.backstage.arrives(Delivery("POST", "/merge", headers, body))
        asked.append(stage.backstage.ground.looked_at is not None)

    stage.play(is_told_of_a_merge, Person(stand_in))

    sentence = "the webhook tells of the merge, and Get Shop Info does not yet"
    said = [entry for entry in stage.rehearsal.journal.entries if isinstance(entry, Finding) and entry.text == sentence]
    assert (asked, len(said)) == ([is_asked], int(is_asked))


def test_plays_share_one_merge(stage: Play, stand_in: StandIn) -> None:
    stage.play(merges, Person(stand_in))

    rehearsal = stage.play(an_order_leaves, Person(stand_in), begins=Stage.MERGED)

    assert [one.platform for one in stand_in.room.sandbox.world.parcels.values()] == [SHOP]
    assert rehearsal.stage is Stage.MERGED
    assert stage.repository.events == [Kind.OPENED, Kind.LINKED, Kind.MERGED]


def test_the_product_merge_is_confirmed_by_a_person(stage: Play, stand_in: StandIn) -> None:
    async def confirms(rehearsal: LiveRehearsal) -> None:
        await merges(rehearsal)
        await rehearsal.seller.confirms_the_product_merge()

    rehearsal = stage.play(confirms, Person(stand_in))

    assert (rehearsal.stage, stand_in.room.sandbox.world.all_shops()[0].stage) == (Stage.CONFIRMED, Stage.CONFIRMED)


def test_a_scenario_that_begins_later_is_led_there_by_cues(stage: Play, stand_in: StandIn) -> None:
    person = Person(stand_in)

    rehearsal = stage.play(an_order_leaves, person, begins=Stage.CONFIRMED)

    assert [text.partition("\n")[0][:12] for text in person.read] == [
        "→  Link the ",
        "   6. Click ",
        "→  Confirm t",
        "   3. Confir",
        "→  Place an ",
    ]
    assert (rehearsal.stage, stage.repository.events) == (Stage.CONFIRMED, [Kind.OPENED, Kind.LINKED, Kind.MERGED])
    assert [one.platform for one in stand_in.room.sandbox.world.parcels.values()] == [SHOP]


def test_shops_that_were_linked_are_not_linked_again(stage: Play, stand_in: StandIn) -> None:
    stage.play(links, Person(stand_in))

    with pytest.raises(UncuedError, match=r"are linked already, and no merge can be repeated"):
        stage.play(links, Person(stand_in), begins=Stage.MERGING)


def test_a_price_is_set_on_the_platforms_by_the_system(stage: Play, stand_in: StandIn) -> None:
    async def sets_the_price(rehearsal: LiveRehearsal) -> None:
        await rehearsal.seller.sets_the_price("TRY-TEK", to=123_000)
        await rehearsal.passes(minutes=15)

    rehearsal = stage.play(sets_the_price, Person(stand_in))

    for world in (stand_in.room.sandbox.world, rehearsal.world):
        listing = world.listing_of_sku(TOKOPEDIA, "shop-1", "TRY-TEK")
        assert listing is not None
        assert {offer.price for offer in listing.offers if offer.sku == "TRY-TEK"} == {123_000}


def test_without_a_terminal_nobody_is_asked(stage: Play, stand_in: StandIn) -> None:
    person = Person(stand_in, is_there=False)

    with pytest.raises(UncuedError, match=r"^Link the shops of .*: that takes a person at a terminal, and none is here$"):
        stage.play(links, person)

    assert person.read == []
    assert stage.repository.events == [Kind.OPENED]


@pytest.mark.parametrize("says", ["no", "N", "skip", None])
def test_what_a_person_leaves_out_or_breaks_off_is_not_recorded(stage: Play, stand_in: StandIn, says: str | None) -> None:
    with pytest.raises(UncuedError, match=r"the person at the terminal left it out$"):
        stage.play(links, Person(stand_in, says=says))

    assert stage.repository.events == [Kind.OPENED]


@pytest.mark.parametrize(
    ("orders", "sentence"),
    [(2, "2 new orders appeared on Tokopedia, and nobody can tell which one was meant"), (0, "no platform showed a new order within 30")],
)
def test_an_order_that_nobody_can_tell_is_none(stage: Play, stand_in: StandIn, orders: int, sentence: str) -> None:
    with pytest.raises(UncuedError, match=sentence):
        stage.play(an_order_leaves, Person(stand_in, orders=orders))


def test_an_act_without_a_cue_is_named_and_does_nothing(stage: Play, stand_in: StandIn) -> None:
    async def ships_by_hand(rehearsal: LiveRehearsal) -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.seller.ships_by_hand(order, on=TOKOPEDIA)

    with pytest.raises(UncuedError, match=r"there is no cue for this: the seller ships by hand$"):
        stage.play(ships_by_hand, Person(stand_in))

    assert list(stage.rehearsal.world.parcels.values()) == []


@pytest.mark.parametrize(
    "asks",
    ["courier.comes_again", "webhooks.lose_the_next", "trouble.loses_the_answer", "records.every", "platform.closes", "webhooks.wiped"],
)
def test_what_nobody_can_bring_about_is_named(stage: Play, stand_in: StandIn, asks: str) -> None:
    who, what = asks.split(".")
    rehearsal = stage.play(an_order_leaves, Person(stand_in), performs=False)

    with pytest.raises(UncuedError, match=what.replace("_", " ")):
        getattr(getattr(rehearsal, who), what)()


@pytest.mark.parametrize("begins", [Stage.PENDING, Stage.MERGING])
def test_shops_that_have_merged_are_for_what_begins_there(stage: Play, stand_in: StandIn, begins: Stage) -> None:
    with stage.repository.ledger() as ledger:
        ledger.record(1, Kind.LINKED)
        ledger.record(1, Kind.MERGED)

    with pytest.raises(UncuedError, match=rf"^it begins with shops that are {begins}, and those of .* are merged$"):
        stage.play(an_order_leaves, Person(stand_in), begins=begins)

    assert [entry for entry in stage.rehearsal.journal.entries if isinstance(entry, Deed)] == []


def test_a_scenario_that_begins_elsewhere_is_not_begun(stage: Play, stand_in: StandIn) -> None:
    stage.play(links, Person(stand_in))

    with pytest.raises(UncuedError, match=r"^it begins with shops that are pending, and those of .* are merging$"):
        stage.play(an_order_leaves, Person(stand_in))

    assert [entry for entry in stage.rehearsal.journal.entries if isinstance(entry, Deed)] == []


@pytest.mark.parametrize("asks", ["lets_the_integration_fail", "until_the_last_minute", "passes_without_the_system"])
def test_what_only_the_sandboxs_world_can_do_is_named(stage: Play, stand_in: StandIn, asks: str) -> None:
    rehearsal = stage.play(an_order_leaves, Person(stand_in), performs=False)

    with pytest.raises(UncuedError, match=asks.replace("_", " ")):
        getattr(rehearsal, asks)()


def test_nobody_waits_for_days(stage: Play, stand_in: StandIn) -> None:
    async def waits(rehearsal: LiveRehearsal) -> None:
        await rehearsal.passes(days=3)

    with pytest.raises(UncuedError, match=r"^it lets 72 hours pass, which pass really here, and a run waits 2 hours at once at most$"):
        stage.play(waits, Person(stand_in))

    assert stand_in.room.sandbox.clock.now == stand_in.room.sandbox.seeded.began_at


def test_what_broke_is_settled_and_judged(stage: Play, stand_in: StandIn) -> None:
    async def breaks(rehearsal: LiveRehearsal) -> None:
        await an_order_leaves(rehearsal)
        raise AssertionError

    with pytest.raises(AssertionError):
        stage.play(breaks, Person(stand_in))

    assert any(one.chances for one in stage.rehearsal.judgements)
