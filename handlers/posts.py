"""A forum's posts: in a listened forum each is an idea, and its card stands in it."""

from bot.board.submit import add_message, is_listened
from bot.events import MessagePosted
from bot.ideas import TEXT_LIMIT, TITLE_LIMIT, Wording
from bot.ports import Turn
from bot.reading.clean import clean, one_line, shorten
from bot.results import Result
from handlers.mentions import as_read, refusal, tell


async def opened(event: MessagePosted, turn: Turn) -> Result:
    """The post's title and words are the idea's; ✅ says so. Found again after a gap, it stays the
    one idea."""
    if not is_listened(turn.config, event.channel) or await turn.store.idea_at(event.message):
        return Result()
    message = as_read(event, event.text)
    if why := await refusal(turn):
        return Result(None, (tell(turn, why),))
    title = shorten(one_line(event.title), TITLE_LIMIT)
    wording = Wording(title, shorten(clean(event.text), TEXT_LIMIT))
    made = await add_message(turn, message, turn.who.member, wording, home=event.thread)
    return Result(None, made[1]) if made else Result()
