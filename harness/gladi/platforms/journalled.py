"""A platform whose every exchange is noted in a journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.routing import router
from gladi.record.wire import Host
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from gladi.record.journal import Journal
    from gladi.record.wire import Answers, Request, Response

__all__ = ["journalled"]

_TOKOPEDIA_HOSTS = frozenset((Host.TOKOPEDIA_API, Host.TOKOPEDIA_ACCOUNTS))


def journalled(platform: Answers, journal: Journal) -> Answers:
    """Wrap `platform`: each exchange becomes one entry, behind the facts that it brought about."""
    route = router().route

    def answers(request: Request) -> Response:
        response = platform(request)
        found = route(request)
        journal.call(request, response, found.operation, TOKOPEDIA if request.host in _TOKOPEDIA_HOSTS else SHOP)
        return response

    return answers
