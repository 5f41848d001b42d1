"""What can go wrong, or be awkward, between a system and a platform that did nothing wrong itself: one idea a module."""
