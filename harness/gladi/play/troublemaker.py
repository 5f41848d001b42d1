"""The troublemaker: what a scenario says when something is to go wrong between the system and a platform."""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches
from functools import partial
from random import Random
from typing import TYPE_CHECKING, TypedDict, Unpack

from gladi.platforms.troubles.aim import Chance, NthCall, Window
from gladi.platforms.troubles.crash import Crash
from gladi.platforms.troubles.garbling import CutAnswer, MalformedAnswer
from gladi.platforms.troubles.loss import LateAnswer, LostAnswer, LostRequest
from gladi.platforms.troubles.pages import ShiftedPages, ShortPages
from gladi.platforms.troubles.refusal import ServerFault, TooManyRequests
from gladi.platforms.troubles.tokens import EndedToken
from gladi.platforms.troubles.wording import NumericIds, ReorderedLists, UnknownFields
from gladi.play.faults import RehearsalError
from gladi.play.system import Restarts
from gladi.record.operations import OPERATIONS, Does
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.platforms.troubles.aim import Aim
    from gladi.platforms.troubles.trouble import Troubles
    from gladi.play.backstage import Backstage

__all__ = ["Troublemaker"]

_NAMES = tuple(operation.name for operation in OPERATIONS)


class When(TypedDict, total=False):
    """Which calls of an operation are meant: the `nth` from now on, all of the next `minutes`, or each with a `chance` from 0 to 1."""

    nth: int
    minutes: float
    chance: float


class Troublemaker:
    """Makes trouble on purpose.

    Each is aimed at operations: `to` names one, such as `shop.ship_package`, or several, whose calls are counted together. It befalls the
    next call, or says `When`; what comes by chance is decided by the seed of the play, and spares a call that is made again. Whoever asks
    for a call that the platforms do not have, or for no call at all, hears of it by a `RehearsalError`.
    """

    def __init__(self, backstage: Backstage, troubles: Troubles, *, seed: int = 0) -> None:
        """Make `troubles` for those who call the sandbox that stands behind `backstage`."""
        self._backstage = backstage
        self._troubles = troubles
        self._draws = Random(f"troublemaker {seed}")

    # -- lost ----------------------------------------------------------------------------------------------------------

    def loses_the_answer(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Let the platform do what a call asks for, and lose its answer: nobody knows that it happened."""
        self._troubles.add(LostAnswer(self._aim(to, **when)))

    def loses_the_request(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Lose a call on its way to the platform: it surely did not happen."""
        self._troubles.add(LostRequest(self._aim(to, **when)))

    def answers_too_late(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Let the platform do what a call asks for, and answer when the client no longer waits.

        The client's time-out passes, in virtual time: what its client says in process, where that is unknown 30 seconds.
        """
        self._troubles.add(LateAnswer(self._aim(to, **when)))

    # -- refused and broken --------------------------------------------------------------------------------------------

    def has_too_many_requests(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Refuse a call with 429, as each platform does: it surely did not happen."""
        self._troubles.add(TooManyRequests(self._aim(to, **when)))

    def breaks_down(self, *, to: str | Sequence[str], happened: bool = False, **when: Unpack[When]) -> None:
        """Answer a call with 5xx; with `happened`, after the platform did what it was asked for."""
        self._troubles.add(ServerFault(self._aim(to, **when), happened))

    def cuts_the_answer_short(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Let the platform do what a call asks for, and its JSON end in the middle."""
        self._troubles.add(CutAnswer(self._aim(to, **when)))

    def spoils_the_answer(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Let the platform do what a call asks for, and its answer be no JSON, though it says so."""
        self._troubles.add(MalformedAnswer(self._aim(to, **when)))

    def ends_the_tokens(self, *, on: Platform) -> None:
        """End every access token of a platform just before the system's next call there; its refresh tokens stay good.

        Raises:
            RehearsalError: `on` is no platform.
        """
        if type(on) is not Platform:
            raise RehearsalError(f"{on!r} is no platform; write TOKOPEDIA or SHOP, both from gladi")
        under_a_token = frozenset(one.name for one in OPERATIONS if one.platform is on and one.does is not Does.AUTHORIZES)
        self._troubles.add(EndedToken(NthCall(under_a_token), partial(self._backstage.sandbox.ends_tokens, on)))

    # -- awkward -------------------------------------------------------------------------------------------------------

    def shifts_the_pages(self, *, of: str | Sequence[str], **when: Unpack[When]) -> None:
        """Let a row come in while a list is read: a page begins with the last row of the one before. The first page cannot shift."""
        self._troubles.add(ShiftedPages(self._aim(of, **when), self._troubles.readings))

    def cuts_the_pages(self, *, of: str | Sequence[str], **when: Unpack[When]) -> None:
        """Give fewer rows than were asked for, and a token that leads to the others; numbered pages stay whole."""
        self._troubles.add(ShortPages(self._aim(of, **when), self._troubles.readings, self._draws))

    def reorders_the_lists(self, *, of: str | Sequence[str], **when: Unpack[When]) -> None:
        """Give lists in another order, where no document names one and no parameter asks for one."""
        self._troubles.add(ReorderedLists(self._aim(of, **when), self._draws))

    def adds_unknown_fields(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Add a field that no document names to every object of an answer."""
        self._troubles.add(UnknownFields(self._aim(to, **when)))

    def writes_ids_as_numbers(self, *, to: str | Sequence[str], **when: Unpack[When]) -> None:
        """Write ids as numbers where the platform writes them as strings, exact to the last digit."""
        self._troubles.add(NumericIds(self._aim(to, **when)))

    # -- gone ----------------------------------------------------------------------------------------------------------

    def crashes(self, *, at: str | Sequence[str], before: bool = False, **when: Unpack[When]) -> None:
        """Let the system's process go in the middle of a call: `before` the platform heard of it, or once it has done what was asked.

        Nothing of that process runs on. A few seconds later its factory is called again, with a venue whose storage holds what lay there
        in the moment of the crash.

        Raises:
            RehearsalError: the system does not declare that it restarts, or there is no such call.
        """
        self._backstage.must(Restarts)
        self._troubles.add(Crash(self._aim(at, **when), self._backstage.loses_the_process, before))

    def settle(self) -> None:
        """Make sure that every trouble has struck; a rehearsal does so when it has settled.

        Raises:
            RehearsalError: a trouble met no call, so the scenario has rehearsed nothing.
        """
        for trouble in self._troubles.unmet:
            names = sorted(trouble.aim.operations)
            which = " or ".join(names) if len(names) <= 3 else f"{names[0].partition('.')[0]}.*"  # noqa: PLR2004 - what the eye takes in
            on_which = " in which there was anything to change" if trouble.legal else ""
            raise RehearsalError(
                f"this scenario asked for {trouble.name!r} in a call of {which}, and the system made no such call{on_which} before it "
                "ended; ask for it before the call is due, and let time pass until it was made"
            )

    def _aim(self, to: str | Sequence[str], *, nth: int = 1, minutes: float | None = None, chance: float | None = None) -> Aim:
        names = frozenset((to,) if isinstance(to, str) else to)
        for name in sorted(names):
            if name not in _NAMES:
                near = get_close_matches(name, _NAMES, n=3)
                right = f"did you mean {' or '.join(near)}?" if near else f"write one of {', '.join(_NAMES[:3])} and so on"
                raise RehearsalError(f"{name!r} is no operation; {right}")
        if not names or nth < 1 or (minutes is not None and (minutes <= 0 or nth != 1)):
            raise RehearsalError("that is no call; name its operations, and then either nth=1 or more, or minutes=1 or more")
        if chance is not None:
            if not 0 <= chance <= 1 or minutes is not None or nth != 1:
                raise RehearsalError(f"chance={chance} is no chance; write a number from 0 to 1, without nth and without minutes")
            return Chance(names, chance, self._draws)
        if minutes is None:
            return NthCall(names, nth)
        now = self._backstage.sandbox.clock.now
        return Window(names, now, now + round(timedelta(minutes=minutes).total_seconds() * 1000))
