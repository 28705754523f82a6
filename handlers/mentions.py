"""What somebody asks the bot in a message: a message has no private answer, so it answers by a
reaction, or by a direct message."""

from bot.board.decide import decide
from bot.board.find import own
from bot.board.submit import add_message, check_standing, is_listened, look_alikes
from bot.board.vote import set_vote
from bot.errors import NotNow
from bot.events import ButtonPressed, MessagePosted, ReadMessage
from bot.ideas import UNDECIDED, IdeaStatus
from bot.ports import Turn
from bot.reading.clean import letters
from bot.reading.requests import suggestion_in
from bot.refs import ThreadRef
from bot.results import Direct, Outgoing, Result, Subject, Update
from handlers.arguments import number
from handlers.ask import question_for, take_answer
from handlers.views import notices


async def helped(event: MessagePosted, turn: Turn) -> Result:
    """What there is, for "help"."""
    return Result(None, (tell(turn, "help"),))


async def suggested(event: MessagePosted, turn: Turn) -> Result:
    """A message that begins with "suggest" is an idea in its words; ✅ says so. An answer to the
    product team that only begins so remains one."""
    question = await question_for(event, turn)
    if question and (event.thread or not is_listened(turn.config, event.channel)):
        return await take_answer(event, turn, question)
    if await turn.store.idea_at(event.message):
        return Result()
    message = as_read(event, suggestion_in(event.text) or "")
    if why := await _refusal(event, turn, message):
        return Result(None, (tell(turn, why),))
    made = await add_message(turn, message, turn.who.member)
    if made is None:
        return Result()
    idea, outgoing = made
    if await look_alikes(turn, idea.wording, but=idea.number):
        outgoing += (tell(turn, "look_alikes", idea.number),)
    return Result(None, outgoing)


async def instead(event: ButtonPressed, turn: Turn) -> Result:
    """*Add my vote to #12* below a suggestion that is posted: theirs is taken back for it."""
    mine = await own(turn, number(event.action), lock=False)
    other, _, outgoing = await set_vote(turn, number(event.action, 1), "button", active=True)
    mine = await own(turn, mine.number)
    stays = mine.status not in UNDECIDED or mine.merged_into is not None
    if stays or other.number == mine.number:
        return Result(Update(notices.joined(other)), outgoing)
    _, withdrawn = await decide(turn, mine, IdeaStatus.WITHDRAWN, "")
    return Result(Update(notices.swapped(mine, other)), (*outgoing, *withdrawn))


async def _refusal(event: MessagePosted, turn: Turn, message: ReadMessage) -> str:
    """The subject that says why not; empty when nothing is in the way."""
    if not is_listened(turn.config, event.channel):
        return "suggest_elsewhere"
    if letters(message.text) < 2:
        return "suggest_more"
    return await refusal(turn)


async def refusal(turn: Turn) -> str:
    """The subject that says why somebody may not suggest now; empty when they may."""
    try:
        await check_standing(turn)
    except NotNow as refused:
        return f"suggest_{refused.why}"
    return ""


def as_read(event: MessagePosted, text: str) -> ReadMessage:
    """The message as if it had been read, with this of its words."""
    channel = event.channel
    thread = event.thread or ThreadRef(channel.connection, channel.channel, event.message.message)
    return ReadMessage(
        ref=event.message,
        thread=thread,
        author=event.account,
        author_name=event.name,
        text=text,
        permalink=event.permalink,
        posted_at=event.at,
        private=event.private,
        invited=event.invited,
    )


def tell(turn: Turn, subject: str, number: int = 0) -> Outgoing:
    """Something for whoever wrote, as a direct message."""
    return Direct(turn.who.ref, turn.viewer.connection, Subject(subject, number))
