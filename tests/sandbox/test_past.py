"""The past that a seller brings along lies behind the beginning, under every seed: nothing in it is still to come."""

from __future__ import annotations

import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.world.ledger import Account


@pytest.mark.parametrize("seed", [0, 59, 98, 125])
def test_no_return_and_no_payout_of_the_past_is_still_to_come(seed: int) -> None:
    world = Sandbox(seed=seed).world

    returned = [one.asked_at for platform in (TOKOPEDIA, SHOP) for one in world.returns.each("shop-1", platform)]
    paid = [one.at for platform in (TOKOPEDIA, SHOP) for one in world.ledger.posts("shop-1", platform, Account.PAYOUTS)]

    assert returned
    assert paid
    assert max(returned + paid) <= world.began_at
