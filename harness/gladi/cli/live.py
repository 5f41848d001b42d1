"""Preflight on the platforms themselves: the nine checks asked of them, for the test shops that a person vouches for alone.

1. What is missing here is one sentence, before anything is called.
2. The system that is asked is the deployed one, at the URL that it has registered; its adapter is not made.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gladi.attempts.account import Account
from gladi.attempts.calls import Calls
from gladi.attempts.case import Case
from gladi.attempts.preflight import STAND_IN, preflight
from gladi.attempts.spendable import UnspendableError, spendable
from gladi.faces.postman import Postman
from gladi.platforms.consents import ConsentsError
from gladi.platforms.credentials import Credentials, CredentialsError
from gladi.platforms.live import ForeignHostError, wall
from gladi.platforms.reach import reach
from gladi.platforms.walltime import StandInGoneError
from gladi.play.system import BeginsChats, Chats
from gladi.record.words import Target

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime
    from pathlib import Path

    from gladi.attempts.case import Answer
    from gladi.attempts.events import Attestation
    from gladi.attempts.policy import Policy
    from gladi.attempts.preflight import Preflight
    from gladi.platforms.reach import Reach
    from gladi.play.adapter import Adapter
    from gladi.record.wire import Outgoing

__all__ = ["GoneError", "UnreachableError", "on_live", "reached"]


class UnreachableError(Exception):
    """The platforms are not asked; the text is one sentence."""


class GoneError(UnreachableError):
    """A stand-in went away, whatever it was asked by then; the text is one sentence."""


@contextmanager
def reached(root: Path) -> Generator[Reach]:
    """Open the way to the platforms by what the environment says; credentials lie outside of the work tree of `root`.

    Raises:
        UnreachableError: the credentials are missing, kept badly or lead elsewhere, or the newest tokens cannot be kept.
        GoneError: nobody serves the stand-in that they name.
    """
    try:
        with reach(Credentials.read(os.environ, outside=root)) as found:
            yield found
    except StandInGoneError as wrong:
        raise GoneError(str(wrong)) from None
    except (CredentialsError, ConsentsError, ForeignHostError) as wrong:
        raise UnreachableError(str(wrong)) from None


def on_live(  # noqa: PLR0913 - what is known beside the platforms
    adapter: Adapter,
    *,
    policy: Policy,
    merge_url: str,
    rehearsed: Answer,
    recorded: Answer | None,
    attestations: tuple[Attestation, ...],
    now: datetime,
) -> Preflight:
    """Ask the nine checks of the platforms.

    Raises:
        UnreachableError: no shop may be touched, or the platforms cannot be called; nothing was.
    """
    try:
        shops = spendable(policy, attestations, now=now)
    except UnspendableError as wrong:
        raise UnreachableError(str(wrong)) from None
    with reached(policy.root) as platforms:
        account = Account.under(platforms.credentials, merge_url=merge_url, chats=bool({Chats, BeginsChats} & adapter.capabilities))
        # A stand-in reaches no further than this machine; the platforms' webhooks come from outside.
        postman = Postman(anywhere=not platforms.stands_in)

        def delivers(outgoing: Outgoing) -> int | None:
            return postman.deliver(outgoing).status  # the check says what it means that nobody answered

        case = Case(
            # Whoever answers, a signature is checked against the wall clock.
            Calls(platforms.ours, account, now=wall),
            account,
            delivers,
            rehearsed,
            now,
            attestations,
            recorded,
            tuple(shop.tokopedia_shop_id for shop in shops),
            tuple(shop.shop_id for shop in shops),
        )
        return preflight(case, target=STAND_IN if platforms.stands_in else Target.LIVE)
