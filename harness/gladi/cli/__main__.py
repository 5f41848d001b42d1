"""`python -m gladi.cli`: the command `gladi`, for whoever has no scripts on his path."""

from __future__ import annotations

import sys

from gladi.cli import main

sys.exit(main())
