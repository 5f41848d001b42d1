"""Takes a revoked authorization for a token that was refreshed in vain: it tries again every minute, and tells nobody."""

from __future__ import annotations

from examples.careful.shop import ShopClient
from examples.careful.system import Careful

BREAKS = {"an_expired_token_is_tried_at_most_twice": {"shop.search_orders"}}
FAILS = {"a_shop_whose_seller_takes_access_back_is_told_and_the_others_go_on"}


class NeverShutOut(ShopClient):
    """Believes that every door opens again."""

    def _is_shut_out(self, grant: str) -> None:
        del grant


class KnocksWithARevokedToken(Careful):
    """Leaves the seller to believe that his shop is served."""

    shop_client = NeverShutOut
