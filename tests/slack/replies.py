"""`response_url`: an answer to an interaction, 5 times within 30 minutes.

docs.slack.dev/interactivity/handling-user-interaction#message_responses. Errors are plain text.
"""

from aiohttp import web

from tests.slack import talk
from tests.slack.elements import Json
from tests.slack.failures import Failure, Failures, broken
from tests.slack.methods.content import refusal, with_ids
from tests.slack.screen import Ephemeral
from tests.slack.team import ApiCall, Hub, ReplyUrl


async def serve(hub: Hub, failures: Failures, request: web.Request) -> web.Response:
    """One use of a `response_url`."""
    reply = hub.replies.get(request.match_info["name"])
    if reply is None or not reply.uses or hub.clock.now() > reply.until:
        return web.Response(status=404, text="expired_url")
    body = await request.json()
    planned = failures.take("response_url", reply.team.id)
    failure = planned.failure if planned else None
    error = failure if isinstance(failure, str) else _checked(reply, body)
    reply.team.calls.append(ApiCall("response_url", body, error))
    if not error and (not isinstance(failure, Failure) or failure.done):
        reply.uses -= 1
        use(reply, body)
    hub.changes.happened()
    if failure is Failure.BUSY and planned:
        return web.Response(status=429, headers={"Retry-After": str(planned.retry_after)})
    if isinstance(failure, Failure):
        return await broken(request, failure)
    return web.Response(status=400, text=error) if error else web.Response(text="ok")


def use(reply: ReplyUrl, body: Json) -> None:
    """Show it: to all, to one, in place of the original, or take that away."""
    if body.get("delete_original"):
        _delete(reply)
    elif body.get("replace_original") and (target := reply.original or reply.last):
        _replace(reply, target, body)
    elif body.get("response_type") == "in_channel":
        _post(reply, body)
    else:
        _whisper(reply, body)


def _checked(reply: ReplyUrl, body: Json) -> str | None:
    """Slack's error, if any. What happens to a message when `replace_original` is left out is not
    documented alike everywhere, so leaving it out is a problem."""
    if body.get("delete_original"):
        return None
    if reply.original is not None and "replace_original" not in body:
        reply.team.problems.append("response_url of a press: say replace_original, true or false")
    for name in ("replace_original", "delete_original"):
        if not isinstance(body.get(name, False), bool):
            return "invalid_payload"
    return refusal(reply.team, str(body.get("text") or ""), body.get("blocks") or [])


def _content(reply: ReplyUrl, body: Json) -> tuple[str, list[Json]]:
    blocks = with_ids(body.get("blocks") or [], reply.team.hub.ids)
    return str(body.get("text") or ""), blocks


def _whisper(reply: ReplyUrl, body: Json) -> None:
    text, blocks = _content(reply, body)
    if not reply.user.active:
        return
    ts = reply.team.hub.ids.ts()
    notice = Ephemeral(ts, reply.channel.id, text, blocks, body.get("thread_ts"))
    reply.user.screen.ephemerals.append(notice)
    reply.last = ts


def _post(reply: ReplyUrl, body: Json) -> None:
    """To all, in the bot's name, even where it is no member."""
    text, blocks = _content(reply, body)
    team = reply.team
    more = {"blocks": blocks, "app_id": team.app.id, "thread_ts": body.get("thread_ts")}
    talk.post(team, talk.written(team, team.app.bot, reply.channel.room, text, **more))


def _replace(reply: ReplyUrl, target: str, body: Json) -> None:
    text, blocks = _content(reply, body)
    message = reply.channel.room.messages.get(target)
    if message is not None:
        talk.edit(reply.team.hub, message, reply.team.app.bot, text=text, blocks=blocks)
    for notice in reply.user.screen.ephemerals:
        if notice.ts == target:
            notice.text, notice.blocks = text, blocks


def _delete(reply: ReplyUrl) -> None:
    target = reply.original or reply.last or ""
    message = reply.channel.room.messages.get(target)
    if message is not None:
        talk.delete(reply.team.hub, message)
    screen = reply.user.screen
    screen.ephemerals = [one for one in screen.ephemerals if one.ts != target]
