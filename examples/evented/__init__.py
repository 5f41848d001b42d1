"""A second careful system, built the other way round: nothing is state but what happened, and nothing is done that was not written down.

*What happened* is an event, appended to one table and never changed: a webhook was heard, an order was seen, a merge was confirmed.
What the system knows of shops, orders and goods are projections, folded from the events, and folded again at every start.

*What is to be done* is an intent in an outbox. It is on disk before the first call that carries it out, and struck out only after the
platform has answered. So the process may be killed at any point: whoever comes after finds the intent, asks the platform
what became of it, and goes on from there. No order leaves twice for it, and no change is lost.

*What is to be asked* is a question with a time. Webhooks bring questions forward; where none comes, the times are the slow poll.

Read it in this order: `events.py` and `intents.py` (the words), `store.py` (one SQLite file), `inbox.py` (from a webhook to an event),
`merges.py` and `reading.py` (from an event to a question to another event), `orders.py` (what all of it comes to), `shipping.py` and
`changing.py` (from an intent to a call). `client.py` alone knows HTTP, `tokopedia.py` and `shop.py` alone the wire words.
"""

from examples.evented.system import Evented

__all__ = ["Evented"]
