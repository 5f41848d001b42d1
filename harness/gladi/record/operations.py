"""The operations of both platforms that Gladi knows by name: the sandbox has a handler for each, other targets only name calls by it."""

from __future__ import annotations

from gladi.record.operation import Does, Operation
from gladi.record.shop_operations import SHOP_OPERATIONS
from gladi.record.tokopedia_operations import TOKOPEDIA_OPERATIONS

__all__ = ["OPERATIONS", "Does", "Operation"]

OPERATIONS: tuple[Operation, ...] = TOKOPEDIA_OPERATIONS + SHOP_OPERATIONS
"""All of them; a name is unique over both."""
