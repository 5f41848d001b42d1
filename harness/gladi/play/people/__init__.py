"""The people of a rehearsal, one a file. What they do is awaited, because on a live platform it takes an hour."""

from __future__ import annotations

from gladi.play.conversations import BegunConversation
from gladi.play.people.buyer import Buyer
from gladi.play.people.clerk import Clerk
from gladi.play.people.courier import Courier
from gladi.play.people.moderator import Moderator
from gladi.play.people.operator import Operator
from gladi.play.people.seller import Seller
from gladi.play.placed_order import PlacedOrder, SentParcel

__all__ = ["BegunConversation", "Buyer", "Clerk", "Courier", "Moderator", "Operator", "PlacedOrder", "Seller", "SentParcel"]
