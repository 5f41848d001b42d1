"""The troublemaker: what a scenario says when something is to go wrong between the system and a platform."""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from gladi.platforms.trouble import EndedToken, LostAnswer, LostRequest, NthCall, Window
from gladi.play.faults import RehearsalError
from gladi.record.operations import OPERATIONS, Does
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.platforms.trouble import Aim, Troubles
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["Troublemaker"]

_NAMES = tuple(operation.name for operation in OPERATIONS)


class Troublemaker:
    """Makes trouble on purpose. Each is aimed at one call, the n-th from now on, or at every call of the next minutes."""

    def __init__(self, sandbox: Sandbox, troubles: Troubles) -> None:
        """Make `troubles` for those who call `sandbox`."""
        self._sandbox = sandbox
        self._troubles = troubles

    def loses_the_answer(self, *, to: str | Sequence[str], nth: int = 1, minutes: float | None = None) -> None:
        """Let the platform do what a call asks for, and lose its answer: nobody knows that it happened.

        `to` names operations, such as `shop.ship_package`; of several, their calls are counted together.

        Raises:
            RehearsalError: there is no such operation, or no such call.
        """
        self._troubles.add(LostAnswer(self._aim(to, nth, minutes)))

    def loses_the_request(self, *, to: str | Sequence[str], nth: int = 1, minutes: float | None = None) -> None:
        """Lose a call on its way to the platform: it surely did not happen. `to` as for `loses_the_answer`.

        Raises:
            RehearsalError: there is no such operation, or no such call.
        """
        self._troubles.add(LostRequest(self._aim(to, nth, minutes)))

    def ends_the_tokens(self, *, on: Platform) -> None:
        """End every access token of a platform just before the system's next call there; its refresh tokens stay good.

        Raises:
            RehearsalError: `on` is no platform.
        """
        if type(on) is not Platform:
            raise RehearsalError(f"{on!r} is no platform; write TOKOPEDIA or SHOP, both from gladi")
        under_a_token = frozenset(one.name for one in OPERATIONS if one.platform is on and one.does is not Does.AUTHORIZES)
        self._troubles.add(EndedToken(NthCall(under_a_token), partial(self._sandbox.ends_tokens, on)))

    def settle(self) -> None:
        """Make sure that every trouble has struck; a rehearsal does so when it has settled.

        Raises:
            RehearsalError: a trouble met no call, so the scenario has rehearsed nothing.
        """
        for trouble in self._troubles.unmet:
            names = sorted(trouble.aim.operations)
            which = " or ".join(names) if len(names) <= 3 else f"{names[0].partition('.')[0]}.*"  # noqa: PLR2004 - what the eye takes in
            raise RehearsalError(
                f"this scenario asked for {trouble.name!r} in a call of {which}, and the system made no such call before it ended; "
                "ask for it before the call is due, and let time pass until it was made"
            )

    def _aim(self, to: str | Sequence[str], nth: int, minutes: float | None) -> Aim:
        names = frozenset((to,) if isinstance(to, str) else to)
        for name in sorted(names):
            if name not in _NAMES:
                near = get_close_matches(name, _NAMES, n=3)
                right = f"did you mean {' or '.join(near)}?" if near else f"write one of {', '.join(_NAMES[:3])} and so on"
                raise RehearsalError(f"{name!r} is no operation; {right}")
        if not names or nth < 1 or (minutes is not None and (minutes <= 0 or nth != 1)):
            raise RehearsalError("that is no call; name its operations, and then either nth=1 or more, or minutes=1 or more")
        if minutes is None:
            return NthCall(names, nth)
        now = self._sandbox.clock.now
        return Window(names, now, now + round(timedelta(minutes=minutes).total_seconds() * 1000))
