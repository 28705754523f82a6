"""What is answered, by direct message, to a mention of the bot."""

from bot.errors import NotNow
from bot.messages import Code, Message
from handlers.views.mistakes import apologise
from handlers.views.notices import say


def elsewhere() -> Message:
    """Not in that channel."""
    line = "I make ideas only of messages in channels where ideas are collected. "
    return say(line, Code("/suggest"), " works everywhere.")


def more() -> Message:
    """A mention without an idea in it."""
    line = "Tell me a little more, behind that word: "
    return say(line, Code("suggest a dark mode for the editor"), ".")


def blocked() -> Message:
    """Not by them."""
    return apologise(NotNow("blocked"), None)


def daily_limit(ideas: int) -> Message:
    """Enough for today."""
    line = f"You have suggested {ideas} ideas since yesterday, which is the limit."
    return say(line, " Please tell me again tomorrow.")
