"""Every assumption of the sandbox by the id under which a verdict names it: settings, behaviour of both APIs, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.settings import Settings
from gladi.sandbox.shop import assumptions as shop_assumptions
from gladi.sandbox.shop import refusals as shop_refusals
from gladi.sandbox.tokopedia import assumptions as tokopedia_assumptions
from gladi.sandbox.tokopedia import refusals as tokopedia_refusals

if TYPE_CHECKING:
    from gladi.record.evidence import Evidence

__all__ = ["assumptions"]


def assumptions() -> dict[str, Evidence]:
    """Give each assumption's reason, and the switch that chooses otherwise where there is one."""
    found = {f"setting.{name}": one for name, _, one in Settings.evidence() if one.is_assumed}
    for behaviour in (tokopedia_assumptions.ASSUMPTIONS, shop_assumptions.ASSUMPTIONS):
        found |= behaviour
    for refusals in (tokopedia_refusals.REFUSALS, shop_refusals.REFUSALS):
        found |= {f"refusal.{one.name}": one.evidence for one in refusals if one.evidence.is_assumed}
    return found
