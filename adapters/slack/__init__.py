"""Slack: a workspace as one of the bot's connections."""
