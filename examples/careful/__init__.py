"""A small, real order-management system that lives through the merge: the tutorial to read first.

Read it in this order: `system.py` (what it does, and when), `merges.py` (how it learns of the merge), `orders.py` (how an
order leaves once, shown by `order_list.py`), `catalogue.py` (how a change is never lost), `chats.py` (how no message is dropped
or said twice), then the clients, what they are answered, and the book with its records.
"""

from examples.careful.system import Careful

__all__ = ["Careful"]
