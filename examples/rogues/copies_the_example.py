"""Registers the merge webhook with the changelog's example, copied as it stands."""

from __future__ import annotations

import msgspec

from examples.careful.system import Careful
from examples.careful.tokopedia import TokopediaClient

BREAKS: dict[str, set[str]] = {
    "a_registration_wipes_nothing": {
        "webhooks registered",
    },
    "webhooks_are_answered": {
        "webhook merge",
        "webhook unmerge",
    },
}
FAILS: set[str] = {
    "an_announced_separation_is_reported_and_unlinks_nothing",
    "the_merge_is_noticed_by_webhook",
    "the_registration_keeps_the_other_webhooks",
}


class SendsTheMergeUrlAlone(TokopediaClient):
    """Does not know that registering replaces; with the order URLs the secret goes, so that no later signature is right."""

    async def register_merge_webhook(self, url: str) -> None:
        """Register `url`, and nothing else."""
        body = {"fs_id": self._fs_id, "shop_merge_notification_url": url}
        await self._call(msgspec.Raw, "POST", f"/v1/fs/{self._fs_id}/register", body=body)


class CopiesTheExample(Careful):
    """Hears of no order from then on, and of the merge only by asking."""

    tokopedia_client = SendsTheMergeUrlAlone
