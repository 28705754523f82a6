"""A kind sentence for everything that cannot be done."""

from collections.abc import Sequence

from bot.errors import Gone, NoSuchIdea, NotAllowed, NotNow, UserMistake
from bot.ideas import TEXT_LIMIT, TITLE_LIMIT
from bot.messages import Action, Button, ChannelName, Line, Message
from bot.refs import ChannelRef

_NOT_NOW = {
    "author_blocked": "The author of that message cannot suggest ideas at the moment.",
    "blocked": "You cannot suggest ideas here at the moment. A moderator can tell you more.",
    "captured_already": "That message is #{0} already.",
    "capturing_already": "You did that before: the thread's first message becomes an idea.",
    "closed": "#{0} is decided, so votes no longer change it.",
    "codes_shown": "You were shown a few codes already. Please ask for another in an hour.",
    "daily_limit": "You have suggested {0} ideas since yesterday, which is the limit. "
    "What you wrote is kept; please try again tomorrow.",
    "held": "#{0} waits for a moderator, who looks at it first.",
    "hold_late": "Something has come of #{0} already. “Withdraw…” takes it off the board.",
    "merge_circle": "#{0} cannot be merged into itself.",
    "merged_already": "#{0} is merged already. Un-merge it first.",
    "move": "#{0} cannot go there from where it stands now.",
    "no_link": "Which thread? Put a message's link after /summarize, or choose "
    "“Summarise thread” in the message's menu. “line” or “full” after the link makes it shorter or "
    "longer.",
    "nobody_to_ask": "The author of #{0} is no longer here to ask.",
    "no_inbox": "There is no product inbox yet. The configuration names one as product.inbox.",
    "not_merged": "#{0} is not merged.",
    "not_this_one": "That message cannot become an idea.",
    "others_voted": "#{0} has support from others, so its words stay as they are.",
    "reviewed": "Somebody has looked at #{0} already.",
    "thread_kept_out": "Threads in this channel are kept out of summaries, so I leave this one be.",
    "thread_posted": "That summary is in its thread already; it is brought up to date there.",
    "thread_sent": "The product team has that summary already; it is brought up to date there.",
    "thread_unlisted": "Only threads in channels where ideas are collected can go to the team.",
    "too_little": "That message says too little to be an idea.",
    "withdrawn": "#{0} was withdrawn.",
    "undo_late": "It is too late to undo that for #{0}. A new decision goes out as a correction.",
}
_PROBLEM = {
    "too_short": "Please write at least a word or two.",
    "too_long": "That is a little long. Please shorten it{0}.",
    "no_idea": "I cannot find that idea. Type its number, or pick one from the list.",
}
_LIMITS = {"title": TITLE_LIMIT, "body": TEXT_LIMIT, "job": TEXT_LIMIT, "obstacle": TEXT_LIMIT}
_FAILED = "That did not work, and it is our fault. Nothing was changed; please try again."
FAILED = Message(((_FAILED,),))


def apologise(mistake: UserMistake, retry: Action | None) -> Message:
    """What to tell the person; `retry` opens the form they sent with all they typed."""
    buttons = (Button("Edit and try again", retry),) if retry else ()
    return Message(((_sentence(mistake),),), buttons=buttons)


def _sentence(mistake: UserMistake) -> str:
    match mistake:
        case NoSuchIdea():
            return f"I cannot find idea #{mistake.number}."
        case NotAllowed():
            return "That is for others here to do. Ask a moderator if you think it should be you."
        case NotNow():
            return _NOT_NOW[mistake.why].format(mistake.number)
        case Gone():
            return "That is done or no longer there."
        case _:
            return _FAILED


def problem(field: str, kind: str) -> str:
    """What to mend in a field."""
    limit = _LIMITS.get(field, TEXT_LIMIT)
    return _PROBLEM[kind].format(f" to {limit} characters")


def not_listened(channels: Sequence[ChannelRef]) -> Line:
    """A message outside the listened channels."""
    if not channels:
        return ("Messages cannot become ideas here. /suggest works everywhere.",)
    names = [part for channel in channels for part in (", ", ChannelName(channel))][1:]
    return ("Only messages in ", *names, " can become ideas. /suggest works everywhere.")
