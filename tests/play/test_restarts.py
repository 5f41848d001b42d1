"""A process that goes leaves what lies on its disk and nothing else; the next one begins on that, and hears of nothing that it missed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, Self

import httpx
import pytest

from gladi import Face, Rehearsal, Restarts, Stage
from gladi.faces.server import Served
from gladi.play.faults import RehearsalError, SystemFault
from gladi.play.rehearsal import Plan
from gladi.record.journal import Call, Fact, Webhook, What
from gladi.record.wire import Lost, Response
from gladi.sandbox.settings import Settings
from tests.play.stage import Quiet, Receives, adapter_of, perform

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from gladi import Delivery, Venue

TOKEN = "tokopedia.get_token"


class Diary(Quiet, Restarts):
    """Fetches a token at each tick, and writes down what it did before and after; its disk outlives it, its mind does not."""

    instances: ClassVar[list[Diary]] = []

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        self.file = venue.storage / "diary"
        self.begins_with = self.file.read_text() if self.file.exists() else ""
        self.mind = ""
        self.left: list[bool] = []
        self.instances.append(self)

    def writes(self, word: str) -> None:
        self.mind += word
        self.file.write_text(self.begins_with + self.mind)

    async def tick(self, now: Any) -> None:
        del now
        self.writes("<")
        try:
            await self.asks()
        finally:
            self.writes(">")

    async def asks(self) -> None:
        keys = self.venue.tokopedia
        async with httpx.AsyncClient() as client:
            url = f"{self.venue.tokopedia_token_url}/token?grant_type=client_credentials"
            await client.post(url, auth=(keys.client_id, keys.client_secret))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.left.append(True)


class HasTasks(Diary):
    """Has work going on beside its ticks."""

    done: ClassVar[list[str]] = []

    async def tick(self, now: Any) -> None:
        await super().tick(now)
        if not self.begins_with:
            self.has_begun = asyncio.Event()
            self.task = asyncio.create_task(self.goes_on())
            await self.has_begun.wait()

    async def goes_on(self) -> None:
        self.has_begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            try:
                await self.asks()
            except BaseException as error:
                self.done.append(type(error).__name__)
                raise


class SaysGoodbye(Diary):
    """Asks once more before it leaves, and may break on the way out."""

    said: ClassVar[list[str]] = []
    breaks: ClassVar[bool] = False

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            await self.asks()
        except BaseException as told:
            self.said.append(type(told).__name__)
            raise
        finally:
            if self.breaks and self is self.instances[0]:
                raise RuntimeError("broke on the way out")
        self.said.append("heard")


class HearsAndRestarts(Receives, Restarts):
    """Hears of the merge, if it is there."""

    heard: ClassVar[list[str]] = []

    def receive(self, delivery: Delivery) -> Any:
        self.heard.append(delivery.path)
        return super().receive(delivery)


class CannotBeginAgain(Diary):
    """Trusts that nobody was here before."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        if self.begins_with:
            raise RuntimeError("somebody was here")


@pytest.fixture(autouse=True)
def _nobody_was_here() -> None:
    Diary.instances.clear()
    for kept in (HasTasks.done, SaysGoodbye.said, HearsAndRestarts.heard):
        kept.clear()


def calls(rehearsal: Rehearsal) -> list[Lost | None]:
    return [one.lost for one in rehearsal.journal.entries if isinstance(one, Call)]


@pytest.mark.parametrize(("before", "lost"), [(False, Lost.ANSWER), (True, Lost.REQUEST)])
@pytest.mark.parametrize("face", Face)
def test_a_process_goes_in_the_middle_of_a_call(face: Face, before: bool, lost: Lost, tmp_path: Path) -> None:  # noqa: FBT001
    with Served(lambda request: Response(503, (), b""), now=lambda: 0) as server:  # noqa: ARG005 - nobody asks in between
        storage = tmp_path / "disk"
        storage.mkdir()
        rehearsal = Rehearsal(Plan(adapter_of(Diary), Settings(), storage, face=face, server=server if face is Face.SERVED else None))

        async def body(rehearsal: Rehearsal) -> None:
            rehearsal.trouble.crashes(at=TOKEN, before=before)
            rehearsal.backstage.wake = rehearsal.backstage.sandbox.clock.now + 1000
            await rehearsal.passes(minutes=1)

        with asyncio.Runner() as runner:
            runner.run(rehearsal.perform(lambda: body(rehearsal)))

    first, second = Diary.instances
    assert calls(rehearsal) == [None, lost, None]
    # What the dead one wrote while its end went through it is not on the disk that the next one finds.
    assert (first.mind, second.begins_with, second.mind) == ("<><>", "<><", "<>")
    assert (first.left, second.left) == ([True], [True])
    facts = [one for one in rehearsal.journal.entries if isinstance(one, Fact) and one.what in (What.CRASHED, What.TROUBLE)]
    assert [(one.what, one.value) for one in facts] == [(What.CRASHED, None), (What.TROUBLE, "system crashed")]


def test_it_is_back_after_a_few_seconds(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        before = rehearsal.now
        await rehearsal.system_crashes()
        assert (rehearsal.now - before).total_seconds() == 5
        assert rehearsal.system is Diary.instances[1]

    rehearsal = perform(Diary, tmp_path, body)

    assert calls(rehearsal) == [None, None]


def test_nothing_of_a_dead_process_runs_on_or_is_heard(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.system_crashes()

    rehearsal = perform(HasTasks, tmp_path, body)

    assert HasTasks.done == ["Crashed"]
    assert calls(rehearsal) == [None, None]


@pytest.mark.parametrize("breaks", [False, True])
def test_what_a_dead_instance_says_while_another_lives_is_neither_heard_nor_held_against_it(
    breaks: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.system_crashes()

    monkeypatch.setattr(SaysGoodbye, "breaks", breaks)

    rehearsal = perform(SaysGoodbye, tmp_path, body)

    assert SaysGoodbye.said == ["heard", "Crashed"]
    assert calls(rehearsal) == [None, None, None]


def test_who_puts_something_to_a_process_that_is_gone_waits_for_it(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.backstage.loses_the_process()
        heard.append(await rehearsal.backstage.asks(lambda system: system.begins_with))

    heard: list[str] = []
    perform(Diary, tmp_path, body)

    assert heard == ["<>"]


def test_the_first_instance_may_go_before_it_has_begun(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.crashes(at=TOKEN, nth=1)
        rehearsal.trouble.crashes(at=TOKEN, nth=2)
        rehearsal.backstage.wake = rehearsal.backstage.sandbox.clock.now
        await rehearsal.passes(minutes=1)

    rehearsal = perform(Diary, tmp_path, body)

    assert calls(rehearsal) == [None, Lost.ANSWER, Lost.ANSWER, None]
    assert Diary.instances[-1].begins_with == "<><<"


def test_a_webhook_that_comes_to_a_process_that_is_gone_meets_nobody(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        clock = rehearsal.backstage.sandbox.clock
        await rehearsal.backstage.goes_to(next(one.at for one in clock.pending() if "webhook" in one.name) - 1000)
        rehearsal.backstage.loses_the_process()
        await rehearsal.passes(minutes=1)

    rehearsal = perform(HearsAndRestarts, tmp_path, body)

    assert [(one.status, one.lost) for one in rehearsal.journal.entries if isinstance(one, Webhook)] == [(None, False)]
    assert HearsAndRestarts.heard == []


def test_a_system_that_cannot_begin_again_is_at_fault(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.system_crashes()

    with pytest.raises(SystemFault) as caught:
        perform(CannotBeginAgain, tmp_path, body)

    assert str(caught.value) == (
        "the factory raised RuntimeError when it was called again after a crash: somebody was here; a system that declares Restarts "
        "begins again on whatever lies in venue.storage"
    )


def test_a_system_that_does_not_restart_is_not_crashed(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.crashes(at=TOKEN)

    with pytest.raises(RehearsalError, match="this needs Restarts, which the system does not declare"):
        perform(Quiet, tmp_path, body)
