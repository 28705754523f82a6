"""What comes with a file: the digest's chart, and somebody's own data."""

import json
from pathlib import Path

from tests.adapters.discord.company import Company, open_company, words_of
from tests.discord.failures import Failure
from tests.discord.model import Message

TITLE = "Dark mode"
POSTS, PNG = "POST /channels/{channel}/messages", b"\x89PNG"
DIGEST = '[digest]\nto = ["INBOX"]'
WEEK = 8 * 24 * 3_600.0


async def suggest(company: Company) -> None:
    seen = await company.ana.slash(company.talk, "suggest", {"title": TITLE})
    await company.ana.submit(seen.modal, {"body": "My eyes hurt at night."})
    await company.pass_time()


async def a_week_passes(company: Company) -> None:
    await suggest(company)
    await company.ben.press(company.card(company.ideas, TITLE), "Vote")
    await company.pass_time(WEEK)
    await company.bot.scheduler.look()
    await company.pass_time(60)


def parts(company: Company) -> list[Message]:
    """The digest in the team's channel, below its first post."""
    posts = company.server.messages(company.product)
    first = next(one for one in posts if "What your customers ask for" in words_of(one))
    return [one for one in posts if one is first or one.reply_to is first]


def pictures(company: Company) -> list[bytes]:
    files = company.server.world.files
    return [files[one["id"]] for message in parts(company) for one in message.attachments]


async def test_mondays_digest_is_embeds_with_its_chart(tmp_path: Path) -> None:
    async with open_company(tmp_path, rest=DIGEST, other_way=True) as company:
        await a_week_passes(company)
        first, *others = parts(company)
        assert any(one.embeds for one in (first, *others))
        assert TITLE in "".join(map(words_of, (first, *others)))
        (chart,) = pictures(company)
        assert chart.startswith(PNG)
        (shown,) = [one for one in others if one.attachments]
        (call,) = [one for one in company.server.called(POSTS) if one.body.get("attachments")]
        assert call.body["attachments"][0]["description"]
        assert not any(one.mentions for one in (first, *others))
        assert shown.attachments[0]["filename"].endswith(".png")


async def test_a_digest_whose_answer_is_lost_is_not_posted_twice(tmp_path: Path) -> None:
    async with open_company(tmp_path, rest=DIGEST, other_way=True) as company:
        await suggest(company)
        company.server.fail_next(POSTS, Failure.DROP, times=6)
        await a_week_passes(company)
        texts = [words_of(one) for one in parts(company)]
        assert len(texts) == len(set(texts))
        assert len(pictures(company)) == 1


async def test_somebodys_data_is_a_file_that_only_they_get(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await suggest(company)
        option = company.option_of("sounding")
        await company.ana.slash(company.talk, "sounding", {option: "data"})
        await company.pass_time()
        (direct,) = [one for one in company.server.directs(company.ana) if one.attachments]
        (file,) = direct.attachments
        held = json.loads(company.server.world.files[file["id"]])
        assert file["filename"].endswith(".json")
        assert TITLE in json.dumps(held)
        assert not company.server.directs(company.ben)
