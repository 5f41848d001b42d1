"""Takes an answer with code 0 for success as a whole, and gives a tag that it finds no link for the link of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.sharing import LinkDesk
from examples.careful.system import Careful
from gladi.play.system import SharedLink

if TYPE_CHECKING:
    from collections.abc import Sequence

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_tag_that_is_refused_is_told_and_the_others_get_their_links",
    "each_tag_gets_a_link_to_the_product",
}


class FirstLink(LinkDesk):
    """Reads the first link of an answer, and nothing else."""

    async def makes(self, sku: str, tags: Sequence[str]) -> list[SharedLink]:
        """Give each tag the first link."""
        made = await self._made(await self._product(sku), tags)
        return [SharedLink(tag, made.affiliate_sharing_links[0].affiliate_sharing_link) for tag in tags]


class ReadsOnlyTheLinks(Careful):
    """Lets sharers find out by their sales which link was theirs."""

    link_desk = FirstLink
