"""The seller searches his products, and moderators decide about them in an app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi import SHOP, TOKOPEDIA, FindsProducts, FoundProduct, Rehearsal, Stage
from gladi.play.faults import RehearsalError, SystemFault
from gladi.record.journal import Deed, Showed
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gladi import Platform


class Finds(Quiet, FindsProducts):
    """Finds what a test puts here, and keeps where it was looked for."""

    found: Any = ()
    on: tuple[Platform, ...] = ()

    def find_products(self, *, on: Sequence[Platform]) -> Sequence[FoundProduct]:
        type(self).on = tuple(on)
        found: Sequence[FoundProduct] = self.found
        return found


def test_what_is_found_is_given_by_sku_and_noted_in_the_journal(tmp_path: Path) -> None:
    found: dict[str, Any] = {}
    Finds.found = [FoundProduct("SCF-MGM", {SHOP: "ACTIVATE", TOKOPEDIA: "FAILED"})]

    async def body(rehearsal: Rehearsal) -> None:
        found.update(await rehearsal.seller.finds_products(on=TOKOPEDIA))

    rehearsal = perform(Finds, tmp_path, body)

    assert (found, Finds.on) == ({"SCF-MGM": {SHOP: "ACTIVATE", TOKOPEDIA: "FAILED"}}, (TOKOPEDIA,))
    assert [one.rows for one in rehearsal.journal.entries if isinstance(one, Showed) and one.capability == "FindsProducts"] == [
        ({"sku": "SCF-MGM", "app": "shop", "status": "ACTIVATE"}, {"sku": "SCF-MGM", "app": "tokopedia", "status": "FAILED"})
    ]


@pytest.mark.parametrize(
    "wrong",
    [None, ["SCF-MGM"], [FoundProduct("A", {SHOP: 1})], [FoundProduct("A", {SHOP: "DRAFT"})] * 2],  # type: ignore[dict-item]
    ids=str,
)
def test_what_is_no_found_product_is_the_systems_fault(tmp_path: Path, wrong: Any) -> None:
    Finds.found = wrong

    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.finds_products(on=(SHOP, TOKOPEDIA))

    with pytest.raises(SystemFault, match=r"^find_products answered .*; return a list of gladi.FoundProduct, each seller SKU once$"):
        perform(Finds, tmp_path, body)


def test_moderators_decide_in_one_app_and_the_journal_tells_so(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        sku = rehearsal.shelves.sku_that_came_over()
        await rehearsal.moderator.takes_down(sku, on=TOKOPEDIA)
        assert rehearsal.shelves.on_sale(sku) == {SHOP}
        await rehearsal.moderator.fails_the_audit(sku, on=SHOP, because="blurred", advice="take it by daylight")
        assert rehearsal.shelves.on_sale(sku) == set()
        assert sku in rehearsal.shelves.listed(on=TOKOPEDIA)
        await rehearsal.moderator.refuses("SCF-MGM", on=SHOP, because="no antiques")

    rehearsal = perform(Quiet, tmp_path, body, begins=Stage.CONFIRMED)

    deeds = [one.did.split(" ", 1)[0] for one in rehearsal.journal.entries if isinstance(one, Deed) and one.who == "the moderator"]
    assert deeds == ["took", "let", "decided"]


def test_a_moderator_takes_nothing_down_that_is_not_there(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.moderator.takes_down("NOTHING", on=SHOP)

    with pytest.raises(RehearsalError, match=r"^NOTHING is not on sale in the app of Tokopedia & Shop"):
        perform(Quiet, tmp_path, body, begins=Stage.CONFIRMED)
