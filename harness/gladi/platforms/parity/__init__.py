"""Whether the sandbox answers as a recording does, exchange by exchange and operation by operation."""
