"""Standing a platform before the system: the face of a rehearsal with everything that belongs to it, and what it heard."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from gladi.play.faults import HarnessFault, UnseenClientError
from gladi.record.redact import clean_text
from gladi.record.words import Face, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from gladi.faces.server import Served
    from gladi.faces.transport import PlatformTransport
    from gladi.record.journal import Journal
    from gladi.record.wire import Answers
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["Standing", "stand"]


@dataclass(slots=True)
class Standing:
    """A face that stands: where the system finds the platforms, and what went past or wrong behind it."""

    lock: AbstractContextManager[Any]
    url: str | None = None
    """The base URL of all four hosts when served; None in process, where they bear the platforms' own names."""
    faults: Callable[[], list[Exception]] = list
    """What the platform raised so far; the system may have swallowed it."""
    transport: Callable[[], PlatformTransport] | None = None
    """Gives an httpx transport that leads to the platform without any patching; None when served."""
    hits: list[str] = field(default_factory=list[str])
    """The platform hosts that were called past the face."""

    def speaks_up(self, journal: Journal) -> None:
        """Raise what the system may have swallowed.

        Raises:
            HarnessFault: the platform raised.
            UnseenClientError: a platform's host was called past the face.
        """
        faults = self.faults()
        if faults:
            fault = faults[0]
            raise HarnessFault(clean_text(f"the sandbox raised {type(fault).__name__}: {fault}; please report it")) from fault
        if self.hits:
            from gladi.faces.guard import sentence  # noqa: PLC0415 - only where it is needed

            text = sentence(self.hits[0])
            journal.finding(Level.VIOLATION, "unseen client", text)
            raise UnseenClientError(text)


@contextmanager
def stand(
    face: Face, platform: Answers, sandbox: Sandbox, server: Served | None, *, lets_pass: Callable[[], bool] = lambda: False
) -> Generator[Standing]:
    """Put `platform` before the system for one rehearsal: through the session's `server`, or in process with guard and shared TLS.

    The guard lets a call to the platforms' hosts pass while `lets_pass` holds: it is one of ours, on the live target.
    """

    def now() -> int:
        return sandbox.clock.now

    from gladi.faces.guard import Guard  # noqa: PLC0415 - these bring httpx
    from gladi.faces.tls import SharedTls  # noqa: PLC0415

    with ExitStack() as stack:
        stack.enter_context(SharedTls())
        guard = stack.enter_context(Guard(lets_pass=lets_pass))
        if face is Face.SERVED and server is not None:
            server.platform, server.now = platform, now
            server.faults.clear()
            yield Standing(server.lock, server.url, lambda: server.faults, hits=guard.hits)
            return
        from gladi.faces.inprocess import InProcess  # noqa: PLC0415 - and this respx, which a served rehearsal does not need
        from gladi.faces.transport import PlatformTransport  # noqa: PLC0415

        lock = Lock()
        doors = stack.enter_context(InProcess(platform, now=now, lock=lock))
        yield Standing(lock, None, lambda: doors.faults, lambda: PlatformTransport(platform, now=now, lock=lock), guard.hits)
