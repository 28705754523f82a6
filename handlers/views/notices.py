"""What only the person who acted sees."""

from collections.abc import Mapping, Sequence

from bot.ideas import Decision, Idea, IdeaStatus
from bot.messages import Action, Bold, Button, Card, Code, Inline, Line, Message, Tone
from bot.people import Account, Viewer
from bot.ports import Menu
from bot.reading.clean import shorten
from bot.store import Shelf
from handlers.views.words import (
    LOOKED_AT_FIRST,
    STATUS,
    TONE,
    author_of,
    count,
    did,
    lines_of,
    name_of,
)


def choice(idea: Idea) -> str:
    """An idea among those to choose from."""
    return shorten(f"#{idea.number} {idea.wording.title}", 75)


def say(*inlines: Inline, buttons: tuple[Button, ...] = ()) -> Message:
    """One line, and perhaps something to press."""
    return Message((inlines,), buttons=buttons)


def offer(draft: int, ideas: Sequence[Idea], decisions: Mapping[int, Decision]) -> Message:
    """Up to three ideas that say the same, as their reader knows them, before a new one is made;
    one that takes no more votes comes with its decision, if there is one."""
    cards = tuple(_offered(draft, idea, decisions.get(idea.number)) for idea in ideas)
    buttons = (
        Button("No, mine is new", Action.of("post", draft)),
        Button("Never mind", Action.of("drop", draft)),
    )
    lines: tuple[Line, ...] = (
        ("Somebody may have asked for this already. Is yours one of these?",),
        ("What you wrote is kept; without a word from you it is posted in 15 minutes.",),
    )
    return Message(lines, cards, buttons)


def _offered(draft: int, idea: Idea, decision: Decision | None) -> Card:
    if idea.accepts_votes:
        return _alike(idea, Action.of("join", draft, idea.number))
    reason = decision.reason if decision else ""
    said = f"→ The team says: {shorten(reason, 300)}" if reason else ""
    return Card(
        title=name_of(idea),
        body=(*lines_of(idea.wording.body, 200), *lines_of(said, 400)),
        footer=(f"{STATUS[idea.status]} · {count(idea.votes, 'vote')}",),
        buttons=(Button(f"Show #{idea.number}", Action.of("show", idea.number)),),
        tone=TONE.get(idea.status, Tone.PLAIN),
    )


def look_alikes(idea: Idea, ideas: Sequence[Idea]) -> Message:
    """The same once it is posted: a vote there takes theirs back."""
    cards = tuple(_alike(one, Action.of("instead", idea.number, one.number)) for one in ideas)
    stands = "with the moderators" if idea.status is IdeaStatus.HELD else "posted"
    lines: tuple[Line, ...] = (
        (f"Your idea is {stands}: {name_of(idea)}. Somebody may have asked for it before.",),
        ("Add your vote there if that says it, and I take yours back; or leave it as it is.",),
    )
    return Message(lines, cards)


def _alike(idea: Idea, join: Action) -> Card:
    return Card(
        title=name_of(idea),
        body=lines_of(idea.wording.body, 200),
        footer=(count(idea.votes, "vote"),),
        buttons=(Button(f"Add my vote to #{idea.number}", join, Tone.GOOD),),
    )


def swapped(mine: Idea, other: Idea) -> Message:
    """A vote in place of what was posted."""
    back = Button("Bring it back", Action.of("restore", mine.number))
    line = f"Your vote for {name_of(other)} counts: {count(other.votes, 'vote')} now."
    return say(f"{line} #{mine.number} is taken back.", buttons=(back,))


def thanks(idea: Idea, viewer: Viewer) -> Message:
    """The idea is saved, in its author's name."""
    held = idea.status is IdeaStatus.HELD
    if held and idea.author != viewer.person:
        line = f"Thank you! A moderator looks at it first, as an idea in {author_of(idea)}'s name."
        return say(line)
    if idea.author != viewer.person:
        return say(f"Thank you! It is idea {name_of(idea)} now, in {author_of(idea)}'s name.")
    back = Button("Take it back", Action.of("withdraw", idea.number))
    line = f"Thank you! Your idea is #{idea.number}. You will hear from us when it is decided."
    if held:
        line = f"Thank you! Your idea is #{idea.number}. {LOOKED_AT_FIRST}"
    return say(line, buttons=(back,))


def unvoted(idea: Idea, changed: bool) -> Message:
    """The vote is taken back."""
    if not changed:
        return say(f"You have no vote on #{idea.number}.")
    again = Button("Vote again", Action.of("vote", idea.number))
    return say(f"Your vote for #{idea.number} is taken back.", buttons=(again,))


def joined(idea: Idea) -> Message:
    """A vote instead of a duplicate."""
    return say(
        f"Your vote for {name_of(idea)} counts: {count(idea.votes, 'vote')} now.",
        buttons=(Button("Take my vote back", Action.of("unvote", idea.number)),),
    )


def supporting(idea: Idea) -> Message:
    """Vote pressed again."""
    back = Button("Take my vote back", Action.of("unvote", idea.number))
    return say(f"You already support #{idea.number}.", buttons=(back,))


def following(idea: Idea, changed: bool) -> Message:
    """They will be told."""
    stop = Button("Do not tell me", Action.of("unfollow", idea.number))
    again = "" if changed else " already"
    return say(
        f"You will{again} get a direct message when #{idea.number} is decided.", buttons=(stop,)
    )


def listed(ideas: Sequence[Idea], viewer: Viewer, title: str, following: Action | None) -> Message:
    """A page of ideas, each with a button that shows it."""
    if not ideas:
        text = "Nothing here yet. Suggest something with "
        return say(text, Code("/suggest"), ".")
    lines = tuple(row(idea, viewer) for idea in ideas)
    buttons = tuple(Button(f"#{i.number}", Action.of("show", i.number)) for i in ideas)
    more = (Button("More", following),) if following else ()
    return Message(((Bold(title),), *lines), buttons=buttons + more)


def row(idea: Idea, viewer: Viewer) -> Line:
    """An idea in a list, with where it stands."""
    status = "Merged" if idea.merged_into else STATUS[idea.status_for(viewer)]
    return (
        Bold(f"#{idea.number} "),
        f"{idea.wording.title} · {count(idea.votes, 'vote')} · {status}",
    )


def withdrawn(idea: Idea) -> Message:
    """Off the board."""
    back = Button("Bring it back", Action.of("restore", idea.number))
    return say(f"#{idea.number} is withdrawn.", buttons=(back,))


def restored(idea: Idea, status: IdeaStatus) -> Message:
    """Where it was before."""
    if status is IdeaStatus.HELD:
        return say(f"#{idea.number} waits for a moderator again.")
    return say(f"#{idea.number} is back on the board.")


def merged(idea: Idea, target: Idea) -> Message:
    """Merged."""
    back = Button("Un-merge", Action.of("unmerge", idea.number))
    return say(f"#{idea.number} now counts for {name_of(target)}.", buttons=(back,))


def blocked(idea: Idea) -> Message:
    """The author can suggest nothing more, and how to lift it."""
    command = Code(f"soundingboard unblock {idea.number}")
    return say(f"{author_of(idea)} can no longer suggest ideas. To lift that, run ", command, ".")


def decided(idea: Idea, decision: Decision) -> Message:
    """Taken; told in a minute."""
    undo = Button("Undo", Action.of("undo", decision.id))
    word = "Your answer" if decision.is_answer else STATUS[decision.status]
    if not decision.is_told:
        return say(f"#{idea.number}: {word}. The cards say so.", buttons=(undo,))
    line = f"#{idea.number}: {word}. Its author and followers hear of it in a minute."
    return say(line, buttons=(undo,))


def overtaken(
    idea: Idea, by: Decision | None, minutes: int, label: str, anyway: Action | None
) -> Message:
    """A colleague was faster."""
    who = f"{by.by_name} {did(by)}" if by else f"It is {STATUS[idea.status].lower()} now,"
    ago = (
        "just now"
        if minutes < 1
        else f"{count(minutes, 'minute')} ago"
        if minutes < 120
        else "earlier"
    )
    buttons = (Button(label, anyway),) if anyway else ()
    ask = f" {label}?" if anyway else ""
    return say(f"#{idea.number}: {who} {ago}.{ask}", buttons=buttons)


def muted() -> Message:
    """No more direct messages."""
    undo = Button("Write to me again", Action.of("unmute"))
    return say("I will not send you direct messages any more.", buttons=(undo,))


def opted_out() -> Message:
    """No model is given their words."""
    undo = Button("Allow it again", Action.of("allow_model"))
    line = "No model is given what you write, in threads or ideas. Summaries may still quote you."
    return say(line, buttons=(undo,))


def forget(ideas: int, votes: int, accounts: Sequence[Account]) -> Message:
    """Exactly what goes and what stays, before anything does."""
    named = (f"{account.name} on {account.connection}" for account in accounts)
    all_of = (f" All of you: {', '.join(named)}.",) if len(accounts) > 1 else ()
    lines: tuple[Line, ...] = (
        (Bold("This cannot be undone."), *all_of),
        (
            f"What goes: your name and accounts, {count(votes, 'vote')}, what you follow, ",
            "your drafts, questions to you and your answers.",
        ),
        (
            f"What stays: {count(ideas, 'idea')} of yours, as “a former member's”, unless you ",
            "take the words along. Your own messages and reactions in the chat are not touched: a ",
            "vote by reaction that stays on a card counts again, as somebody new's.",
        ),
    )
    buttons = (
        Button("Forget me, keep my ideas", Action.of("forget", "keep", len(accounts)), Tone.BAD),
        Button("Forget me and my words", Action.of("forget", "words", len(accounts)), Tone.BAD),
        Button("Keep me", Action.of("dismiss")),
    )
    return Message(lines, buttons=buttons)


def help_text(menu: Menu) -> Message:
    """What this bot can do; made from the routes."""
    lines: list[Line] = [
        (Bold("I carry your ideas to the people who build this, and their answer back."),)
    ]
    lines += [(Code(f"/{c.name} {c.usage}".strip()), f"  {c.help}") for c in menu.commands]
    lines += [("In a message's menu: ", Bold(s.help)) for s in menu.shortcuts]
    lines.append(
        ("Or mention me: ", Code("suggest …"), " makes your message an idea, ", Code("summarise"),
         " in a thread tells it in short.")
    )  # fmt: skip
    return Message(tuple(lines))


def shelf_title(shelf: Shelf) -> str:
    """The heading of a list."""
    return {
        "top": "Most wanted",
        "new": "Newest",
        "mine": "Your ideas",
        "following": "What you follow",
        "waiting": "Waiting longest for an answer",
    }[shelf]
