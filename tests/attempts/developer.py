"""A developer on the sandbox who has made every preparation, or all but some."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.attempts.account import Account
from gladi.attempts.calls import Calls
from gladi.attempts.case import Case, ready
from gladi.attempts.checks import ATTESTABLE
from gladi.attempts.events import Attestation
from gladi.attempts.preflight import preflight
from gladi.platforms.unprepared import unprepared
from gladi.record.operations import OPERATIONS
from gladi.record.routing import router
from gladi.sandbox.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Collection

    from gladi.attempts.case import Answer
    from gladi.attempts.preflight import Preflight
    from gladi.record.wire import Answers, Outgoing, Request, Response

NOW = datetime(2025, 3, 4, 9, tzinfo=UTC)
UNTIL = date(2025, 6, 30)
MERGE_URL = "https://system.example.com/webhooks/merge"

KNOWN = {operation.name for operation in OPERATIONS}


def word(check: str, *, until: date = UNTIL, note: str = "") -> Attestation:
    """Give the word of a person for a check."""
    return Attestation(check, "Ayu", datetime(2025, 3, 1, tzinfo=UTC), until, note)


class Developer:
    """One developer, and a system that answers webhooks with `status`."""

    def __init__(self, *, lacks: Collection[str] = (), platform: Answers | None = None) -> None:
        """Stand before a fresh sandbox; `platform` is put in its place, where it is wrapped in something more."""
        self.sandbox = Sandbox()
        self.platform = platform or unprepared(self.sandbox, lacks)
        self.status: int | None = 200
        self.delivered: list[Outgoing] = []
        self.asked: list[str] = []
        app = self.sandbox.app
        self.account = Account(
            fs_id=app.fs_id,
            client_id=app.client_id,
            client_secret=app.client_secret,
            webhook_secret=app.webhook_secret,
            app_key=app.app_key,
            app_secret=app.app_secret,
            refresh_tokens=tuple(one.refresh_token for one in self.sandbox.consents),
            merge_url=MERGE_URL,
        )

    def target(self, request: Request) -> Response:
        """Answer a request, and note which operation it was."""
        operation = router().route(request).operation
        self.asked.append(operation.name if operation is not None else request.path)
        return self.platform(request)

    def rewriting(self, name: str, old: bytes, new: bytes) -> Answers:
        """Give the sandbox with `new` for `old` in the answers to one operation, or for the whole body where `old` is empty."""

        def answers(request: Request) -> Response:
            response = self.sandbox(request)
            operation = router().route(request).operation
            if operation is None or operation.name != name:
                return response
            return msgspec.structs.replace(response, body=response.body.replace(old, new) if old else new)

        return answers

    def receives(self, outgoing: Outgoing) -> int | None:
        """Take a webhook as the system would."""
        self.delivered.append(outgoing)
        return self.status

    def case(self, **otherwise: Any) -> Case:
        """Give the case of a developer for whom every person vouches and whose rehearsal is green."""
        account = otherwise.pop("account", self.account)
        case = Case(
            calls=Calls(self.target, account, now=lambda: self.sandbox.clock.now),
            account=account,
            delivers=self.receives,
            rehearsed=ready("version 7.1 of the system is green on the sandbox"),
            now=NOW,
            attestations=tuple(word(check) for check in ATTESTABLE),
        )
        return replace(case, **otherwise)

    def preflight(self, **otherwise: Any) -> Preflight:
        """Have all nine asked."""
        return preflight(self.case(**otherwise), target="sandbox")

    def answer(self, check: str, **otherwise: Any) -> Answer:
        """Have all nine asked and give the answer of one."""
        return next(one.answer for one in self.preflight(**otherwise).findings if one.check.id == check)
