"""What a model helps with: what it is asked, and what of its answer holds."""
