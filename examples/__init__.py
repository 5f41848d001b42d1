"""Systems that rehearse: two careful ones, built differently, and the rogues."""
