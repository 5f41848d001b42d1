"""Never registered for the webhooks of Tokopedia & Shop: it reads everything every five minutes anyway."""

from __future__ import annotations

from examples.careful.shop_news import ShopNews
from examples.careful.system import Careful

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_cancellation_is_known_by_webhook_before_it_is_asked_for",
    "a_changed_address_is_known_by_webhook_before_it_is_asked_for",
    "a_doubled_webhook_of_the_shop_shows_an_order_once",
    "a_forged_cancellation_stops_no_order",
    "a_late_webhook_of_the_shop_reopens_no_order",
    "a_message_is_known_by_webhook_before_it_is_asked_for",
    "a_webhook_that_is_sent_again_reopens_no_order",
    "a_webhook_that_nobody_passed_on_is_made_up_for_by_asking",
    "a_wrongly_signed_webhook_of_the_shop_is_made_up_for_by_asking",
    "an_authorization_that_is_about_to_end_is_told",
    "an_order_is_known_by_webhook_before_it_is_asked_for",
}


class NeverRegisters(ShopNews):
    """Takes the registration for done."""

    async def work(self) -> None:
        """Do nothing."""


class IsDeafToTheShop(Careful):
    """Hands over what was cancelled a minute ago, and never hears that an authorization ends."""

    news = NeverRegisters
