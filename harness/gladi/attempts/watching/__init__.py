"""`gladi watch`: what keeps a real integration alive across restarts, with nothing lost and nothing asked too often."""
