"""The platforms themselves, with a model that goes along: they answer, and the model is asked too, for what only it can note.

1. The platform's answer is the answer. The model's part is its notes, and the facts that its world brings about.
2. What the platform refused, the model is not asked to do; reads are asked of it either way.
3. Tokens are the platform's. The model knows those that it gave in the same place, and is shown these instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec

from gladi.platforms.recording.codes import code_of
from gladi.record.redact import fingerprint
from gladi.record.routing import router
from gladi.record.wire import Lost, Notes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gladi.record.operations import Operation
    from gladi.record.wire import Answers, Request, Response

__all__ = ["Accompanied"]

_TOKENS = ("access_token", "refresh_token", "auth_code")
_ERROR = 400


class Accompanied:
    """A platform with a model that goes along; it is an `Answers`."""

    def __init__(self, platform: Answers, model: Answers, *, tokens: Mapping[str, str], differs: Callable[[str], object]) -> None:
        """Have `platform` answer; `tokens` give the model's for each of the platform's, and a difference of the two is told `differs`."""
        self._platform = platform
        self._model = model
        self._tokens = dict(tokens)
        self._differs = differs

    def __call__(self, request: Request) -> Response:
        """Answer as the platform does, with the model's notes."""
        response = self._platform(request)
        if response.lost is Lost.REQUEST:
            return response
        operation = router().route(request).operation
        said = _said(response)
        code = _code(response)
        if code and (operation is None or not operation.does.changes_nothing):
            return msgspec.structs.replace(response, notes=Notes(code=code))
        modelled = self._model(self._in_its_words(request))
        told = _said(modelled)
        self._learns(said, told)
        notes = modelled.notes
        if response.lost is not None:
            # Nobody was told what the lost answer would have told, and whether it happened the system has to find out.
            notes = msgspec.structs.replace(notes, shows=(), tells_merged=(), expired=False)
        elif (response.status, code) != (modelled.status, _code(modelled)):
            self._differs(_difference(request, operation, response, code, modelled, _code(modelled)))
            # What the platform did not say, its answer does not show.
            notes = msgspec.structs.replace(notes, code=code or None, refusal=None) if not code else Notes(code=code)
        return msgspec.structs.replace(response, notes=notes)

    def _in_its_words(self, request: Request) -> Request:
        """Give the request with the model's tokens; no signature covers one (tiktok-shop-api.md 3)."""
        headers = request.headers
        for name, scheme in (("authorization", "Bearer "), ("x-tts-access-token", "")):
            held = headers.get(name, "")
            known = self._tokens.get(held.removeprefix(scheme)) if held.startswith(scheme) else None
            if known is not None:
                headers = {**headers, name: f"{scheme}{known}"}
        query = request.query
        if "token" in query or "auth_code" in query:
            pairs = [(name, self._tokens.get(value, value) if name in _TOKENS else value) for name, value in request.pairs]
            query = urlencode(pairs, quote_via=quote)
        return replace(request, headers=headers, query=query)

    def _learns(self, said: dict[str, Any], told: dict[str, Any]) -> None:
        """Remember which of the model's tokens stands in the place of each of the platform's."""
        for here, there in ((said, told), (said.get("data"), told.get("data"))):
            if isinstance(here, dict) and isinstance(there, dict):
                pairs = ((here.get(name), there.get(name)) for name in _TOKENS)
                self._tokens |= {one: other for one, other in pairs if isinstance(one, str) and isinstance(other, str)}


def _difference(  # noqa: PLR0913, PLR0917 - both sides of it
    request: Request, operation: Operation | None, response: Response, code: str, modelled: Response, its: str
) -> str:
    title = operation.title if operation is not None else fingerprint(request)
    theirs, ours = (f"{one.status}{f' with code {number}' if number else ''}" for one, number in ((response, code), (modelled, its)))
    return f"{title}: the platform answered {theirs}, and the sandbox would have answered {ours}"


def _said(response: Response) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(response.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _code(response: Response) -> str:
    """Give the platform's own code of a refusal, masked where it is no code, or its status where it has none; empty on success."""
    return code_of(response) or (str(response.status) if response.status >= _ERROR else "")
