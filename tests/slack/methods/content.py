"""What a message may hold: text, blocks, metadata.

docs.slack.dev/reference/methods/chat.postMessage and chat.update; metadata:
docs.slack.dev/messaging/message-metadata.
"""

import copy
import json

from tests.slack.blockkit import message_problems
from tests.slack.elements import Json
from tests.slack.ids import Ids
from tests.slack.methods.call import Call, Refused
from tests.slack.team import Team

CUT = 40_000
"""Characters above which `chat.postMessage` shortens a text."""
UPDATE = 4_000
"""Characters above which `chat.update` refuses one."""
METADATA = 16_000
"""Characters of a payload as JSON; the documentation names no number (from memory)."""


def text_and_blocks(call: Call, *, update: bool = False) -> tuple[str, list[Json]]:
    """The text and blocks of a call, or its refusal; what is wrong becomes a problem."""
    blocks = call.json("blocks", "invalid_blocks_format") or []
    text = str(call.args.get("text") or "")
    if error := refusal(call.team, text, blocks, update=update):
        raise Refused(error)
    return text[:CUT], with_ids(blocks, call.hub.ids)


def refusal(team: Team, text: str, blocks: object, *, update: bool = False) -> str | None:
    """Slack's error for this content, if any. What is merely unwise is a problem too."""
    if not isinstance(blocks, list):
        return "invalid_blocks_format"
    problems = message_problems({"text": text, "blocks": blocks})
    team.problems += problems
    if not text.strip() and not blocks:
        return "no_text"
    if any("msg_blocks_too_long" in problem for problem in problems):
        return "msg_blocks_too_long"
    if any(problem.startswith("block") for problem in problems):
        return "invalid_blocks"
    if any(problem.startswith(("action_id", "block_id")) for problem in problems):
        return "invalid_blocks"
    if update and len(text) > UPDATE:
        return "msg_too_long"
    return None


def with_ids(blocks: list[Json], ids: Ids) -> list[Json]:
    """A copy in which every block has an id."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", ids.block())
    return blocks


def metadata(call: Call) -> Json | None:
    """The metadata of a call, or its refusal."""
    found = call.json("metadata", "invalid_metadata_format")
    if found is None:
        return None
    if not isinstance(found, dict):
        raise Refused("invalid_metadata_format")
    if set(found) - {"entities"} != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_schema")
    if not isinstance(found["event_payload"], dict) or not isinstance(found["event_type"], str):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(found)) > METADATA:
        raise Refused("metadata_too_large")
    return found
