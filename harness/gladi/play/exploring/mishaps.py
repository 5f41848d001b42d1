"""What goes wrong in a play of a search: on the way between system and platforms, and with the system itself."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from gladi.play.exploring.machine import PlayMachine, one_of
from gladi.play.exploring.steps import step
from gladi.play.system import EditsProducts, HearsTheShop, ListsProducts, Restarts, SeesOrders, SetsPrices, SetsStock, ShipsOrders
from gladi.record.operations import OPERATIONS, Does
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage, TroubleLevel

__all__ = ["Mishaps"]

_SHIPS = ("shop.ship_package", "tokopedia.request_pickup", "tokopedia.accept_order")
_HOW = (
    "loses_the_answer",
    "loses_the_request",
    "answers_too_late",
    "has_too_many_requests",
    "cuts_the_answer_short",
    "spoils_the_answer",
)
_DOES = {
    SeesOrders: Does.READS_ORDERS,
    SetsPrices: Does.SETS_PRICES,
    SetsStock: Does.SETS_STOCK,
    EditsProducts: Does.EDITS_PRODUCTS,
    ListsProducts: Does.LISTS_PRODUCTS,
}
_MOST = 4
"""So many mishaps befall one play; more would hide each other."""


class Mishaps(PlayMachine):
    """The rules of trouble, each of which lies in wait for the next call or webhook of its kind. Under *off* there is none."""

    # -- calls ---------------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.may_be_troubled and self.can(ShipsOrders))
    @rule(to=st.sampled_from(_SHIPS))
    def the_answer_to_a_shipment_is_lost(self, to: str) -> None:
        """The parcel leaves, and the system does not hear of it."""
        self.take(step("trouble.loses_the_answer", to=to))

    @precondition(lambda self: self.may_be_troubled and self.calls)
    @rule(to=one_of(lambda machine: machine.calls), how=st.sampled_from(_HOW))
    def a_call_goes_wrong(self, to: str, how: str) -> None:
        """It is lost, answered too late, refused for being one too many, or its answer cannot be read."""
        self.take(step(f"trouble.{how}", to=to))

    @precondition(lambda self: self.may_be_troubled and self.calls)
    @rule(to=one_of(lambda machine: machine.calls), happened=st.booleans())
    def the_platform_breaks_down(self, to: str, happened: bool) -> None:  # noqa: FBT001 - Hypothesis draws it
        """It answers 5xx, and has done what it was asked for, or has not."""
        self.take(step("trouble.breaks_down", to=to, happened=happened))

    @precondition(lambda self: self.may_be_troubled)
    @rule(on=st.sampled_from(Platform))
    def tokens_end_early(self, on: Platform) -> None:
        """The next call there finds its token ended."""
        self.take(step("trouble.ends_the_tokens", on=on))

    # -- webhooks ------------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.may_be_troubled and self.told_by)
    @rule(data=st.data(), how=st.sampled_from(("lose", "double", "swallow", "sign_wrongly")))
    def a_webhook_goes_astray(self, data: st.DataObject, how: str) -> None:
        """The next one of a platform is lost, comes twice, is answered by somebody else, or is signed wrongly."""
        self.take(step(f"webhooks.{how}_the_next", platform=data.draw(st.sampled_from(self.told_by))))

    @precondition(lambda self: self.may_be_troubled and self.told_by)
    @rule(data=st.data(), hours=st.integers(1, 12))
    def a_webhook_comes_late(self, data: st.DataObject, hours: int) -> None:
        """The next one of a platform comes long after a poll has brought its news."""
        self.take(step("webhooks.delay_the_next", hours=hours, platform=data.draw(st.sampled_from(self.told_by))))

    @precondition(lambda self: self.may_be_troubled and self.moves.merge_is_told)
    @rule()
    def somebody_forges_the_news_of_a_merge(self) -> None:
        """It is signed under another key."""
        self.take(step("webhooks.forges"))

    @precondition(lambda self: self.may_be_troubled and self.moves.merge_is_told and self.moves.stage in (Stage.MERGED, Stage.CONFIRMED))
    @rule()
    def a_separation_is_announced(self) -> None:
        """Rightly signed, and by the guide a merge is never undone."""
        self.take(step("webhooks.announces_a_separation"))

    @precondition(lambda self: self.may_be_troubled and self.can(Restarts) and self.writes)
    @rule(at=one_of(lambda machine: machine.writes), before=st.booleans())
    def the_system_crashes_in_a_write(self, at: str, before: bool) -> None:  # noqa: FBT001 - Hypothesis draws it
        """Its process goes before the platform heard of it, or after it has done what was asked."""
        self.take(step("trouble.crashes", at=at, before=before, needs=Restarts))

    @precondition(lambda self: self.is_troubled and self.can(Restarts))
    @rule()
    def the_system_crashes(self) -> None:
        """Its process goes between two things that it does."""
        self.take(step("system_crashes", needs=Restarts))

    # -- the system and the merge --------------------------------------------------------------------------------------

    @precondition(lambda self: self.is_troubled)
    @rule(hours=st.integers(1, 8))
    def the_system_is_down(self, hours: int) -> None:
        """Nobody wakes it, and webhooks meet nobody."""
        self.take(step("passes_without_the_system", hours=hours))

    @precondition(lambda self: self.may_be_troubled and self.told_by and self.moves.webhooks_are_heard)
    @rule()
    def the_receiver_dies(self) -> None:
        """Webhooks meet nobody from now on, and the rest of the system lives."""
        self.take(step("webhooks.the_receiver_dies"))

    @precondition(lambda self: not self.moves.webhooks_are_heard)
    @rule()
    def the_receiver_comes_back(self) -> None:
        """Webhooks are answered again."""
        self.take(step("webhooks.the_receiver_comes_back"))

    @precondition(lambda self: self.is_troubled and self.moves.stage is Stage.PENDING and not self.moves.next_merge_fails)
    @rule()
    def the_next_integration_will_fail(self) -> None:
        """The shops will be as before."""
        self.take(step("lets_the_integration_fail"))

    # -- what there is to go wrong -------------------------------------------------------------------------------------

    @property
    def is_troubled(self) -> bool:
        """Whether anything goes wrong in this search."""
        return self.exploration.trouble is not TroubleLevel.OFF

    @property
    def may_be_troubled(self) -> bool:
        """Whether one more thing may go wrong."""
        return self.is_troubled and self.moves.mishaps < _MOST

    @property
    def calls(self) -> list[str]:
        """The operations that may be met by trouble, out of what the system declares to do."""
        does = {what for capability, what in _DOES.items() if self.can(capability)}
        return [one.name for one in OPERATIONS if one.does in does]

    @property
    def writes(self) -> list[str]:
        """Those of them, and the shipments, that change something."""
        ships = _SHIPS if self.can(ShipsOrders) else ()
        reads = {one.name for one in OPERATIONS if one.does is Does.READS_ORDERS}
        return [*ships, *(name for name in self.calls if name not in reads)]

    @property
    def told_by(self) -> list[Platform]:
        """The platforms whose webhooks come to the system, and have something to tell."""
        told: list[Platform] = []
        if self.moves.merge_is_told and self.moves.stage in (Stage.PENDING, Stage.MERGING):
            told.append(TOKOPEDIA)
        if self.can(HearsTheShop) and self.moves.shop_is_heard:
            told.append(SHOP)
        return told
