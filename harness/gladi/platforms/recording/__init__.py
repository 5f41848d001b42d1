"""What was exchanged with a platform, kept in files: written here with everything private taken out, and replayed."""
