"""What each operation of the TikTok Shop Open API is asked and answers here, one file a subject."""

from __future__ import annotations

from gladi.sandbox.shop.shapes import accounts, chats, listings, orders, packages, products, returns, shops

__all__ = ["SHOP_SHAPES"]

SHOP_SHAPES = {
    f"shop.{name}": shaped
    for subject in (accounts, chats, listings, orders, packages, products, returns, shops)
    for name, shaped in subject.SHAPES.items()
}
"""By the operation's full name."""
