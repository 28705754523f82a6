"""The digest in words: what to decide first, then what moves, then the numbers."""
