"""Cannot wait: asks Get Shop Info every minute whether the shops have merged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shop

BREAKS = {"shop_info_every_five_minutes": {"tokopedia.get_shop_info"}}
FAILS: set[str] = set()

_A_MINUTE = timedelta(minutes=1)


class AreWeThereYet(Merges):
    """Takes every minute for the right one to ask."""

    def _asked(self, shop: Shop, now: datetime) -> None:
        self._book.rests(f"shop info {shop.toko_shop_id}", until=now + _A_MINUTE)


class PollsEveryMinute(Careful):
    """Asks five times as often as the changelog advises."""

    merges = AreWeThereYet
