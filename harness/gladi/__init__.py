"""Gladi: rehearse the merge of a seller's shops into Tokopedia & Shop, before it happens, irreversibly, to your sellers.

Everything below is public; it is fetched when first used, because the plugin is imported at every pytest start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.judge import identity as identity
    from gladi.judge.identity import Identity as Identity
    from gladi.judge.invariants import Invariant as Invariant
    from gladi.judge.invariants import Violation as Violation
    from gladi.play.exploring.search import Searched as Searched
    from gladi.play.exploring.search import search as search
    from gladi.play.people import PlacedOrder as PlacedOrder
    from gladi.play.rehearsal import Rehearsal as Rehearsal
    from gladi.play.scenario import scenario as scenario
    from gladi.play.system import AnswersCancellations as AnswersCancellations
    from gladi.play.system import BeginsChats as BeginsChats
    from gladi.play.system import CategoryChoice as CategoryChoice
    from gladi.play.system import ChatOffers as ChatOffers
    from gladi.play.system import Chats as Chats
    from gladi.play.system import ChoosesCategories as ChoosesCategories
    from gladi.play.system import Conversation as Conversation
    from gladi.play.system import Delivery as Delivery
    from gladi.play.system import Document as Document
    from gladi.play.system import DocumentKind as DocumentKind
    from gladi.play.system import EditsProducts as EditsProducts
    from gladi.play.system import Factory as Factory
    from gladi.play.system import FindsProducts as FindsProducts
    from gladi.play.system import FoundProduct as FoundProduct
    from gladi.play.system import Grant as Grant
    from gladi.play.system import HearsTheShop as HearsTheShop
    from gladi.play.system import KeepsRecords as KeepsRecords
    from gladi.play.system import LinksProducts as LinksProducts
    from gladi.play.system import LinksShops as LinksShops
    from gladi.play.system import ListsProducts as ListsProducts
    from gladi.play.system import Message as Message
    from gladi.play.system import NewProduct as NewProduct
    from gladi.play.system import Notice as Notice
    from gladi.play.system import OffersInChats as OffersInChats
    from gladi.play.system import OrderState as OrderState
    from gladi.play.system import PrintsDocuments as PrintsDocuments
    from gladi.play.system import ProductLink as ProductLink
    from gladi.play.system import RecordKind as RecordKind
    from gladi.play.system import Restarts as Restarts
    from gladi.play.system import SeenOrder as SeenOrder
    from gladi.play.system import SeenRecord as SeenRecord
    from gladi.play.system import SeesOrders as SeesOrders
    from gladi.play.system import SetsMinimumOrders as SetsMinimumOrders
    from gladi.play.system import SetsPrices as SetsPrices
    from gladi.play.system import SetsStock as SetsStock
    from gladi.play.system import SharedLink as SharedLink
    from gladi.play.system import SharesLinks as SharesLinks
    from gladi.play.system import ShipsInBatches as ShipsInBatches
    from gladi.play.system import ShipsOrders as ShipsOrders
    from gladi.play.system import ShopCredentials as ShopCredentials
    from gladi.play.system import ShopLink as ShopLink
    from gladi.play.system import System as System
    from gladi.play.system import TellsSeller as TellsSeller
    from gladi.play.system import TokopediaCredentials as TokopediaCredentials
    from gladi.play.system import Venue as Venue
    from gladi.record.words import SHOP as SHOP
    from gladi.record.words import TOKOPEDIA as TOKOPEDIA
    from gladi.record.words import Face as Face
    from gladi.record.words import Phase as Phase
    from gladi.record.words import Platform as Platform
    from gladi.record.words import Stage as Stage
    from gladi.record.words import TroubleLevel as TroubleLevel
    from gladi.sandbox.merge import EVERY_CELL as EVERY_CELL
    from gladi.sandbox.merge import Actionable as Actionable
    from gladi.sandbox.merge import InFlight as InFlight
    from gladi.sandbox.merge import StockAtMerge as StockAtMerge
    from gladi.sandbox.merge import Visible as Visible
    from gladi.sandbox.settings import ShipErrorCodes as ShipErrorCodes

_SYSTEM = (
    "KeepsRecords RecordKind Restarts SeenRecord "
    "AnswersCancellations SetsMinimumOrders "
    "BeginsChats CategoryChoice ChatOffers Chats ChoosesCategories OffersInChats SharedLink SharesLinks Conversation Delivery "
    "Document DocumentKind EditsProducts Factory FindsProducts FoundProduct Grant HearsTheShop LinksProducts LinksShops ListsProducts "
    "Message NewProduct Notice OrderState PrintsDocuments ProductLink SeenOrder SeesOrders SetsPrices SetsStock ShipsInBatches ShipsOrders "
    "ShopCredentials ShopLink System TellsSeller TokopediaCredentials Venue"
)
_HOMES = {
    "gladi.play.system": _SYSTEM,
    "gladi.play.scenario": "scenario",
    "gladi.play.exploring.search": "Searched search",
    "gladi.play.rehearsal": "Rehearsal",
    "gladi.play.people": "PlacedOrder",
    "gladi.judge.identity": "Identity",
    "gladi.judge.invariants": "Invariant Violation",
    "gladi.record.words": "SHOP TOKOPEDIA Face Phase Platform Stage TroubleLevel",
    "gladi.sandbox.merge": "EVERY_CELL Actionable InFlight StockAtMerge Visible",
    "gladi.sandbox.settings": "ShipErrorCodes",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted([*_HOME, "identity"])  # noqa: PLE0605  # pyright: ignore[reportUnsupportedDunderAll] - it is a list


def __getattr__(name: str) -> object:
    """Fetch a public name from its home."""
    from importlib import import_module  # noqa: PLC0415 - at first use

    if name == "identity":
        return import_module("gladi.judge.identity")
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'gladi' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
