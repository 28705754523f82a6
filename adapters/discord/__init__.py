"""Discord: servers as one of the bot's connections."""
