"""Canaries: an unmistakable private value in every field of every operation, and in every header, parameter and path beside them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from gladi.record.operations import OPERATIONS
from gladi.record.wire import Host, Request, Response
from gladi.sandbox.openapi import describe
from gladi.sandbox.seed import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EXPLAINED", "Planted", "planted"]

EXPLAINED = frozenset(("message", "messages", "reason", "status", "error", "error_message", "error_messages", "error_description"))
"""Fields of an envelope or an error in which a platform explains itself; there only what looks private can be told from its words."""

_JSON = "application/json"


class Planted(NamedTuple):
    """An exchange with canaries in it, and all of them."""

    operation: str
    request: Request
    response: Response
    canaries: tuple[str, ...]


class _Nest:
    """Makes canaries, of `numbers`, and remembers them."""

    def __init__(self, numbers: Iterator[int]) -> None:
        self.numbers = numbers
        self.canaries: list[str] = []

    def sentence(self) -> str:
        return self._new(f"Kanari{next(self.numbers):06d} dari Jalan Melati")

    def mail(self) -> str:
        return self._new(f"kanari{next(self.numbers):06d}@surat.example.org")

    def phone(self) -> str:
        return self._new(f"62812{next(self.numbers):07d}")

    def token(self) -> str:
        return self._new(f"ROW_kanari{next(self.numbers):012d}")

    def number(self) -> int:
        return int(self._new(f"{77_000_000_000 + next(self.numbers)}"))

    def _new(self, canary: str) -> str:
        self.canaries.append(canary)
        return canary


def planted() -> Iterator[Planted]:
    """Give an exchange for each answer of each operation, as it is described, and one that nobody describes; the same in every process."""
    numbers = count(1)
    described = describe("http://localhost")
    schemas = described["components"]["schemas"]
    for operation in OPERATIONS:
        said = described["paths"][operation.path][operation.method.lower()]
        nest = _Nest(numbers)
        query = [(parameter["name"], nest.sentence()) for parameter in said["parameters"] if parameter["in"] == "query"]
        query += [("nobody_knows", nest.sentence()), ("access_token", nest.token()), ("order_id", nest.mail()), (nest.sentence(), "1")]
        path = "/".join("1234567" if part.startswith("{") else part for part in operation.path.split("/"))
        headers = {"authorization": f"Bearer {nest.token()}", "x-tts-access-token": nest.token(), "x-name": nest.sentence()}
        sent, kind = _sent(said, schemas, nest)
        encoded = "&".join(f"{name}={value}".replace(" ", "%20") for name, value in query)
        request = Request(operation.method, operation.host, path, BEGINNING, encoded, headers | {"content-type": kind}, sent)
        for status, answer in said["responses"].items():
            content = answer["content"]
            if _JSON in content:
                body = msgspec.json.encode(_filled(content[_JSON]["schema"], schemas, nest, "", ()))
            else:
                body = f"<p>{nest.sentence()}</p>".encode()
            got = (("content-type", next(iter(content))), ("set-cookie", nest.sentence()), ("x-ratelimit-limit", nest.sentence()))
            yield Planted(operation.name, request, Response(int(status), got, body), tuple(nest.canaries))
    yield _unknown(numbers)


def _unknown(numbers: Iterator[int]) -> Planted:
    nest = _Nest(numbers)
    path = f"/nobody/{nest.mail()}/{nest.token()}/{nest.phone().replace('62', '0', 1)}".replace("@", "%40")
    nest.canaries = [one.replace("@", "%40").replace("62812", "0812") for one in nest.canaries]
    secret = nest.sentence()
    return Planted(
        "unknown",
        Request("POST", Host.SHOP_API, path, BEGINNING, "", {"content-type": nest.sentence()}, f"buyer={secret}&{secret}=1".encode()),
        Response(404, (("retry-after", nest.sentence()),), f"not found: {nest.sentence()}".encode()),
        tuple(nest.canaries),
    )


def _sent(said: dict[str, Any], schemas: dict[str, Any], nest: _Nest) -> tuple[bytes, str]:
    content = said.get("requestBody", {}).get("content", {})
    if _JSON in content:
        return msgspec.json.encode(_filled(content[_JSON]["schema"], schemas, nest, "", ())), _JSON
    if content:
        return f'--kanari\r\ncontent-disposition: form-data; name="data"\r\n\r\n{nest.sentence()}\r\n--kanari--'.encode(), (
            "multipart/form-data; boundary=kanari"
        )
    return b"", _JSON


def _filled(schema: Any, schemas: dict[str, Any], nest: _Nest, name: str, within: tuple[str, ...]) -> Any:
    """Fill a shape: whatever a field takes, it gets what is private; a number only where its name says that it is private too."""
    if "$ref" in schema:
        target = schema["$ref"].rpartition("/")[2]
        return {} if within.count(target) > 1 else _filled(schemas[target], schemas, nest, name, (*within, target))
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            filled = [_filled(one, schemas, nest, name, within) for one in schema[choice]]
            return next((one for one in filled if one), filled[0])
    kind = schema.get("type", "string")
    kind = kind if isinstance(kind, str) else next(one for one in kind if one != "null")
    if kind == "object":
        fields = schema.get("properties", {})
        found = {field: _filled(one, schemas, nest, field, within) for field, one in fields.items()}
        return found | {nest.sentence(): nest.sentence(), "nobody_knows": nest.sentence(), "seller_phone": nest.number()}
    if kind == "array":
        return [_filled(schema.get("items", {"type": "string"}), schemas, nest, name, within)]
    return {"integer": 7, "number": 7.5, "boolean": True, "null": None}[kind] if kind != "string" else _text(nest, name)


def _text(nest: _Nest, name: str) -> str:
    if name in EXPLAINED:
        return f"sorry, {nest.mail()}, no {nest.token()} and no {nest.phone()}"
    return nest.sentence() if next(nest.numbers) % 2 else nest.mail()
