"""What an adapter may declare that its system does: small classes of one to three methods, by subject."""
