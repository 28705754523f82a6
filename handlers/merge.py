"""*Merge into…* for moderators, *Duplicate of…* for the product team, and the way back."""

from bot.board.find import find
from bot.board.merge import merge as merge_ideas
from bot.board.merge import unmerge as unmerge_idea
from bot.errors import NoSuchIdea
from bot.events import ButtonPressed, ChoicesAsked, FormSubmitted
from bot.ideas import Wording
from bot.ports import Turn
from bot.reading.clean import one_line
from bot.results import Choices, Result, Update, Whisper
from handlers.arguments import invalid, number
from handlers.views import forms, notices

_CHOICES = 10


async def form(event: ButtonPressed, turn: Turn) -> Result:
    """The form that asks which idea says the same."""
    await find(turn, number(event.action))
    return Result(forms.merge(event.action, {}, turn.config))


async def choices(event: ChoicesAsked, turn: Turn) -> Result:
    """Ideas the person may see, by number or by words; before they type, the most alike."""
    idea = await find(turn, number(event.action))
    typed = one_line(event.typed).removeprefix("#")
    if typed.isdecimal():
        exact = await turn.store.idea(int(typed[:9]))
        found = [exact] if exact and exact.visible_to(turn.viewer) else []
    else:
        wanted = Wording(typed) if typed else idea.wording
        matches = await turn.store.search(wanted, turn.viewer, _CHOICES)
        found = [match.idea for match in matches]
    others = [other for other in found if other.number != idea.number]
    return Result(Choices(tuple((str(other.number), notices.choice(other)) for other in others)))


async def submitted(event: FormSubmitted, turn: Turn) -> Result:
    """Merged; both cards say so."""
    wanted = number(event.action)
    typed = one_line(event.values.get("into", "")).removeprefix("#")
    if not typed.isdecimal():
        return await invalid(event, turn, ("into", "no_idea"))
    try:
        idea, target, outgoing = await merge_ideas(turn, wanted, int(typed[:9]))
    except NoSuchIdea:
        return await invalid(event, turn, ("into", "no_idea"))
    return Result(Whisper(notices.merged(idea, target)), outgoing)


async def unmerge(event: ButtonPressed, turn: Turn) -> Result:
    """Both ideas are as they were."""
    idea, outgoing = await unmerge_idea(turn, number(event.action))
    return Result(Update(notices.say(f"#{idea.number} stands on its own again.")), outgoing)
