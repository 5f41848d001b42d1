"""The outcome of a product write for each app: the one that refuses does not keep the other from carrying it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.products import STOREFRONTS
from gladi.sandbox.shop.refusals import NOT_ON_PLATFORM, REFUSED_ON_APP
from gladi.sandbox.world.moderation import refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.shop.products import Storefront
    from gladi.sandbox.world.world import World

__all__ = ["Outcomes", "errors", "refusing"]

Outcomes = dict["Storefront", "Refusal"]
"""The apps that refuse a write which others carry out, each with why."""


def refusing(world: World, arrival: Arrival, skus: Iterable[str], named: tuple[Storefront, ...]) -> Outcomes:
    """Give the apps among those `named` that refuse a product of these seller SKUs.

    Raises:
        Refused: all of them do, so that nothing is carried out.
    """
    shop = "" if arrival.shop is None else arrival.shop.key
    reasons = refusals(world, shop, skus, [STOREFRONTS[name] for name in named])
    found: Outcomes = {name: REFUSED_ON_APP.saying(reasons[STOREFRONTS[name]]) for name in named if STOREFRONTS[name] in reasons}
    if found and len(found) == len(set(named)):
        why = "; ".join(f"{name}: {refusal.message}" for name, refusal in found.items())
        raise Refused(NOT_ON_PLATFORM.saying(f"The product cannot be listed on the platform. {why}"))
    if found:
        arrival.assumes.append("shop.outcome_per_app")
    return found


def errors(outcomes: Mapping[Storefront, Refusal]) -> dict[str, object]:
    """Print the apps that refused, as the changelog's samples do; nothing where all went well, as in the API reference."""
    rows = [
        {"code": int(refusal.code), "message": refusal.message, "detail": {"listing_platform": name}} for name, refusal in outcomes.items()
    ]
    return {"errors": rows} if rows else {}
