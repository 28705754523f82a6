"""`/sounding`: help, and a person's say over what is held about them."""

from dataclasses import replace

from bot.events import ButtonPressed, CommandUsed
from bot.messages import Message
from bot.ports import Turn
from bot.postings import DIGESTS, SUMMARIES
from bot.reading.clean import one_line
from bot.results import Direct, Edit, Result, Subject, Update, Whisper
from handlers import link
from handlers.digest import buttons_for
from handlers.views import notices


async def command(event: CommandUsed, turn: Turn) -> Result:
    """`/sounding [data | mute | no-model | forget-me | link | unlink | help]`; the help is made
    from the routes."""
    match one_line(event.text).lower().split():
        case ["data"]:
            return await data(turn)
        case ["mute"]:
            return await mute(turn)
        case ["no-model"]:
            return await opt_out(turn)
        case ["forget-me"]:
            return await ask_to_forget(turn)
        case ["link", *code]:
            return await link.asked(turn, "".join(code))
        case ["unlink"]:
            return await link.parted(turn)
        case _:
            help_text = notices.help_text(turn.menu)
            return Result(Whisper(replace(help_text, buttons=buttons_for(turn.viewer))))


async def data(turn: Turn) -> Result:
    """Everything held, as a file in a direct message."""
    outgoing = Direct(turn.who.ref, turn.viewer.connection, Subject("data", turn.who.member))
    line = "I am sending you a file with everything I hold about you, as a direct message."
    return Result(Whisper(notices.say(line)), (outgoing,))


async def mute(turn: Turn) -> Result:
    """No more direct messages."""
    if await turn.store.set_muted(turn.who.member, True, turn.now):
        await turn.store.audit("muted", None, turn.who.member, turn.now)
    return Result(Whisper(notices.muted()))


async def unmute(event: ButtonPressed, turn: Turn) -> Result:
    """*Write to me again* lifts it."""
    if await turn.store.set_muted(turn.who.member, False, turn.now):
        await turn.store.audit("unmuted", None, turn.who.member, turn.now)
    return Result(Update(notices.say("Good, I will write to you again.")))


async def opt_out(turn: Turn) -> Result:
    """No model is given what this person writes."""
    if await turn.store.set_opted_out(turn.who.member, True, turn.now):
        await turn.store.audit("opted_out_of_model", None, turn.who.member, turn.now)
    return Result(Whisper(notices.opted_out()))


async def opt_in(event: ButtonPressed, turn: Turn) -> Result:
    """*Allow it again* lifts it."""
    if await turn.store.set_opted_out(turn.who.member, False, turn.now):
        await turn.store.audit("opted_in_to_model", None, turn.who.member, turn.now)
    return Result(Update(notices.say("Good, a model may help with what you write again.")))


async def ask_to_forget(turn: Turn) -> Result:
    """What goes and what stays, before anything does."""
    return Result(Whisper(await _what_goes(turn)))


async def _what_goes(turn: Turn) -> Message:
    held = await turn.store.held_data(turn.who.member)
    supported = {vote["idea"] for vote in held["votes"] if vote["active"]}
    accounts = await turn.store.accounts_of(turn.who.member)
    return notices.forget(len(held["ideas"]), len(supported), accounts)


async def forget(event: ButtonPressed, turn: Turn) -> Result:
    """Erased, and every posting drawn again; asked once more if another account has been linked
    since."""
    how, *accounts = event.action.args or ("keep",)
    known = int(accounts[0]) if accounts else 1  # buttons older than links have no number
    if len(await turn.store.accounts_of(turn.who.member)) > known:
        return Result(Update(await _what_goes(turn)))
    quoting = await turn.store.forget_quotes(turn.who.member)
    digests = await turn.store.digests_naming(turn.who.member, quoting)
    changed = await turn.store.erase(turn.who.member, how == "words", turn.now)
    await turn.store.audit("erased_member", None, None, turn.now)
    edits = (
        *(Edit(number, named=how == "words") for number in changed),
        *(Edit(summary, SUMMARIES) for summary in quoting),
        *(Edit(digest, DIGESTS) for digest in digests),
    )
    return Result(Update(notices.say("It is done. Thank you for having been here.")), edits)


async def dismiss(event: ButtonPressed, turn: Turn) -> Result:
    """Nothing happens."""
    return Result(Update(notices.say("All right, nothing has changed.")))
