"""A board as text, and text as a board: our own records, and what other boards write. All pure."""
