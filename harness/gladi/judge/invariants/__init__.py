"""What must hold over the journal of every run, whatever the scenario: one rule a file, its docstring is the rule."""

from __future__ import annotations

from gladi.judge.invariants.answering import NoForgedWebhookIsBelieved, WebhooksAreAnswered, WebhooksAreHandledOnce
from gladi.judge.invariants.branding import TheOlderBrandIsNowhereShown
from gladi.judge.invariants.expiry import AnExpiredTokenIsTriedAtMostTwice
from gladi.judge.invariants.history import HistoricalOrdersAreAskedOfTokopedia
from gladi.judge.invariants.ids import IdsAgree
from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.judge.invariants.leaving import AnOrderLeavesOnce
from gladi.judge.invariants.listing import EveryProductWriteNamesItsPlatforms
from gladi.judge.invariants.looking_up import ALostShipIsLookedUp
from gladi.judge.invariants.losing import NoPaidOrderIsLost
from gladi.judge.invariants.noticing import TheMergeIsNoticed
from gladi.judge.invariants.polling import ShopInfoEveryFiveMinutes
from gladi.judge.invariants.probing import ProductWritesBeforeTheConfirmationAreProbes
from gladi.judge.invariants.promising import NoMoreIsPromisedThanOwned
from gladi.judge.invariants.pulling import NoCancelledOrderLeaves
from gladi.judge.invariants.reading import NewOrdersAreReadFromTheShop
from gladi.judge.invariants.refusing import ARefusedChangeIsNeverDropped
from gladi.judge.invariants.registering import ARegistrationWipesNothing
from gladi.judge.invariants.residing import CallsUseACurrentVersion, DataIsAskedWhereItLives
from gladi.judge.invariants.separating import ASeparationIsChecked
from gladi.judge.invariants.writing import OnlyPriceAndStockWhileMerging

__all__ = ["INVARIANTS", "Invariant", "Violation"]

INVARIANTS: tuple[type[Invariant], ...] = (
    AnOrderLeavesOnce,
    NoPaidOrderIsLost,
    NoCancelledOrderLeaves,
    NewOrdersAreReadFromTheShop,
    HistoricalOrdersAreAskedOfTokopedia,
    DataIsAskedWhereItLives,
    CallsUseACurrentVersion,
    ALostShipIsLookedUp,
    TheMergeIsNoticed,
    ASeparationIsChecked,
    WebhooksAreAnswered,
    WebhooksAreHandledOnce,
    NoForgedWebhookIsBelieved,
    ARegistrationWipesNothing,
    AnExpiredTokenIsTriedAtMostTwice,
    IdsAgree,
    OnlyPriceAndStockWhileMerging,
    ShopInfoEveryFiveMinutes,
    NoMoreIsPromisedThanOwned,
    EveryProductWriteNamesItsPlatforms,
    ProductWritesBeforeTheConfirmationAreProbes,
    ARefusedChangeIsNeverDropped,
    TheOlderBrandIsNowhereShown,
)
