"""Uploads in three steps (docs.slack.dev/reference/methods/files.getUploadURLExternal,
/reference/methods/files.completeUploadExternal)."""

from tests.slack import events, talk
from tests.slack.elements import Json
from tests.slack.methods.call import Call, Refused
from tests.slack.methods.chat import destination, thread
from tests.slack.methods.content import text_and_blocks


def get_upload_url(call: Call) -> Json:
    """Where the bytes go, and what the file will be called."""
    file_id = call.hub.ids.new("F")
    name, length = call.text("filename"), call.number("length", 0)
    if length <= 0:
        raise Refused("invalid_arguments")
    call.hub.uploads[file_id] = {
        "id": file_id,
        "name": name,
        "size": length,
        "user": call.bot.id,
        "created": int(call.hub.clock.now()),
    }
    return {"upload_url": f"{call.hub.url}/upload/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    """The files are there; with a channel, by its id, they are a message in it. The answer does
    not say which. `blocks` count only without `initial_comment`."""
    found = [_uploaded(call, one) for one in call.json("files") or ()]
    if not found:
        raise Refused("invalid_arguments")
    if channel_id := call.maybe("channel_id"):
        _share(call, channel_id, found)
    return {"files": found}


def _uploaded(call: Call, named: Json) -> Json:
    file = call.hub.uploads.get(str(named.get("id")))
    if file is None or "content" not in file:
        raise Refused("file_not_found")
    file["title"] = named.get("title") or file["name"]
    kept = ("id", "name", "title", "size", "user", "created")
    return {key: file[key] for key in kept}


def _share(call: Call, channel_id: str, files: list[Json]) -> None:
    channel = destination(call, channel_id)
    comment, blocks = call.maybe("initial_comment") or "", list[Json]()
    if not comment and call.maybe("blocks"):
        comment, blocks = text_and_blocks(call)
    message = talk.written(
        call.team,
        call.bot,
        channel.room,
        comment,
        blocks=blocks,
        app_id=call.team.app.id,
        files=files,
        subtype="file_share",
        thread_ts=thread(call, channel),
    )
    talk.post(call.team, message)
    for side, there in call.hub.sides(channel.id):
        told = [events.file_shared(file["id"], call.bot, there, message.ts) for file in files]
        side.announce(told, there)
