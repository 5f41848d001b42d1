"""What a printed document says, line by line: plain text, HTML and PDF are read, a picture or a mere address is not.

Only lines that name a brand are noted for the judges, without the buyer's name, address and phone: the rest is nobody's business.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from gladi.judge.brand import names_a_brand, older_brand
from gladi.play.addresses import without
from gladi.record.redact import clean_text
from gladi.sandbox.shop.documents import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gladi.play.system import Document
    from gladi.sandbox.world.records import Buyer

__all__ = ["Printed", "UnreadableError", "noted", "read"]

_MOST_LINES = 20
_LONGEST_LINE = 200
_MOST_PAGES = 50
_SILENT = frozenset(("script", "style", "template"))
_BLOCKS = frozenset(("p", "div", "br", "tr", "table", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "header", "footer", "title"))
_SPOKEN = ("alt", "title", "placeholder", "aria-label", "value")


class UnreadableError(ValueError):
    """A document is not what its media type says."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed document as a person reads it."""

    lines: tuple[tuple[str, str], ...] = field(repr=False)
    """The place of each line, such as `page 1, line 3`, and what it says: personal, so that no failing assertion shows it."""
    read: bool = True
    """False where it has no text to be read: a picture, or an address."""
    passed_on: bool = False
    """Whether it is nothing but addresses at which the platform's own documents lie, so that the system printed nothing of its own."""

    def says(self, *words: str) -> bool:
        """Tell whether one line says all of these words, whatever their case."""
        wanted = [word.casefold() for word in words]
        return any(all(word in text.casefold() for word in wanted) for _, text in self.lines)

    @property
    def older_brand(self) -> str | None:
        """Where it bears the older brand, quoted; None where it does not."""
        return next((quoted for _, text in self.lines if (quoted := _older(text)) is not None), None)


def read(document: Document) -> Printed:
    """Read what a document says.

    Raises:
        UnreadableError: it is said to be a PDF and is none.
    """
    kind = document.media_type.partition(";")[0].strip().lower()
    if kind == "application/pdf":
        return Printed(tuple(_pdf(document.content)))
    if kind in ("text/html", "application/xhtml+xml"):
        reader = _Page()
        reader.feed(document.content.decode("utf-8", "replace"))
        reader.close()
        return Printed(tuple(_numbered("".join(reader.said).splitlines())))
    if kind == "text/uri-list":
        return Printed((), read=False, passed_on=_is_the_platforms(document.content.decode("utf-8", "replace")))
    if kind.startswith("text/"):
        return Printed(tuple(_numbered(document.content.decode("utf-8", "replace").splitlines())))
    return Printed((), read=False)


def _is_the_platforms(listed: str) -> bool:
    """Tell whether a list of addresses (RFC 2483: one a line, `#` begins a comment) leads to the platform's documents alone."""
    addresses = [line for line in listed.splitlines() if line and not line.startswith("#")]
    return bool(addresses) and all(address.startswith(DOCUMENTS) for address in addresses)


def noted(printed: Printed, *, order: str, document: str, buyers: Sequence[Buyer | None]) -> tuple[dict[str, str], ...]:
    """Give the rows that stand for a document in the journal: how much was read, then lines that name a brand, the older one first."""
    about = {"order": order, "document": document}
    told = sorted(((place, text) for place, text in printed.lines if names_a_brand(text)), key=lambda one: _older(one[1]) is None)
    rows = ({**about, "place": place, "text": _masked(text, buyers)} for place, text in told[:_MOST_LINES])
    return ({**about, "lines": str(len(printed.lines)), "read": "yes" if printed.read else "no"}, *rows)


def _older(text: str) -> str | None:
    return older_brand(text, in_print=True)


def _masked(text: str, buyers: Sequence[Buyer | None]) -> str:
    text = clean_text(without(text, *buyers))
    quoted = _older(text)
    return text if len(text) <= _LONGEST_LINE else quoted or f"{text[:_LONGEST_LINE]}…"


def _numbered(lines: Iterable[str], page: str = "") -> list[tuple[str, str]]:
    said = [" ".join(line.split()) for line in lines]
    return [(f"{page}line {number}", text) for number, text in enumerate((one for one in said if one), start=1)]


def _pdf(content: bytes) -> list[tuple[str, str]]:
    # Heavy, and needed only where a system prints PDF.
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(content))
        title = str(reader.metadata.title or "") if reader.metadata is not None else ""
        lines = _numbered([title], "title, ")
        for number, page in enumerate(reader.pages[:_MOST_PAGES], start=1):
            lines += _numbered(page.extract_text().splitlines(), f"page {number}, ")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableError(f"it is no PDF that can be read: {type(error).__name__}") from None
    return lines


class _Page(HTMLParser):
    """Collects what a person sees of a page of HTML, and what is read to him of its pictures."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.said.append("\n")
        if tag == "input" and dict(attrs).get("type") == "hidden":
            return
        self.said += [f" {text} " for name, text in attrs if name in _SPOKEN and text]

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.said.append("\n")
        elif tag in ("td", "th"):
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(" ".join(data.split("\n")))
