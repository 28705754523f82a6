"""Pure text work."""
