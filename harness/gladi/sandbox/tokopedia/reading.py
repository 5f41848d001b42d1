"""How the text and the bodies of a request become typed values, or a refusal; nothing that arrives makes it raise anything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec

from gladi.sandbox.refusal import Refused

if TYPE_CHECKING:
    from gladi.sandbox.refusal import Refusal

__all__ = ["Whole", "body", "number"]

T = TypeVar("T")

Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
"""An integer of JSON that a real service could hold."""

_DIGITS = re.compile(r"[0-9]{1,19}")


def number(text: str, refusal: Refusal, *, least: int = 0) -> int:
    """Read plain ASCII digits, 19 at most; a sign, a space, an underscore or an Arabic digit is refused."""
    if not _DIGITS.fullmatch(text):
        raise Refused(refusal)
    value = int(text)
    if value < least:
        raise Refused(refusal)
    return value


def body(raw: bytes, decoder: msgspec.json.Decoder[T], refusal: Refusal) -> T:
    """Decode a JSON body, strictly typed; whatever is wrong with it is the same refusal."""
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(refusal) from None
