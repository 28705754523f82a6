"""How well and how fast similar ideas are found."""
