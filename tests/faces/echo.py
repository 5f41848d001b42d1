"""A platform that remembers what it was asked and answers with it: the smallest thing that a face can stand before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gladi.record.wire import Response

if TYPE_CHECKING:
    from gladi.record.wire import Request

__all__ = ["BEGINS", "Echo", "now"]

BEGINS = 1_740_967_200_000
"""The virtual time of every test here, long before the wall clock's."""


class Echo:
    """Answers 200 with the request as JSON, under `name`."""

    def __init__(self, name: str = "echo") -> None:
        """Begin with nothing heard."""
        self.name = name
        self.heard: list[Request] = []

    def __call__(self, request: Request) -> Response:
        """Answer."""
        self.heard.append(request)
        seen = {"name": self.name, "method": request.method, "host": request.host, "path": request.path, "query": request.query}
        body = json.dumps(seen | {"body": request.body.decode("latin-1")}).encode()
        return Response(200, (("Content-Type", "application/json"), ("X-Rate", "5"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")), body)

    @property
    def last(self) -> Request:
        """What was asked last."""
        return self.heard[-1]


def now() -> int:
    """Give the virtual time."""
    return BEGINS
