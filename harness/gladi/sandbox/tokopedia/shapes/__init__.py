"""What each operation of the Tokopedia Open API is asked and answers here, one file a subject."""

from __future__ import annotations

from gladi.sandbox.tokopedia.shapes import orders, products, records, shops

__all__ = ["TOKOPEDIA_SHAPES"]

TOKOPEDIA_SHAPES = {
    f"tokopedia.{name}": shaped for subject in (orders, products, records, shops) for name, shaped in subject.SHAPES.items()
}
"""By the operation's full name."""
