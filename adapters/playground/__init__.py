"""The playground: a chat community in the browser, as strict as Slack and Discord together."""
