"""The seller and those who recommend his products: he has the system make links for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.play.faults import RehearsalError, SystemFault
from gladi.play.system import SharedLink, SharesLinks

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage

__all__ = ["SharesProducts"]


class SharesProducts:
    """What a seller does about affiliate links, in the system."""

    _backstage: Backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        raise NotImplementedError

    async def shares(self, sku: str, *tags: str) -> dict[str, str]:
        """Have links made to the product of a seller SKU, one for each tag; needs *shares links*.

        Gives, by tag, the seller SKU to which the link leads; nothing where the platform never made it for that tag.

        Raises:
            RehearsalError: a switch of the sandbox says that the app may not make any.
            SystemFault: the system answers with something else than a list of links.
        """
        self._backstage.must(SharesLinks)
        if not self._backstage.sandbox.settings.selected_for_affiliate:
            raise RehearsalError("the app is not one of the selected developers to whom sharing links are open")
        self._did(f"shared {sku} under {len(tags)} tag{'s' * (len(tags) != 1)}", sku=sku)
        made = await self._backstage.asks(lambda system: system.share(sku, tags))
        try:
            links = list(made)
        except TypeError:
            raise SystemFault(f"share answered {made!r}; return a list of gladi.SharedLink") from None
        for one in links:
            if not isinstance(one, SharedLink):
                raise SystemFault(f"share answered a list that holds {one!r}; return a list of gladi.SharedLink")
        shared = self._backstage.sandbox.world.shared
        # The newer call knows no tags: there one link serves all who share it.
        return {one.tag: shared.get((one.tag, one.url)) or shared.get(("", one.url), "") for one in links}
