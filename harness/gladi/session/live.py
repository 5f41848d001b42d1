"""A run on the platforms themselves: what it stands on is opened once, before collection, or refused in one sentence with nothing called.

1. The way in is the ledger: an attempt that is open, or a shop that has merged, for a test shop that a person vouches for.
2. What the API answers has to agree by both ids; then the first scenario may begin.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pytest

from gladi.attempts.account import Account
from gladi.attempts.calls import UnansweredError
from gladi.attempts.circumstances import Circumstances
from gladi.attempts.door import through
from gladi.attempts.faults import LedgerError
from gladi.attempts.ledger import Ledger
from gladi.attempts.policy import Policy, PolicyError
from gladi.attempts.sightings import Sightings
from gladi.attempts.spendable import UnspendableError
from gladi.attempts.watching.telling import COMMAND
from gladi.platforms.consents import ConsentsError
from gladi.platforms.credentials import Credentials, CredentialsError
from gladi.platforms.live import ForeignHostError, wall
from gladi.platforms.reach import reach
from gladi.play.cues import Cue
from gladi.play.faults import UncuedError
from gladi.play.live.goods import lacking
from gladi.play.live.ground import Ground, Post
from gladi.play.live.rehearsal import LiveRehearsal
from gladi.play.live.stock import Stock
from gladi.play.scenario import of
from gladi.record.words import Phase, Stage, TroubleLevel
from gladi.session.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Mapping
    from pathlib import Path

    from gladi.attempts.door import Door
    from gladi.platforms.goods import Goods
    from gladi.play.cues import Console
    from gladi.play.plan import Plan
    from gladi.play.rehearsal import Rehearsal
    from gladi.record.words import Platform

__all__ = ["URL", "LiveStage", "grounded", "opened"]

T = TypeVar("T")

URL, PORT = "GLADI_LIVE_WEBHOOK_URL", "GLADI_LIVE_WEBHOOK_PORT"
"""The public URL at which webhooks of this run arrive, and the port of this machine to which it leads."""
_RERUNS = ("reruns", "force_flaky")
"""The options by which pytest-rerunfailures and flaky are told to run again whatever fails."""


class _Eyes:
    """Our own look; what cannot be seen makes a scenario *not rehearsed*."""

    def __init__(self, sightings: Sightings) -> None:
        self._sightings = sightings

    def seller_id(self) -> str | None:
        return self._seen(self._sightings.seller_id)

    def orders(self, platform: Platform) -> dict[str, str | None]:
        return self._seen(partial(self._sightings.orders, platform))

    def copy_of(self, order_id: str) -> tuple[str, str | None] | None:
        return self._seen(partial(self._sightings.copy_of, order_id))

    def goods(self, platform: Platform, *, in_detail: Collection[str] = ()) -> Goods:
        return self._seen(partial(self._sightings.goods, platform, in_detail=in_detail))

    def cipher(self) -> str:
        return self._seen(self._sightings.cipher)

    @staticmethod
    def _seen(look: Callable[[], T]) -> T:
        try:
            return look()
        except UnansweredError as no:
            raise UncuedError(f"the platforms could not be looked at: {no}") from None


class _Door:
    """The attempts' door, in the words of a play."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def stage(self) -> Stage:
        return self._door.stage()

    def linking(self) -> Cue:
        steps = [cue.text for cue in self._door.linking()]
        if not steps:
            raise UncuedError(f"the shops of {self._door.shop.name} are linked already, and no merge can be repeated")
        return Cue(f"Link the shops of {self._door.shop.name} (attempt {self._door.ordinal})", tuple(steps[:-1]), last=steps[-1])

    def records(self, stage: Stage) -> None:
        self._door.records(stage)


class LiveStage:
    """The ground of a run, open until its end."""

    def __init__(self, ground: Ground, closing: ExitStack) -> None:
        """Stand on `ground`; `closing` closes what it stands on."""
        self.ground = ground
        self._closing = closing

    def rehearsal(self, plan: Plan) -> Rehearsal:
        """Open one rehearsal."""
        return LiveRehearsal(plan, ground=self.ground)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Play in the order of the merge, which goes on once and never back."""
        phases = tuple(Phase)

        def order(item: pytest.Item) -> tuple[int, int]:
            scenario = of(getattr(item, "function", None))
            return (0, 0) if scenario is None else (phases.index(scenario.phase), scenario.begins.rank)

        items.sort(key=order)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Say before the first play, however quiet the run is, what the test shop would have to sell besides."""
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None and session.items:
            for line in self.missing():
                terminal.write_line(line)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """End an interrupted run with one sentence: what has been spent, and what to type next."""
        try:
            return (yield)
        except KeyboardInterrupt:
            pytest.exit(self.interrupted())

    def interrupted(self) -> str:
        """Say what a run that is interrupted here has spent, and what to type next."""
        number, shop = self.ground.attempt, self.ground.shop[2]
        match self.ground.door.stage():
            case Stage.PENDING:
                return (
                    f"interrupted; attempt {number} of {shop} stays open, and spent: go on with {COMMAND}, "
                    f"or, if nothing was clicked: gladi attempts release {number} --reason TEXT"
                )
            case Stage.MERGING:
                return (
                    f"interrupted; attempt {number} of {shop} is recorded as linked, and spent for good: go on with {COMMAND}, "
                    f"or, if it came to nothing: gladi attempts record {number} failed"
                )
            case _:
                return f"interrupted; the shops of {shop} have merged (attempt {number}), and nothing of that is lost: go on with {COMMAND}"

    def missing(self) -> list[str]:
        """Say what the test shop would have to sell besides; once it has merged, nothing can be added in time."""
        if self.ground.door.stage().rank >= Stage.MERGED.rank:
            return []
        stock, name = Stock(self.ground.eyes), self.ground.shop[2]
        if stock.unread:
            return [f"what {name} sells on {platform.label} is not known: {why}" for platform, why in stock.unread.items()]
        missing = lacking(stock.goods)
        head = f"some scenarios of prices, stock and shelves cannot be rehearsed with {name}; create in its seller centers, and run again:"
        return [head, *(f"  - {one}" for one in missing)] if missing else []

    def pytest_sessionfinish(self) -> None:
        """Let go of the platforms."""
        self._closing.close()


def opened(config: pytest.Config, *, trouble: TroubleLevel) -> LiveStage:
    """Open the way to the platforms.

    Raises:
        pytest.UsageError: something speaks against it; unless the sentence says otherwise, nothing was called.
    """
    if hasattr(config, "workerinput") or getattr(config.option, "numprocesses", None):
        raise pytest.UsageError("several workers cannot share one merge; rehearse on the live target without -n")
    if trouble is not TroubleLevel.OFF:
        raise pytest.UsageError(f"nobody makes trouble on the platforms; rehearse --rehearse-trouble {trouble} on the sandbox")
    if _runs_again(config):
        raise pytest.UsageError("what fails is run again here, and nothing on the live target can be; rehearse there without --reruns")
    closing = ExitStack()
    try:
        ground = closing.enter_context(grounded(config.rootpath, os.environ, Terminal(config)))
    except (PolicyError, UnspendableError, LedgerError, CredentialsError, ConsentsError, ForeignHostError) as wrong:
        closing.close()
        raise pytest.UsageError(f"--rehearse-target live: {wrong}") from None
    return LiveStage(ground, closing)


def _runs_again(config: pytest.Config) -> bool:
    if Circumstances.of(os.environ, terminal=True).reruns or any(getattr(config.option, name, None) for name in _RERUNS):
        return True
    try:
        return str(config.getini("reruns") or 0) != "0"
    except ValueError:  # no plugin knows such a setting
        return False


@contextmanager
def grounded(root: Path, environment: Mapping[str, str], console: Console) -> Generator[Ground]:
    """Open what all plays of a run stand on: by the policy of `root` and what the environment says, with the person at `console`.

    Raises:
        PolicyError, UnspendableError, LedgerError, CredentialsError, ConsentsError, ForeignHostError: something speaks against it.
    """
    policy = Policy.read(root)
    door = through(policy, _ledger(policy), now=datetime.now(UTC))
    keys = Credentials.read(environment, outside=root)
    post = _post(environment, stands_in=bool(keys.base_urls))
    shop = door.shop
    with reach(keys) as platforms:
        sightings = Sightings(platforms.ours, Account.under(keys), shop, now=wall, business=platforms.time.now)
        seller_id = _agrees(sightings, door)
        yield Ground(
            shop=(shop.tokopedia_shop_id, shop.shop_id, shop.name),
            credentials=keys,
            platforms=platforms.theirs,
            time=platforms.time,
            eyes=_Eyes(sightings),
            door=_Door(door),
            console=console,
            is_ours=lambda: platforms.live.is_calling,
            post=post,
            seller_id=seller_id,
            attempt=door.ordinal,
        )


def _ledger(policy: Policy) -> Callable[[], Ledger]:
    if policy.developer is None:
        raise UnspendableError('no attempts are counted; write developer = "..." into [attempts] of gladi.toml')
    return partial(Ledger.at, policy.ledger, developer=policy.developer, quota=policy.quota)


def _post(environment: Mapping[str, str], *, stands_in: bool) -> Post:
    url, port = environment.get(URL, ""), environment.get(PORT, "")
    if stands_in and not url:
        return Post()
    if not url.startswith("https://") and not stands_in:
        raise UnspendableError(f"nothing says where webhooks of this run arrive; set {URL} to a public https:// URL that leads to {PORT}")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):  # noqa: PLR2004 - TCP
        raise UnspendableError(f"{PORT} is no port of this machine; set it to the one to which {URL} leads")
    return Post(url, int(port))


def _agrees(sightings: Sightings, door: Door) -> str | None:
    """See that the shop of the ledger is one that both APIs answer for; give the seller's id of one that has merged.

    Raises:
        UnspendableError: it is not.
    """
    shop = door.shop
    try:
        served = sightings.serves()
        sightings.cipher()
        seller_id = sightings.seller_id()
    except UnansweredError as no:
        raise UnspendableError(f"the shop could not be looked at: {no}") from None
    if not served:
        raise UnspendableError(f"the app serves no shop {shop.tokopedia_shop_id} on Tokopedia, which gladi.toml names as {shop.name}")
    if seller_id is not None and door.stage().rank < Stage.MERGED.rank:
        raise UnspendableError(f"{shop.name} has merged, and the ledger does not know; type: gladi attempts record {door.ordinal} merged")
    return seller_id
