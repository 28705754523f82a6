"""Reproducible measurements: `python -m bench`, and `python -m bench.replay FILE.jsonl`."""
