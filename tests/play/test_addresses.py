"""A buyer who moves, on stage: whether a page or a label names the new address, and that neither address is written down anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from gladi import SHOP, TOKOPEDIA, Document, Rehearsal, Stage, TellsSeller
from gladi.play.addresses import without
from gladi.play.faults import RehearsalError, UnseenError
from gladi.play.printed import Printed
from gladi.play.system import PrintsDocuments
from gladi.record.journal import Showed
from gladi.sandbox.seed import seller
from gladi.sandbox.shop.documents import DOCUMENTS
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gladi import DocumentKind, Notice, PlacedOrder, SeenOrder

NEW, OLD = "Tembalang, Semarang", "COBLONG, Bandung 40132"


class Office(Quiet, TellsSeller, PrintsDocuments):
    """Shows and prints what a test puts here."""

    said = ""
    media_type = "text/plain"

    def notices(self) -> Sequence[Notice]:
        return []

    def fields(self, about: str) -> Mapping[str, str]:  # noqa: ARG002 - the interface's
        return {"Goes to": self.said} if self.said else {}

    def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:  # noqa: ARG002 - the interface's
        return Document(self.media_type, self.said.encode())


def looks(tmp_path: Path, *, at_the: str, said: str, media_type: str = "text/plain", moves: bool = True) -> tuple[list[bool], Rehearsal]:
    """Have a buyer move, and look at the page of his order or at its label, on which something is said."""
    Office.said, Office.media_type = said, media_type
    found: list[bool] = []

    async def body(rehearsal: Rehearsal) -> None:
        order: PlacedOrder = await rehearsal.buyer.orders(on=SHOP)
        if moves:
            await rehearsal.buyer.moves(order)
        look = rehearsal.seller.sees_the_new_address if at_the == "page" else rehearsal.clerk.prints_the_new_address
        found.append(await look(order))

    return found, perform(Office, tmp_path, body)


@pytest.mark.parametrize("at_the", ["page", "label"])
@pytest.mark.parametrize(("said", "new"), [(NEW, True), (OLD, False), (f"{NEW}, before: {OLD}", True), ("50275", True), ("40132", False)])
def test_where_the_new_address_is_named_it_is_found_and_the_old_one_alone_does_not_do(
    at_the: str,
    said: str,
    new: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
) -> None:
    found, _ = looks(tmp_path, at_the=at_the, said=said)

    assert found == [new]


@pytest.mark.parametrize("at_the", ["page", "label"])
def test_where_no_address_is_named_nobody_can_say(at_the: str, tmp_path: Path) -> None:
    with pytest.raises(UnseenError, match=f"the {at_the} of order INV-001 names no address"):
        looks(tmp_path, at_the=at_the, said="502750 Semarangan")


def test_a_label_that_is_passed_on_is_the_platforms_own_and_up_to_date(tmp_path: Path) -> None:
    found, _ = looks(tmp_path, at_the="label", said=f"{DOCUMENTS}1", media_type="text/uri-list")

    assert found == [True]


@pytest.mark.parametrize(("at_the", "said"), [("page", "nothing is shown of order INV-001"), ("label", "order INV-001 is empty")])
def test_what_shows_nothing_at_all_fails(at_the: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=said):
        looks(tmp_path, at_the=at_the, said="")


@pytest.mark.parametrize("at_the", ["page", "label"])
def test_whose_buyer_has_not_moved_has_no_new_address(at_the: str, tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"has not moved; write await rehearsal\.buyer\.moves\(order\) first"):
        looks(tmp_path, at_the=at_the, said=NEW, moves=False)


def test_an_order_of_tokopedia_cannot_be_sent_elsewhere(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        with pytest.raises(RehearsalError, match="lets a buyer change the address, and order INV-001 was not placed there"):
            await rehearsal.buyer.moves(order)

    perform(Office, tmp_path, body, begins=Stage.PENDING)


def test_neither_address_nor_its_buyer_stands_in_the_journal(tmp_path: Path) -> None:
    buyer = seller(0).buyers[1]
    everything = f"{buyer.name}, {buyer.email}, +{buyer.phone}, {buyer.address}, {OLD}, now {NEW}"

    _, rehearsal = looks(tmp_path, at_the="page", said=f"Tokopedia: {everything}")
    _, printing = looks(tmp_path, at_the="label", said=f"Tokopedia: {everything}")

    noted = [row["text"] for one in rehearsal.journal.entries if isinstance(one, Showed) for row in one.rows if "text" in row]
    assert noted == ["Tokopedia: ***, ***, +***, ***, ***, *** ***, now ***, ***"]
    for one in (rehearsal, printing):
        written = msgspec.json.encode(one.journal.entries).decode().casefold()
        assert not any(word.casefold() in written for word in (buyer.name, buyer.address, "Coblong", "Bandung", "Tembalang", "Semarang"))


def test_a_word_within_another_and_a_number_within_another_stay() -> None:
    buyer = seller(0).buyers[1]

    said = without(f"{buyer.address}7, {buyer.district}an, order 5{buyer.postal_code}1, {buyer.city.upper()}", buyer, None)

    assert said == f"{buyer.address}7, {buyer.district}an, order 5{buyer.postal_code}1, ***"


def test_what_a_failing_assertion_shows_of_a_document_is_not_what_it_says() -> None:
    shown = repr(Printed((("line 1", NEW),)))

    assert shown == "Printed(read=True, passed_on=False)"
