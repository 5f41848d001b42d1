"""Preflight on the sandbox: a fresh one, the system before it, and the nine checks asked beside the system."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from gladi.attempts.account import Account
from gladi.attempts.calls import Calls
from gladi.attempts.case import Case
from gladi.attempts.preflight import preflight
from gladi.platforms.unprepared import unprepared
from gladi.play.faults import AdapterError, HarnessFault, UnseenClientError
from gladi.play.frames import where
from gladi.play.showing import answer_of
from gladi.play.standing import stand
from gladi.play.system import BeginsChats, Chats
from gladi.play.venue import make_venue
from gladi.record.redact import clean_text
from gladi.record.words import Face, Target
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import seller

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from gladi.attempts.case import Answer
    from gladi.attempts.events import Attestation
    from gladi.attempts.policy import TestShop
    from gladi.attempts.preflight import Preflight
    from gladi.play.adapter import Adapter
    from gladi.play.venue import Venue
    from gladi.record.wire import Outgoing, Request, Response

__all__ = ["sandboxed"]

_SERVER_ERROR = 500


def sandboxed(  # noqa: PLR0913 - what is known beside the sandbox
    adapter: Adapter,
    *,
    without: Collection[str],
    merge_url: str,
    rehearsed: Answer,
    recorded: Answer | None,
    test_shops: Sequence[TestShop],
    attestations: tuple[Attestation, ...],
    now: datetime,
    says: Callable[[str], object],
) -> Preflight:
    """Ask the nine checks of a sandbox before which the system has lived for one tick; what goes wrong with the system goes to `says`.

    The sandbox has the `test_shops`, by their ids and names, or one of its own where none are named.

    Raises:
        AdapterError: the system could not be made.
        HarnessFault: the sandbox raised.
        UnseenClientError: the system called a platform's host past the face.
    """
    named = [(shop.tokopedia_shop_id, shop.shop_id, shop.name) for shop in test_shops]
    sandbox = Sandbox(seeded=seller(sellers=len(named) or 1).bearing(named))
    platform = unprepared(sandbox, without)
    with ExitStack() as stack:
        face = stack.enter_context(stand(Face.INPROCESS, platform, sandbox, None))
        storage = Path(stack.enter_context(TemporaryDirectory(prefix="gladi-preflight-")))
        venue = make_venue(sandbox, url=None, storage=storage, transport=face.transport)

        def target(request: Request) -> Response:
            with face.lock:
                return platform(request)

        def case(delivers: Callable[[Outgoing], int | None]) -> Case:
            account = _account(venue, merge_url, chats=bool({Chats, BeginsChats} & adapter.capabilities))
            calls = Calls(target, account, now=lambda: sandbox.clock.now)
            return Case(calls, account, delivers, rehearsed, now, attestations, recorded, tuple(one for one, *_ in named))

        found = asyncio.run(_beside(adapter, venue, case, says))
        face.speaks_up(sandbox.journal)
    return found


async def _beside(
    adapter: Adapter, venue: Venue, case: Callable[[Callable[[Outgoing], int | None]], Case], says: Callable[[str], object]
) -> Preflight:
    """Let the system live, and ask the checks on another thread meanwhile, because they wait for it to answer a webhook."""
    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as systems:
        system = await _made(adapter, venue, systems)
        try:
            await answer_of(system.tick(venue.now()))
        except (HarnessFault, UnseenClientError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a system may raise; the checks say what is missing
            says(_raised("tick", error))

        def delivers(outgoing: Outgoing) -> int | None:
            return asyncio.run_coroutine_threadsafe(_received(system, outgoing, says), loop).result()

        return await asyncio.to_thread(preflight, case(delivers), target=Target.SANDBOX)


async def _made(adapter: Adapter, venue: Venue, systems: AsyncExitStack) -> Any:  # noqa: ANN401 - the user's adapter
    """Make the system as a rehearsal does.

    Raises:
        AdapterError: it raised, so that there is nothing to ask.
    """
    method = "__init__" if isinstance(adapter.factory, type) else "factory"
    try:
        made: Any = adapter.factory(venue)
        method = "__aenter__"
        return await systems.enter_async_context(made) if hasattr(made, method) else made
    except (HarnessFault, UnseenClientError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a system may raise
        raise AdapterError(f"{_raised(method, error)}; mend that, and ask again") from None


async def _received(system: Any, outgoing: Outgoing, says: Callable[[str], object]) -> int:  # noqa: ANN401 - the user's adapter
    try:
        status: Any = await answer_of(system.receive(outgoing.delivery))
    except Exception as error:  # noqa: BLE001 - a receiver that raises is a server that answers 500
        says(_raised("receive", error))
        return _SERVER_ERROR
    return status if type(status) is int else _SERVER_ERROR


def _raised(method: str, error: Exception) -> str:
    said = str(error).strip().partition("\n")[0]
    return clean_text(f"the system's {method} raised {type(error).__name__}: {said} ({where(error)})")


def _account(venue: Venue, merge_url: str, *, chats: bool) -> Account:
    return Account(
        fs_id=venue.tokopedia.fs_id,
        client_id=venue.tokopedia.client_id,
        client_secret=venue.tokopedia.client_secret,
        webhook_secret=venue.tokopedia.webhook_secret,
        app_key=venue.shop.app_key,
        app_secret=venue.shop.app_secret,
        refresh_tokens=tuple(grant.refresh_token for grant in venue.shop.grants),
        merge_url=merge_url,
        chats=chats,
    )
