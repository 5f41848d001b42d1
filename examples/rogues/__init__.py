"""Rogues: each a small system that breaks what it declares it breaks, on purpose, the way somebody would really break it.

`BREAKS` names the invariants that a whole rehearsal of the rogue finds broken, each with the kinds of journal entries that prove
it; `FAILS` names the scenarios whose own assertion fails. A test holds both against what a rehearsal observes, both ways.
"""

from __future__ import annotations

__all__ = ["GALLERY"]

GALLERY: tuple[tuple[str, str], ...] = (
    ("ships on both sides", "ships_twice"),
    ("ships again after a time-out", "ships_again_after_a_timeout"),
    ("ignores the webhook", "ignores_the_webhook"),
    ("trusts only the webhook", "trusts_only_the_webhook"),
    ("trusts only polling", "trusts_only_polling"),
    ("polls every minute", "polls_every_minute"),
    ("loses orders created in the minute of the merge", "forgets_the_last_minute"),
    ("reads history from the new API", "asks_the_shop_for_everything"),
    ("publishes before product merge", "writes_before_the_confirmation"),
    ("takes the mirror event for the merge", "takes_mirroring_for_a_merge"),
    ("mixes shop id and seller id", "takes_the_seller_for_the_shop"),
    ("mixes shop id and seller id", "swaps_two_ids"),
    ("keeps ids as floats", "keeps_ids_as_floats"),
    ("takes `code` 0 for success and ignores `errors[]`", "reads_only_the_code"),
    ("treats 429 as failure and drops the update", "takes_later_for_a_no"),
    ("keeps a stale token", "keeps_a_stale_token"),
    ("handles a doubled webhook twice", "adds_a_row_per_webhook"),
    ("accepts a forged webhook", "believes_any_json"),
    ("switches back on `unmerge`", "switches_back"),
    ("forgets in-flight Tokopedia orders", "leaves_open_orders_behind"),
    ("wipes its other webhooks when registering", "copies_the_example"),
    ("overwrites stock during the merge with an old value", "overwrites_stock"),
    ("retries a create and lists twice", "lists_twice"),
    ("shows the old brand", "shows_the_platforms_own_words"),
    ("shows the old brand", "prints_the_older_brand"),
    ("crashes between ship and save", "saves_after_shipping"),
    ("prices in the wrong unit", "prices_in_cents"),
    ("drops an order whose product it cannot map", "drops_unnamed_orders"),
)
"""The bugs that a migration is known for, each in a few words, with a rogue that has it; `docs/gallery.md` shows what catches them."""
