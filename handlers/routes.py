"""Everything people can do with this bot, on one page.

Command names are permanent and free on Slack; so are the names of buttons and forms, since old
messages keep them.
"""

from bot.dispatch import Route
from bot.events import (
    ButtonPressed,
    CardAsked,
    ChoicesAsked,
    CommandUsed,
    FormSubmitted,
    HomeOpened,
    JobDone,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
    ReactionsRead,
    ShortcutUsed,
    SourcesAsked,
)
from bot.people import Role
from handlers import (
    ask,
    capture,
    changed,
    decide,
    digest,
    home,
    ideas,
    link,
    mentions,
    merge,
    more,
    posts,
    review,
    sounding,
    suggest,
    summarize,
    titles,
    vote,
)

_MODERATORS = (Role.MODERATOR,)
_TEAM = (Role.PRODUCT,)
_BOTH = (Role.MODERATOR, Role.PRODUCT)

# fmt: off
ROUTES = (
    # Commands and message menus
    Route(CommandUsed, "suggest", suggest.command, answers="form", changes=False, usage="[title]",
          help="Suggest an idea"),
    Route(CommandUsed, "ideas", ideas.command, changes=False,
          usage="[words | top | new | mine | following | waiting | 12]",
          help="Find ideas, or show one"),
    Route(CommandUsed, "summarize", summarize.command, usage="LINK [line | paragraph | full]",
          help="Summarise the thread of a message, by its link"),
    Route(CommandUsed, "sounding", sounding.command,
          usage="[data | mute | no-model | forget-me | link | unlink | help]",
          help="Help, your say over your data, and linking your accounts"),
    Route(ChoicesAsked, "ideas", ideas.choices, answers="choices", changes=False),
    Route(ShortcutUsed, "turn_into_idea", suggest.from_message, answers="form",
          help="Turn into idea"),
    Route(ShortcutUsed, "summarize_thread", summarize.from_menu, help="Summarise thread"),
    Route(HomeOpened, "home", home.opened, answers="page", changes=False),
    # Suggesting
    Route(ButtonPressed, "suggest", suggest.open_form, answers="form", changes=False),
    Route(FormSubmitted, "suggest", suggest.submitted),
    Route(ButtonPressed, "join", suggest.join, answers="update"),
    Route(ButtonPressed, "post", suggest.post, answers="update"),
    Route(ButtonPressed, "drop", suggest.drop, answers="update"),
    Route(ButtonPressed, "retry", suggest.retry, answers="form", changes=False),
    Route(JobDone, "draft", suggest.draft_due, answers="nothing"),
    # Looking
    Route(ButtonPressed, "show", ideas.show, changes=False),
    Route(ButtonPressed, "ideas", ideas.page, answers="update", changes=False),
    Route(CardAsked, "card", ideas.card, answers="update", changes=False),
    # Voting and following
    Route(ButtonPressed, "vote", vote.pressed),
    Route(ButtonPressed, "unvote", vote.unvote, answers="update"),
    Route(ReactionChanged, "vote", vote.reacted, answers="nothing"),
    Route(ReactionsRead, "vote", vote.reread, answers="nothing"),
    Route(ButtonPressed, "follow", vote.follow),
    Route(ButtonPressed, "unfollow", vote.unfollow, answers="update"),
    # More… on a card
    Route(ButtonPressed, "more", more.menu, changes=False),
    Route(ButtonPressed, "edit", more.edit, answers="form", changes=False),
    Route(FormSubmitted, "edit", more.edited),
    Route(ButtonPressed, "withdraw", more.withdraw),
    Route(ButtonPressed, "restore", more.restore, answers="update"),
    Route(ButtonPressed, "remove", more.remove, _MODERATORS, answers="form", changes=False),
    Route(FormSubmitted, "withdraw", more.removed, _MODERATORS),
    Route(ButtonPressed, "title", more.title, _MODERATORS, answers="form", changes=False),
    Route(FormSubmitted, "title", more.titled, _MODERATORS),
    Route(ButtonPressed, "block", more.block, _MODERATORS, answers="update"),
    # What waits for a moderator
    Route(ButtonPressed, "let_in", review.let_in, _MODERATORS),
    Route(ButtonPressed, "refuse", review.refuse, _MODERATORS, answers="form", changes=False),
    Route(FormSubmitted, "refuse", review.refused, _MODERATORS),
    Route(ButtonPressed, "hold", review.hold, _MODERATORS, answers="update"),
    # Merging
    Route(ButtonPressed, "merge", merge.form, _BOTH, answers="form", changes=False),
    Route(ChoicesAsked, "merge", merge.choices, _BOTH, answers="choices", changes=False),
    Route(FormSubmitted, "merge", merge.submitted, _BOTH),
    Route(ButtonPressed, "unmerge", merge.unmerge, _BOTH, answers="update"),
    # Capturing and escalating
    Route(ReactionChanged, "capture", capture.reacted, _MODERATORS, answers="nothing"),
    Route(ReactionChanged, "escalate", capture.escalated, _MODERATORS, answers="nothing"),
    Route(JobDone, "read", capture.read, answers="nothing"),
    Route(JobDone, "title", titles.found, answers="nothing"),
    Route(ButtonPressed, "use_title", titles.use, _MODERATORS, answers="update"),
    # Deciding
    Route(ButtonPressed, "decide", decide.decide, _TEAM),
    Route(ButtonPressed, "decline", decide.decline, _TEAM, answers="form", changes=False),
    Route(FormSubmitted, "decline", decide.declined, _TEAM),
    Route(ButtonPressed, "anyway", decide.anyway, _TEAM),
    Route(ButtonPressed, "answer", decide.answer, _TEAM, answers="form", changes=False),
    Route(FormSubmitted, "answer", decide.answered, _TEAM),
    Route(ButtonPressed, "undo", decide.undo, _TEAM, answers="update"),
    Route(JobDone, "tell", decide.tell, answers="nothing"),
    Route(ButtonPressed, "digest", digest.so_far, _TEAM, changes=False),
    # Asking
    Route(ButtonPressed, "ask", ask.form, _TEAM, answers="form", changes=False),
    Route(FormSubmitted, "ask", ask.asked, _TEAM),
    Route(ButtonPressed, "reply", ask.reply, answers="form", changes=False),
    Route(FormSubmitted, "reply", ask.replied),
    Route(MessagePosted, "reply", ask.message, answers="nothing"),
    # Posts in forums
    Route(MessagePosted, "post", posts.opened, answers="nothing"),
    # Mentions of the bot
    Route(MessagePosted, "suggest", mentions.suggested, answers="nothing"),
    Route(MessagePosted, "help", mentions.helped, answers="nothing"),
    Route(ButtonPressed, "instead", mentions.instead, answers="update"),
    # Messages that something was made of
    Route(MessageEdited, "edited", changed.edited, answers="nothing", concerns=changed.concerns),
    Route(MessageDeleted, "deleted", changed.deleted, answers="nothing", concerns=changed.concerns),
    Route(SourcesAsked, "sources", changed.sources, answers="nothing", changes=False),
    # Long threads
    Route(MessagePosted, "summarize", summarize.mentioned, answers="nothing"),
    Route(ButtonPressed, "summarize", summarize.offered, _MODERATORS),
    Route(ButtonPressed, "capture_thread", summarize.capture, _MODERATORS),
    Route(ButtonPressed, "summary_length", summarize.in_length),
    Route(JobDone, "summarize", summarize.done, answers="nothing"),
    Route(ButtonPressed, "post_summary", summarize.post, answers="update"),
    Route(ButtonPressed, "send_summary", summarize.send, answers="update"),
    # A person's say over their data
    Route(ButtonPressed, "unmute", sounding.unmute, answers="update"),
    Route(ButtonPressed, "allow_model", sounding.opt_in, answers="update"),
    Route(ButtonPressed, "forget", sounding.forget, answers="update"),
    # One person, several accounts
    Route(ButtonPressed, "link", link.confirmed, answers="update"),
    Route(ButtonPressed, "no_link", link.refused, answers="update"),
    Route(ButtonPressed, "dismiss", sounding.dismiss, answers="update", changes=False),
)
# fmt: on
