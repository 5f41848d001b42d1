"""Printed documents are read as a person reads them, and the journal keeps what names a brand, without the buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi import SHOP, Document, DocumentKind, PrintsDocuments, Rehearsal
from gladi.play.faults import UnseenError
from gladi.play.printed import Printed, UnreadableError, noted, read
from gladi.record.journal import Finding, Showed
from gladi.sandbox.seed import seller
from gladi.sandbox.shop.documents import DOCUMENTS
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import SeenOrder

HTML = """<html><head><title>Label of TikTok&nbsp;Shop</title><style>.tiktok{}</style></head>
<body><script>"TikTok"</script><p>Tik<b>Tok</b> Shop</p><img alt="logo of TikTok" src="tiktok.png">
<input type="hidden" value="TIKTOK_SHOP"><table><tr><th>Sold on</th><td>Tokopedia &amp; Shop</td></tr></table></body></html>"""


def pdf(*lines: str, title: str = "Label") -> bytes:
    """Write a page of PDF by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>".encode(),
    ]
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 7\n0000000000 65535 f \n%s" % table
    return written + end + b"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)


def test_a_page_of_html_says_what_a_person_sees_and_what_is_read_to_him_of_its_pictures() -> None:
    printed = read(Document("text/html; charset=utf-8", HTML.encode()))

    assert [text for _, text in printed.lines] == ["Label of TikTok Shop", "TikTok Shop", "logo of TikTok", "Sold on Tokopedia & Shop"]
    assert printed.says("sold on", "tokopedia & shop")
    assert not printed.says("hidden")


def test_a_page_of_pdf_says_its_title_and_its_lines() -> None:
    printed = read(Document("application/pdf", pdf("Thank you", "TikTok Shop")))

    assert printed.lines == (("title, line 1", "Label"), ("page 1, line 1", "Thank you"), ("page 1, line 2", "TikTok Shop"))
    assert printed.older_brand == "TikTok Shop"


def test_plain_text_says_its_lines() -> None:
    assert read(Document("text/plain", b"one\n\n  two  words\n")) == Printed((("line 1", "one"), ("line 2", "two words")))


@pytest.mark.parametrize("kind", ["text/uri-list", "image/png", "application/zpl"])
def test_an_address_or_a_picture_is_not_read(kind: str) -> None:
    printed = read(Document(kind, b"TikTok"))

    assert printed == Printed((), read=False)
    assert printed.older_brand is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"no PDF at all", pdf("x")[:120]])
def test_what_is_no_pdf_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="no PDF that can be read"):
        read(Document("application/pdf", content))


def test_a_row_keeps_the_brand_and_not_the_buyer() -> None:
    buyer = seller(0).buyers[0]
    lines = (
        ("line 1", buyer.name),
        ("line 2", f"TikTok for {buyer.name}, {buyer.phone}, {buyer.email}, {buyer.address} {buyer.postal_code}"),
    )

    rows = noted(Printed(lines), order="INV-001", document="invoice", buyers=(buyer,))

    about = {"order": "INV-001", "document": "invoice"}
    assert rows == ({**about, "lines": "2", "read": "yes"}, {**about, "place": "line 2", "text": "TikTok for ***, ***, ***, *** ***"})


def test_the_rows_of_a_document_are_few_and_short_and_the_older_brand_comes_first() -> None:
    lines = tuple((f"line {number}", f"Tokopedia {'x' * 500}") for number in range(1, 60))

    rows = noted(Printed((*lines, ("line 60", "TikTok"))), order="INV-001", document="invoice", buyers=())

    assert len(rows) == 21
    assert rows[1]["text"] == "TikTok"
    assert max(len(row.get("text", "")) for row in rows) == 201


class Paints(Quiet, PrintsDocuments):
    """Prints what a test puts here."""

    paper = Document("text/plain", b"")

    def print_document(self, order: SeenOrder, kind: DocumentKind) -> Any:  # noqa: ARG002 - the interface's
        return self.paper


def painted(tmp_path: Path, paper: Document) -> tuple[list[Printed], Rehearsal]:
    """Print an invoice and read it; give what was read, and the rehearsal."""
    Paints.paper = paper
    seen: list[Printed] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        seen.append(await rehearsal.clerk.reads(order, DocumentKind.INVOICE))

    return seen, perform(Paints, tmp_path, body)


def unread(tmp_path: Path, paper: Document, kind: DocumentKind = DocumentKind.INVOICE) -> tuple[list[str], Rehearsal]:
    """Print what cannot be read; give why, and the rehearsal."""
    Paints.paper = paper
    raised: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        with pytest.raises(UnseenError) as caught:
            await rehearsal.clerk.reads(order, kind)
        raised.append(str(caught.value))

    return raised, perform(Paints, tmp_path, body)


def test_a_letterhead_with_the_older_brand_breaks_the_rule(tmp_path: Path) -> None:
    seen, rehearsal = painted(tmp_path, Document("application/pdf", pdf("TikTok Shop")))

    broken = [violation.text for one in rehearsal.judgements for violation in one.violations]
    assert broken == ["the invoice of order INV-001, page 1, line 1 bears the older brand: “TikTok Shop”; write Tokopedia & Shop."]
    assert seen[0].older_brand == "TikTok Shop"


def test_a_pdf_that_is_none_is_a_finding_and_no_breach(tmp_path: Path) -> None:
    _, rehearsal = unread(tmp_path, Document("application/pdf", b"TikTok"))

    entries = rehearsal.journal.entries
    said = next(one.text for one in entries if isinstance(one, Finding) and one.about == "documents")
    assert said.startswith("print_document answered application/pdf, and it is no PDF that can be read")
    assert [one.rows[0]["read"] for one in entries if isinstance(one, Showed)] == ["no"]


@pytest.mark.parametrize(
    ("paper", "kind"),
    [
        (Document("image/png", b"TikTok Shop"), DocumentKind.SHIPPING_LABEL),
        (Document("image/svg+xml", b"<svg><text>TikTok Shop</text></svg>"), DocumentKind.INVOICE),
        (Document("text/uri-list", b"https://isv.example.com/1"), DocumentKind.SHIPPING_LABEL),
        (Document("text/uri-list", b""), DocumentKind.SHIPPING_LABEL),
        (Document("text/uri-list", f"{DOCUMENTS}1".encode()), DocumentKind.INVOICE),
    ],
    ids=["a picture", "a drawing", "an address of the system's own", "no address", "a label for an invoice"],
)
def test_what_cannot_be_read_is_not_rehearsed(tmp_path: Path, paper: Document, kind: DocumentKind) -> None:
    raised, rehearsal = unread(tmp_path, paper, kind)

    assert raised == [f"the {kind} of order INV-001 is {paper.media_type}, and what it says cannot be read; print text"]
    assert [one.chances for one in rehearsal.judgements if one.invariant.id == "the_older_brand_is_nowhere_shown"] == [0]


def test_an_empty_page_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="the invoice of order INV-001 is empty"):
        painted(tmp_path, Document("text/html", b"<html><body></body></html>"))


@pytest.mark.parametrize(("listed", "passed_on"), [("{0}1\r\n{0}2\r\n", True), ("# label\r\n{0}1", True), ("{0}1\r\nhttps://x.id", False)])
def test_a_label_is_passed_on_where_each_address_is_one_of_the_platforms(listed: str, passed_on: bool) -> None:  # noqa: FBT001 - a parameter
    assert read(Document("text/uri-list", listed.format(DOCUMENTS).encode())) == Printed((), read=False, passed_on=passed_on)
