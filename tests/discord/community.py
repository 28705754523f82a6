"""One Discord server (a guild) to act in and to look at, as its administrators do.

Acting returns when whoever is connected has read it.
"""

from collections.abc import Iterable, Sequence

from tests.discord import events, moderation, talk
from tests.discord.model import Channel, Guild, Kind, Message, Overwrite, Role, Tag, User
from tests.discord.permissions import EVERYBODY, NOTHING, Permission
from tests.discord.person import Person
from tests.discord.world import World

BOT = EVERYBODY | Permission.MANAGE_THREADS
"""What the bot's own role gives it unless a test says otherwise."""


class Community:
    """A guild that the bot is in, from before it connects unless `bot` is False."""

    def __init__(
        self, world: World, name: str, *, bot: bool = True, bot_permissions: Permission = BOT
    ) -> None:
        self.world = world
        number = world.ids.new()
        everybody = Role(number, "@everyone", EVERYBODY, 0)
        self.guild = Guild(number, name, world.app.owner.id, {number: everybody})
        world.guilds[number] = self.guild
        moderation.join(world, self.guild, world.app.owner)
        role = Role(world.ids.new(), world.bot.shown_name, bot_permissions, 1, managed=True)
        self.guild.roles[role.id] = self.bot_role = role
        if bot:
            self._bot_comes()

    @property
    def id(self) -> str:
        """The guild's snowflake."""
        return self.guild.id

    @property
    def everyone(self) -> Role:
        """Everybody's role."""
        return self.guild.roles[self.guild.id]

    # ── who and what there is ──
    def add_user(self, name: str, *roles: Role, bot: bool = False) -> Person:
        """Somebody new on Discord, who is a member here."""
        person = Person(self.world, self.world.user(name, bot=bot))
        self.add_member(person, *roles)
        return person

    def add_member(self, person: Person, *roles: Role) -> None:
        """Somebody known from elsewhere is a member here too."""
        moderation.join(self.world, self.guild, person.user, [role.id for role in roles])

    def add_role(
        self, name: str, permissions: Permission = NOTHING, *, mentionable: bool = False
    ) -> Role:
        """A role."""
        role = moderation.make_role(self.world, self.guild, name, permissions)
        role.mentionable = mentionable
        return role

    def add_channel(self, name: str, *, topic: str | None = None) -> Channel:
        """A text channel that everybody sees."""
        return moderation.make_channel(self.world, self.guild, Kind.TEXT, name, topic)

    def add_private_channel(self, name: str, *allowed: Role | Person, bot: bool = True) -> Channel:
        """A text channel that everybody's role does not see, these do, and the bot perhaps."""
        channel = moderation.make_channel(self.world, self.guild, Kind.TEXT, name, None)
        view = Permission.VIEW_CHANNEL
        channel.overwrites = [Overwrite(self.id, 0, deny=view)]
        for one in [*allowed, *([self.bot_role] if bot else [])]:
            kind = 1 if isinstance(one, Person) else 0
            channel.overwrites.append(Overwrite(one.id, kind, allow=view))
        moderation.change_channel(self.world, channel)
        return channel

    def add_forum(
        self, name: str, *, tags: Sequence[str] = (), require_tag: bool = False
    ) -> Channel:
        """A forum with its tags; those that end in `*` are for moderators."""
        forum = moderation.make_channel(self.world, self.guild, Kind.FORUM, name, None)
        forum.tags = [
            Tag(self.world.ids.new(), tag.removesuffix("*"), moderated=tag.endswith("*"))
            for tag in tags
        ]
        forum.require_tag = require_tag
        moderation.change_channel(self.world, forum)
        return forum

    def add_emoji(self, name: str) -> str:
        """A custom emoji, as reactions name it: `name:id`."""
        number = self.world.ids.new()
        self.guild.emojis[number] = name
        return f"{name}:{number}"

    # ── what moderators do ──
    async def set_roles(self, person: Person, *roles: Role) -> None:
        """Somebody has these roles and no others."""
        member = self.guild.members[person.id]
        moderation.set_roles(self.world, self.guild, member, [role.id for role in roles])
        await self._read()

    async def give(self, person: Person, role: Role) -> None:
        """Somebody has one more role."""
        await self.set_roles(person, *self._roles(person), role)

    async def take(self, person: Person, role: Role) -> None:
        """Somebody has one role less."""
        await self.set_roles(person, *(one for one in self._roles(person) if one is not role))

    async def change_role(
        self,
        role: Role,
        *,
        name: str | None = None,
        permissions: Permission | None = None,
    ) -> None:
        """A role is called, or may do, something else."""
        role.name = role.name if name is None else name
        role.permissions = role.permissions if permissions is None else permissions
        moderation.change_role(self.world, self.guild, role)
        await self._read()

    async def delete_role(self, role: Role) -> None:
        """A role is gone."""
        moderation.delete_role(self.world, self.guild, role)
        await self._read()

    async def rename_channel(self, channel: Channel, name: str) -> None:
        """A channel or thread gets another name."""
        channel.name = name
        moderation.change_channel(self.world, channel)
        await self._read()

    async def set_tags(self, post: Channel, *tags: str) -> None:
        """A post has these tags and no others."""
        assert post.thread is not None
        assert post.parent is not None
        post.thread.tags = [post.parent.tag(name).id for name in tags]
        talk.thread_changed(self.world, post)
        await self._read()

    async def overwrite(
        self,
        channel: Channel,
        target: Role | Person | User,
        *,
        allow: Permission = NOTHING,
        deny: Permission = NOTHING,
    ) -> None:
        """A channel allows or denies somebody something; neither takes that back."""
        kind = 0 if isinstance(target, Role) else 1
        moderation.overwrite(self.world, channel, target.id, kind, allow=allow, deny=deny)
        await self._read()

    async def delete_channel(self, channel: Channel) -> None:
        """A channel or a thread is gone."""
        moderation.delete_channel(self.world, channel)
        await self._read()

    async def delete_message(self, message: Message) -> None:
        """A moderator removes a message."""
        talk.delete(self.world, message)
        await self._read()

    async def delete_messages(self, messages: Sequence[Message]) -> None:
        """A moderator removes several of one channel at once."""
        talk.delete_many(self.world, messages)
        await self._read()

    async def clear_reactions(self, message: Message, emoji: str | None = None) -> None:
        """A moderator removes all reactions, or all of one emoji."""
        talk.clear_reactions(self.world, message, emoji)
        await self._read()

    async def archive(self, thread: Channel, *, locked: bool | None = None) -> None:
        """A moderator closes a thread."""
        talk.archive(self.world, thread, archived=True, locked=locked)
        await self._read()

    async def unarchive(self, thread: Channel, *, locked: bool | None = None) -> None:
        """A moderator opens a thread again."""
        talk.archive(self.world, thread, archived=False, locked=locked)
        await self._read()

    async def kick(self, person: Person) -> None:
        """Somebody is no member any more."""
        moderation.leave(self.world, self.guild, person.user)
        await self._read()

    async def kick_bot(self) -> None:
        """The bot is removed."""
        moderation.leave(self.world, self.guild, self.world.bot)
        await self._read()

    async def invite_bot(self) -> None:
        """The bot is added, with its role."""
        self._bot_comes()
        await self._read()

    # ── what happens by itself ──
    async def webhook_says(self, channel: Channel, name: str, text: str) -> Message:
        """Another app writes through a webhook: its author is no account."""
        author = User(self.world.ids.new(), name.lower(), name, bot=True)
        message = talk.written(self.world, author, channel, text)
        message.webhook = author.id
        talk.post(self.world, message)
        await self._read()
        return message

    async def unfurl(self, message: Message, title: str) -> None:
        """A link in a message gets its preview: it is another, though nobody edited it."""
        message.embeds.append({"type": "link", "title": title})
        talk.changed(self.world, message)
        await self._read()

    async def outage(self) -> None:
        """The guild is not available, until it recovers."""
        self.world.announce([events.guild_unavailable(self.guild)])
        await self._read()

    async def recover(self) -> None:
        """The guild is available again."""
        self.world.announce([events.guild_created(self.guild, self.world.bot)])
        await self._read()

    # ── looking ──
    def posts(self, forum: Channel) -> list[Channel]:
        """The posts of a forum, or the threads of a channel, oldest first."""
        return [thread for thread in self.guild.threads if thread.parent is forum]

    def tags(self, post: Channel) -> list[str]:
        """The names of a post's tags."""
        assert post.thread is not None
        assert post.parent is not None
        names = {tag.id: tag.name for tag in post.parent.tags}
        return [names[tag] for tag in post.thread.tags]

    def permalink(self, message: Message) -> str:
        """A message's address, as people copy it."""
        return f"https://discord.com/channels/{self.id}/{message.channel.id}/{message.id}"

    # ── how ──
    def _bot_comes(self) -> None:
        guild, bot = self.guild, self.world.bot
        guild.roles.setdefault(self.bot_role.id, self.bot_role)
        moderation.join(self.world, guild, bot, [self.bot_role.id])

    def _roles(self, person: Person) -> Iterable[Role]:
        return [self.guild.roles[one] for one in self.guild.members[person.id].roles]

    async def _read(self) -> None:
        await self.world.gateway.read()
