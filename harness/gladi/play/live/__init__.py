"""A play on the platforms themselves: real time, cues in the place of deeds, and the sandbox going along as a model."""
