"""The registry of requirements that scenarios name by id: what the documents ask of a system that lives through the merge.

An id is never reused. Where the documents contradict each other or are silent, `disputed` says how. What the rehearsal guide asks of
people and accounts, and not of a system, stands in EXCLUSIONS with the reason.
"""

from __future__ import annotations

from difflib import get_close_matches

from gladi.judge.changelog import CHANGELOG, NOTICES
from gladi.judge.guide import EXCLUSIONS, GUIDE
from gladi.judge.requirement import Requirement

__all__ = ["EXCLUSIONS", "REQUIREMENTS", "UNREHEARSED", "Requirement", "UnknownRequirementError", "requirement"]


class UnknownRequirementError(KeyError):
    """No requirement has this id; the text lists the ones that are spelled nearly so."""

    def __str__(self) -> str:
        return str(self.args[0])


REQUIREMENTS: dict[str, Requirement] = {one.id: one for one in (*GUIDE, *CHANGELOG, *NOTICES)}
"""Every requirement by id, in the order of the documents."""

UNREHEARSED: dict[str, str] = {
    "changelog.brand.tokopedia-and-shop": "is not in the sandbox yet",
    "changelog.access.version": "is not in the sandbox yet",
    "changelog.access.shop-only": "is not in the sandbox yet",
    "changelog.access.new-seller": "is not in the sandbox yet",
    "changelog.products.pre-sale": "is not in the sandbox yet",
    "changelog.products.listing-platforms": "is not in the sandbox yet",
    "changelog.products.properties": "is not in the sandbox yet",
    "changelog.products.outcome-per-app": "is not in the sandbox yet",
    "changelog.products.search": "is not in the sandbox yet",
    "changelog.products.get": "is not in the sandbox yet",
    "changelog.products.audit": "is not in the sandbox yet",
    "changelog.products.shelf-errors": "is not in the sandbox yet",
    "changelog.products.categories": "is not in the sandbox yet",
    "changelog.products.categories-of-both": "is not in the sandbox yet",
    "changelog.products.shelves": "is not in the sandbox yet",
    "changelog.orders.commerce-platform": "is not in the sandbox yet",
    "changelog.orders.insurance": "is not in the sandbox yet",
    "changelog.fulfillment.error-codes": "is not in the sandbox yet",
    "changelog.fulfillment.batch": "is not in the sandbox yet",
    "changelog.logistics.geolocation": "is not in the sandbox yet",
    "changelog.logistics.delivery-options": "is not in the sandbox yet",
    "changelog.returns.warehouse-address": "is not in the sandbox yet",
    "changelog.chats.buyer-platform": "is not in the sandbox yet",
    "changelog.affiliate.sharing-link": "is not in the sandbox yet",
    "changelog.status.unmerge": "is not in the sandbox yet",
    "changelog.mirroring.status": "is not in the sandbox yet",
    "platform.webhooks.signature": "is not in the sandbox yet",
    "platform.webhooks.again": "is not in the sandbox yet",
    "platform.webhooks.events": "is not in the sandbox yet",
    "platform.orders.cancelled-before-pickup": "is not in the sandbox yet",
    "platform.orders.tracking-number": "is not in the sandbox yet",
    "platform.orders.on-hold": "is not in the sandbox yet",
    "platform.closing.goes-on": "is not in the sandbox yet",
}
"""Requirements of the changelog that no scenario rehearses yet, with the reason; none of the guide stands here."""


def requirement(id: str) -> Requirement:  # noqa: A002 - the word that scenarios use
    """Give a requirement by its id. Raises UnknownRequirementError, which lists near matches, or says why it was excluded."""
    found = REQUIREMENTS.get(id)
    if found:
        return found
    if id in EXCLUSIONS:
        msg = f"{id!r} is not rehearsed: {EXCLUSIONS[id]}"
    elif near := get_close_matches(id, REQUIREMENTS, n=3):
        msg = f"{id!r} is no requirement; did you mean {' or '.join(near)}?"
    else:
        near = get_close_matches(id, REQUIREMENTS, n=3, cutoff=0.3)
        nearest = f"; the nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}" if near else ""
        msg = f"{id!r} is no requirement; docs/requirements.md lists all {len(REQUIREMENTS)}{nearest}"
    raise UnknownRequirementError(msg)
