"""Every button there is, by one kind of discord.py's `DynamicItem`.

What a button does stands in its `custom_id`, so it works after restarts, and on what only one
person sees. discord.py looks it up in the message that came along, and swallows what then goes
wrong (discord/ui/view.py:ViewStore.schedule_dynamic_item_call): whoever hears of a press sees to
that. It tells of the press as an interaction too, which is not to be heard twice.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord

Item = discord.ui.Item[Any]
Pressed = Callable[[discord.Interaction[Any]], Awaitable[None]]
_WHATEVER = re.compile(r"(?s).+")


def buttons(pressed: Pressed) -> type[discord.ui.DynamicItem[Item]]:
    """What is added to a client, so that `pressed` hears of every button."""

    class Pressable(discord.ui.DynamicItem[Item], template=_WHATEVER):
        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: Item, match: re.Match[str], /
        ) -> "Pressable":
            del interaction, match
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await pressed(interaction)

    return Pressable
