"""The search: plays that nobody wrote, drawn by Hypothesis over a system until one breaks it."""
