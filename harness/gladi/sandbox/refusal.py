"""How an API of the sandbox says no: a refusal is a value with the platform's own code and our evidence for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.record.evidence import Evidence

__all__ = ["Refusal", "Refused"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One way of saying no: our name for it, HTTP status, the platform's code and message, and why we believe in it."""

    name: str
    status: int
    code: str
    message: str
    evidence: Evidence
    reason: str = ""
    """A second text, where the platform's envelope has one."""
    headers: tuple[tuple[str, str], ...] = ()
    token_ended: bool = False
    """The access token was good and has ended: a new one is to be fetched."""

    def saying(self, message: str = "", *, reason: str = "") -> Refusal:
        """Give the same refusal with the text that belongs to one request."""
        return replace(self, message=message or self.message, reason=reason or self.reason)

    @property
    def assumption(self) -> tuple[str, ...]:
        """The id of the assumption behind it, for the entry that rests on it; none where it is documented."""
        return (f"refusal.{self.name}",) if self.evidence.is_assumed else ()


class Refused(Exception):  # noqa: N818 - it is what happened, not a fault
    """Raised by a handler to answer with a refusal; caught by its API, which puts it into the platform's envelope."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry `refusal`."""
        super().__init__(refusal.name)
        self.refusal = refusal
