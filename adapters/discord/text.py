"""Discord's own way of writing text, read and written. Pure.

A backslash makes any sign of ASCII literal, in embeds too (docs.discord.com/developers/reference
#message-formatting; the rule is that of simple-markdown, which Discord's clients use). Who is
pinged is decided by `allowed_mentions` alone; here no text even looks like a mention, neither on
the screen nor to a search for `<@1>`, `@everyone` or an invite in what is sent.
"""

import re
from collections.abc import Mapping

from bot.reading.clean import harmless, one_line

BREAK = "\u200b"
"""Parts two signs and shows nothing; `harmless` takes it away again."""

_SIGNS = re.compile(
    r"(?P<everyone>@(?=everyone|here|$))"
    r"|(?P<sign>[\\*_~`|<>\[\]@])"
    r"|(?P<code>:(?!\s))"  # `:tada:`, and `https://`, which would be a link or an invite
    r"|(?P<dot>\A\.)"  # after a number, or `discord`, in a text before
    r"|(?P<invite>(?<=discord)\.|(?<=discordapp)\.)"
    r"|(?P<start>(?:(?<=\n)|^)(?P<space>[^\S\n]*)(?P<block>\#+|-\#?|\+|\d+\.)(?=\s|$))",
    re.IGNORECASE,
)
_TO_BREAK = re.compile(
    r"(?<=<)(?=@)|(?<=@)(?=everyone|here)|(?<=discord)(?=\.)|(?<=discordapp)(?=\.)", re.IGNORECASE
)
_BESIDE_FENCE = re.compile("^(?= *`)|(?<=`)(?= *$)")
"""Where a space stands between the marks of code and a sign that they are made of."""
_MARKED = re.compile(
    r"\\(?P<literal>[^0-9A-Za-z\s])"
    r"|<@!?(?P<user>[0-9]+)>"
    r"|<@&(?P<role>[0-9]+)>"
    r"|<\#(?P<channel>[0-9]+)>"
    r"|<a?(?P<emoji>:\w+:)[0-9]+>"
    r"|</(?P<command>[^:<>]+):[0-9]+>"
    r"|<(?P<url>https?://[^\s<>]+)>"
)


def escape(text: str) -> str:
    """Text that Discord shows as it is: no markup, link, emoji, mention or invite."""
    return _SIGNS.sub(_literal, text)


def code(text: str) -> str:
    """Text in the font of code; text that would end the code is literal instead."""
    kept = _TO_BREAK.sub(BREAK, text)
    if not kept.strip() or "``" in kept:
        return escape(text)
    return f"``{_BESIDE_FENCE.sub(' ', kept)}``" if "`" in kept else f"`{kept}`"


def bold(text: str) -> str:
    """Text to stress."""
    return f"**{escape(text)}**" if text.strip() else escape(text)


def read_text(text: str, names: Mapping[str, str]) -> str:
    """What a person reads: `names` are those of the accounts, roles and channels it mentions."""
    return harmless(_MARKED.sub(lambda found: _meant(found, names), text))


def without_mention(text: str, bot_user: str) -> str:
    """Text as Discord sent it, without a mention of the bot that it begins with."""
    return re.sub(rf"^\s*<@!?{re.escape(bot_user)}>[\s,:]*", "", text)


def _literal(found: re.Match[str]) -> str:
    if found["everyone"]:
        return rf"\@{BREAK}"
    if found["start"]:
        space, block = found["space"], found["block"]
        return space + (f"{block[:-1]}\\{block[-1]}" if block[0].isdigit() else rf"\{block}")
    return rf"\{found[0]}"


def _meant(found: re.Match[str], names: Mapping[str, str]) -> str:
    match found.lastgroup:
        case "literal":
            return found["literal"]
        case "user" | "role" as kind:
            return "@" + one_line(names.get(found[kind], "") or found[kind])
        case "channel":
            return "#" + one_line(names.get(found["channel"], "") or found["channel"])
        case "command":
            return "/" + found["command"]
        case _:
            return found["emoji"] or found["url"]
