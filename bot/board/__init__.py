"""What people do with ideas: one use case a file, each inside the turn's transaction."""
