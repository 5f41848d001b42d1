"""A step is a call on a rehearsal and the same line of a scenario."""

from gladi.play.exploring.steps import Bought, step
from gladi.play.system import ShipsOrders
from gladi.record.words import SHOP, TOKOPEDIA, Stage


def test_a_step_that_gives_an_order_is_an_assignment() -> None:
    line = step("buyer.orders", on=TOKOPEDIA, gives="order_1").line

    assert line == "order_1 = await rehearsal.buyer.orders(on=TOKOPEDIA)"


def test_an_order_is_named_by_its_variable() -> None:
    ships = step("clerk.ships", Bought("order_2"), needs=ShipsOrders)

    assert (ships.line, list(ships.uses), list(ships.needs)) == ("await rehearsal.clerk.ships(order_2)", ["order_2"], [ShipsOrders])


def test_what_only_waits_for_its_time_is_not_awaited() -> None:
    lines = [
        step("webhooks.lose_the_next", platform=SHOP).line,
        step("trouble.loses_the_answer", to="shop.ship_package").line,
        step("webhooks.forges").line,
    ]

    assert lines == [
        "rehearsal.webhooks.lose_the_next(platform=SHOP)",
        'rehearsal.trouble.loses_the_answer(to="shop.ship_package")',
        "await rehearsal.webhooks.forges()",
    ]


def test_values_are_written_as_a_scenario_writes_them() -> None:
    lines = [
        step("until", Stage.MERGED).line,
        step("passes", seconds=30.0).line,
        step("passes", seconds=0.5).line,
        step("buyer.orders", on=SHOP, on_hold=True).line,
        step("seller.edits", 'A "B"', title="Kain").line,
    ]

    assert lines == [
        "await rehearsal.until(Stage.MERGED)",
        "await rehearsal.passes(seconds=30)",
        "await rehearsal.passes(seconds=0.5)",
        "await rehearsal.buyer.orders(on=SHOP, on_hold=True)",
        'await rehearsal.seller.edits("A \\"B\\"", title="Kain")',
    ]
