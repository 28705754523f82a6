"""What a person can do, one file a feature: guards, one use case, one view."""
