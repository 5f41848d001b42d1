"""Systems that rehearse: one careful, and the rogues."""
