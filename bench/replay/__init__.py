"""Recorded community threads, fed through the playground as ordinary events."""
