"""From the ids of a recording to those of the model: learned from the answers of both, and put into each request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import msgspec

from gladi.platforms.parity.values import is_id, leaves, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gladi.record.wire import Request, Response

__all__ = ["Translation"]


class Translation:
    """Knows what the model calls a thing that the recording names; what it does not know stays as it is."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Begin with what is `known` before anything was asked."""
        self._known = dict(known)

    def learns(self, recorded: Response, answered: Response) -> None:
        """Learn from two answers to the same request: the ids that stand at the same place in both."""
        here = dict(leaves(read(answered.body)))
        for place, there in leaves(read(recorded.body)):
            other = here.get(place)
            if is_id(place) and _tells(there) and _tells(other):
                self._known[str(there)] = str(other)

    def request(self, request: Request) -> Request:
        """Give a recorded request as the model has to be asked."""
        path = "/".join(quote(self._text(unquote(part)), safe="") for part in request.path.split("/"))
        pairs = [(name, self._text(value)) for name, value in parse_qsl(request.query, keep_blank_values=True)]
        value = read(request.body)
        body = request.body if value is None else msgspec.json.encode(self._value(value))
        return replace(request, path=path, query=urlencode(pairs, quote_via=quote), body=body)

    def _text(self, text: str) -> str:
        return ",".join(self._known.get(part, part) for part in text.split(","))

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            return {name: self._value(below) for name, below in value.items()}
        if isinstance(value, list):
            return [self._value(below) for below in value]
        if isinstance(value, str):
            return self._known.get(value, value)
        if isinstance(value, int) and not isinstance(value, bool):
            other = self._known.get(str(value), "")
            return int(other) if other.isdigit() else value
        return value


def _tells(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value not in ("", 0)
