"""Pseudonyms: what stands in a recording in the place of a private value. The same value has the same one throughout a file.

A pseudonym has the type and the shape of its value: digits for digits, letters for letters, an address of nobody for an address. It
is made of the value and the file's salt alone: who has the salt can make it again, and so can try the few values that a phone number or a
name may have until one fits. Without the salt nobody can go back.
"""

from __future__ import annotations

import hmac
import re
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Pseudonyms"]

T = TypeVar("T", str, int, float)

_SHORTEST = 8
"""Letters and digits; a shorter word would share its pseudonym with others too often."""
_LONGEST = 120
_LARGEST_DIGIT = 8
"""The first digit of a number of nineteen digits, which must still fit into 64 bits."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_URL = re.compile(r"(https?)://.+", re.DOTALL)


class Pseudonyms:
    """The pseudonyms of one file. `originals` has the value behind each that was given out, in memory alone."""

    def __init__(self, salt: str) -> None:
        """Make them with the salt of a file."""
        self.originals: dict[str | float, str | float] = {}
        self._salt = salt.encode()
        self._known: dict[tuple[type, str | float], str | float] = {}

    def of(self, value: T) -> T:
        """Give the pseudonym of a text or a number; digits have the same one as text and as a number."""
        key = (type(value), value)
        found = self._known.get(key)
        if found is None:
            found = self._made(value)
            self.learns(value, found)
        return type(value)(found)

    def learns(self, value: str | float, pseudonym: str | float) -> None:
        """Let a value have this pseudonym from now on, for instance because it stands where that stood when it was recorded."""
        self._known[type(value), value] = pseudonym
        self.originals[pseudonym] = value

    def _made(self, value: str | float) -> str | float:
        text = str(value)
        if isinstance(value, float):
            drawn = self._drawn(text, digits)
            return float("".join(next(drawn) if one.isdigit() else one for one in text))
        attempt = 0
        made = text
        while made == text:
            made = self._shaped(text, attempt)
            attempt += 1
        return made if isinstance(value, str) else int(made)

    def _shaped(self, text: str, attempt: int) -> str:
        seed = f"{attempt or ''}{text}"
        lower, upper, digit = (self._drawn(seed, alphabet) for alphabet in (ascii_lowercase, ascii_uppercase, digits))
        if text.lstrip("-").isascii() and text.lstrip("-").isdigit():
            return _number(text, digit)
        if _MAIL.fullmatch(text):
            return f"{''.join(next(lower) for _ in range(_SHORTEST))}@example.com"
        if url := _URL.fullmatch(text):
            return f"{url[1]}://pseudonym.invalid/{''.join(next(lower) for _ in range(2 * _SHORTEST))}"
        made = [_like(one, lower, upper, digit) for one in text[:_LONGEST]]
        worded = any(one.isalpha() for one in made) or not any(one.isdigit() for one in made)
        missing = _SHORTEST - sum(one.isalnum() for one in made) if worded else 0
        return "".join(made) + "".join(next(lower) for _ in range(missing))

    def _drawn(self, seed: str, alphabet: str) -> Iterator[str]:
        """Give letters of an alphabet without end, made of the salt and the seed."""
        block = 0
        while True:
            for byte in hmac.digest(self._salt, f"{block} {alphabet[0]} {seed}".encode(errors="surrogatepass"), "sha256"):
                yield alphabet[byte % len(alphabet)]
            block += 1


def _number(text: str, drawn: Iterator[str]) -> str:
    sign = "-" if text.startswith("-") else ""
    made = [next(drawn) for _ in text.removeprefix("-")]
    made[0] = "0" if text.startswith("0") and len(text) > 1 else str(1 + int(made[0]) % _LARGEST_DIGIT)
    return f"{sign}{''.join(made)}"


def _like(one: str, lower: Iterator[str], upper: Iterator[str], digit: Iterator[str]) -> str:
    if one.isdigit():
        return next(digit)
    if one.isalpha():
        return next(upper) if one.isupper() else next(lower)
    return one if one.isascii() else "_"
