"""Every method our Slack has, and the scopes of which each needs one."""

from collections.abc import Mapping

from tests.slack.methods import auth, chat, conversations, files, people, reactions, views
from tests.slack.methods.call import Method

APP_LEVEL = frozenset({"apps.connections.open"})
"""Called with the app's own token; everything else with the bot's."""

METHODS: Mapping[str, tuple[Method, tuple[str, ...]]] = {
    "apps.connections.open": (auth.connections_open, ()),
    "auth.test": (auth.auth_test, ()),
    "bots.info": (auth.bots_info, ("users:read",)),
    "chat.getPermalink": (chat.get_permalink, ()),
    "chat.postEphemeral": (chat.post_ephemeral, ("chat:write",)),
    "chat.postMessage": (chat.post_message, ("chat:write",)),
    "chat.update": (chat.update, ("chat:write",)),
    "conversations.history": (conversations.history, ()),
    "conversations.info": (conversations.info, ()),
    "conversations.members": (conversations.members, ()),
    "conversations.open": (conversations.open_, ("im:write",)),
    "conversations.replies": (conversations.replies, ()),
    "files.completeUploadExternal": (files.complete_upload, ("files:write",)),
    "files.getUploadURLExternal": (files.get_upload_url, ("files:write",)),
    "reactions.add": (reactions.add, ("reactions:write",)),
    "usergroups.list": (people.usergroups_list, ("usergroups:read",)),
    "usergroups.users.list": (people.usergroups_users_list, ("usergroups:read",)),
    "users.info": (people.users_info, ("users:read",)),
    "views.open": (views.open_, ()),
    "views.publish": (views.publish, ()),
    "views.push": (views.push, ()),
    "views.update": (views.update, ()),
}
