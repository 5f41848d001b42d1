"""Two ways to put a platform in front of a system: in process through respx, and served over real HTTP."""
