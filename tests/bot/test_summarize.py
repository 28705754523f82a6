"""A thread in short: verbatim, within its words, and about what people said."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import ReadMessage
from bot.reading.summarize import FULL, LINE, PARAGRAPH, summarize
from bot.reading.summarize.cues import agrees, asks, disagrees, proposes
from bot.reading.summarize.sentences import sentences, size
from bot.reading.summarize.talk import says_something
from bot.refs import AccountRef, MessageRef, ThreadRef
from bot.summaries import Part, Summary

THREAD = ThreadRef("playground", "ideas", "0")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
Said = tuple[str, str]

EXPORT = [
    ("Ada", "Hi all! Every month I copy the invoices into a sheet by hand, and it takes a day."),
    ("Ada", "Could the export include the invoices of closed projects?"),
    ("Ben", "We should add a filter to the export, so that closed projects can be chosen."),
    ("Cleo", "I don't think a filter is enough, because the export stops at 500 invoices."),
    ("Dan", "I agree with Cleo: the limit of the export hurts more than the missing filter."),
    ("Ben", "Our workaround is a script: https://example.com/scripts/export.py."),
    ("Cleo", "Does the limit also apply to receipts in the archive?"),
    ("Dan", "Thanks!"),
]


def thread(said: Sequence[Said]) -> list[ReadMessage]:
    return [
        ReadMessage(
            MessageRef("playground", "ideas", str(at)),
            THREAD,
            AccountRef("playground", name.lower() or "nobody"),
            name,
            text,
            f"https://chat.example/{at}",
            START + timedelta(minutes=at),
            private=False,
        )
        for at, (name, text) in enumerate(said)
    ]


def short(said: Sequence[Said], words: int = 120) -> Summary:
    summary = summarize(THREAD, thread(said), words=words)
    assert summary
    return summary


def texts(summary: Summary, *parts: Part) -> list[str]:
    return [quote.text for quote in summary.quotes if not parts or quote.part in parts]


def quoted(summary: Summary) -> list[str]:
    return texts(summary, *(part for part in Part if part is not Part.LINK))


def among(text: str) -> list[Said]:
    """A message of Eve's among others that say enough for a summary."""
    return [*EXPORT[:5], ("Eve", text), *EXPORT[5:]]


def test_a_quote_names_its_author_its_message_and_its_permalink() -> None:
    quote = next(q for q in short(EXPORT).quotes if q.part is Part.PROPOSAL)
    assert (quote.author, quote.author_name) == (AccountRef("playground", "ben"), "Ben")
    assert quote.message == MessageRef("playground", "ideas", "2")
    assert quote.permalink == "https://chat.example/2"


def test_the_opening_tells_what_it_started_from_without_the_greeting() -> None:
    opening = texts(short(EXPORT), Part.OPENING)
    assert "Every month I copy the invoices into a sheet by hand, and it takes a day." in opening


def test_what_hangs_under_a_message_of_ours_was_not_begun_by_the_first_reply() -> None:
    below = ThreadRef("playground", "ideas", "card")
    summary = summarize(below, thread(EXPORT))
    assert summary
    assert texts(summary, Part.OPENING) == []
    assert EXPORT[1][1] in quoted(summary)


def test_proposals_agreement_and_disagreement_are_told_apart() -> None:
    summary = short(EXPORT)
    assert texts(summary, Part.PROPOSAL) == [EXPORT[2][1]]
    assert texts(summary, Part.DISAGREEMENT) == [EXPORT[3][1]]
    assert texts(summary, Part.AGREEMENT) == [EXPORT[4][1]]


def test_parts_come_in_the_order_a_reader_meets_them() -> None:
    order = [list(Part).index(quote.part) for quote in short(EXPORT, FULL).quotes]
    assert order == sorted(order)


def test_a_question_nobody_took_up_is_open() -> None:
    assert texts(short(EXPORT), Part.QUESTION) == [EXPORT[6][1]]


@pytest.mark.parametrize(
    "answer",
    [
        ("Ben", "In the archive the limit does not apply to receipts, I tried it."),
        ("Ben", "Cleo: no, only what is listed on the first page."),
        ("Cleo", "Thanks Ben, found it in the manual."),
    ],
)
def test_an_answered_question_is_not_open(answer: Said) -> None:
    assert not texts(short([*EXPORT, answer], FULL), Part.QUESTION)


def test_asking_back_by_name_is_no_answer() -> None:
    asked = [*EXPORT, ("Ben", "Cleo: what do you mean by archive here?")]
    assert EXPORT[6][1] in texts(short(asked, FULL), Part.QUESTION)


def test_links_are_shown_once_without_the_full_stop() -> None:
    again = [*EXPORT, ("Eve", "The script (https://example.com/scripts/export.py) saves me hours.")]
    (link,) = [quote for quote in short(again).quotes if quote.part is Part.LINK]
    assert (link.text, link.author_name) == ("https://example.com/scripts/export.py", "Ben")


def test_brackets_that_belong_to_an_address_stay() -> None:
    said = among("It is explained on https://example.org/wiki/Ledger_(accounting) rather well.")
    assert "https://example.org/wiki/Ledger_(accounting)" in texts(short(said), Part.LINK)


def test_measures_count_people_and_their_messages() -> None:
    summary = short(EXPORT)
    assert (summary.messages, summary.people) == (8, 4)
    assert (summary.first_at, summary.last_at) == (START, START + timedelta(minutes=7))


@pytest.mark.parametrize("mark", ["[no-summary]", "(No-Summary)", "no-summary please:"])
def test_a_marked_message_stays_out_entirely(mark: str) -> None:
    secret = f"{mark} The export of Initech's invoices fails, see https://example.com/initech."
    summary, without = short(among(secret), FULL), short(EXPORT, FULL)
    assert texts(summary) == texts(without)
    assert (summary.messages, summary.people) == (without.messages, without.people)


def test_fewer_than_three_messages_that_say_something_make_no_summary() -> None:
    said = [("Ada", "The export is slow today."), ("Ben", "It is slow for us too."), ("Cleo", "ok")]
    assert summarize(THREAD, thread(said)) is None
    assert summarize(THREAD, []) is None


@pytest.mark.parametrize(
    "text",
    [
        "> The export should include receipts, said the invoices team.",
        "```\nexport invoices to a filter of closed projects\n```",
        "2026-03-02 09:14:11,201 ERROR the export of invoices failed in closed projects",
        'Traceback (most recent call last):\n  File "/app/export.py", line 3, in export\n    run()',
        "ValueError: no invoices in this export of closed projects",
        "Exception in thread main\n    at com.example.Export.run(Export.java:41)",
        "if (export) { invoices = filter(closed); } // the projects",
        "$ export the invoices of closed projects",
        "Thanks a lot for the export!",
        "+1",
        "Agreed",
        "Sounds good",
        "Danke schön",
        "Ada",
        "@ada @ben",
        "https://example.com/only/an/address",
        "-- \nEve of the export team of the invoices",
        "Eve Example, Head of Invoices",
        "🎉🎉🎉 :tada:",
        "<Ada> I copy the invoices of closed projects by hand",
        "[12:04] < Ada> I copy the invoices of closed projects by hand",
        "02:04 <@Ada> I copy the invoices of closed projects by hand",
        "Could somebody please help me with my problem?",
        "hi, can anyone help me?",
        "Ada: just ask your question",
        "Ben, I have a question",
        "Any ideas?",
    ],
)
def test_what_is_no_point_is_not_quoted(text: str) -> None:
    assert "Eve" not in {q.author_name for q in short(among(text), FULL).quotes if q.part != "link"}


def test_what_was_said_before_is_not_quoted_again() -> None:
    assert quoted(short(among(EXPORT[2][1]), FULL)).count(EXPORT[2][1]) == 1


def test_every_speaker_is_heard_before_one_is_heard_often() -> None:
    point = "The {} of the export matters to the accountants of my {} team every quarter."
    said = [("Ada", point.format(w, w)) for w in "speed format delimiter encoding header".split()]
    said += [("Ben", point.format("currency", "second")), ("Cleo", point.format("total", "third"))]
    assert {q.author_name for q in short(said, 60).quotes} == {"Ada", "Ben", "Cleo"}


def test_the_middle_of_a_long_thread_is_not_lost() -> None:
    topics = (
        "invoices receipts currencies archives filters totals limits columns dates names".split()
    )
    said = [
        (f"P{at % 7}", f"The export of the {topics[at // 30]} broke in case {at} of our team.")
        for at in range(300)
    ]
    numbers = [int(quote.message.message) for quote in short(said, 150).quotes]
    assert len({number // 60 for number in numbers}) == 5


def test_in_a_long_thread_an_answer_comes_before_the_question_it_answers() -> None:
    asked = "Does the export of the {0} hold every one of the {0}, Ben?"
    answer = "The export of the {0} holds every one of the {0}, Ada."
    topics = "invoices receipts currencies archives filters totals limits columns dates".split()
    said = [
        pair
        for topic in topics
        for pair in (("Ada", asked.format(topic)), ("Ben", answer.format(topic)))
    ]
    points = texts(short(said, 60), Part.POINT)
    assert points
    assert not any(asks(point) for point in points)


def test_a_scrap_is_no_point_of_a_long_thread() -> None:
    said = [
        (f"P{at % 5}", f"The export of invoice number {at} stops before the end of its page.")
        for at in range(20)
    ]
    scrap = ("Zoe", "Margins, totals, currencies!")
    assert scrap[1] in texts(short([*said[:10], scrap]))
    assert scrap[1] not in texts(short([*said, scrap]), Part.POINT)


def test_a_line_a_paragraph_and_everything() -> None:
    lengths = [sum(map(size, quoted(short(EXPORT, n)))) for n in (LINE, PARAGRAPH, FULL)]
    assert lengths == sorted(lengths)
    assert lengths[0] <= LINE < lengths[1] <= PARAGRAPH < lengths[2]


def test_one_sentence_stands_alone_when_none_is_short_enough() -> None:
    assert len(quoted(short(EXPORT, 3))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke. Then it worked! Why?", ["It broke.", "Then it worked!", "Why?"]),
        ("See e.g. the export, i.e. the sheet.", ["See e.g. the export, i.e. the sheet."]),
        ("Version 2.5 of Mr. Doe fails.", ["Version 2.5 of Mr. Doe fails."]),
        ("I waited... and waited. It came.", ["I waited... and waited.", "It came."]),
        ("导出太慢了。能加一个筛选吗？谢谢！", ["导出太慢了。", "能加一个筛选吗？", "谢谢！"]),
        ("التصدير بطيء جدا. هل يمكن إضافة مرشح؟", ["التصدير بطيء جدا.", "هل يمكن إضافة مرشح؟"]),
        ("निर्यात धीमा है। क्या फ़िल्टर होगा?", ["निर्यात धीमा है।", "क्या फ़िल्टर होगा?"]),
        ("- first one\n- second one", ["first one", "second one"]),
        ("No stop here\nAnd another line", ["No stop here", "And another line"]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


def test_a_line_broken_by_a_mail_program_goes_on() -> None:
    text = (
        "The export of the invoices that we run at the end of every\n"
        "month takes so long that the accountants leave for the\n"
        "weekend before it is done. That is a pity."
    )
    assert [" ".join(s.split()) for s in sentences(text)] == [
        " ".join(text.split())[:-16],
        "That is a pity.",
    ]


def test_an_endless_sentence_is_quoted_in_bearable_parts() -> None:
    text = "the export is slow and the sheet is long, " * 40
    assert all(size(sentence) <= 45 for sentence in sentences(text))


@pytest.mark.parametrize(
    ("text", "words"), [("one two three", 3), ("导出太慢了", 3), ("Экспорт счетов", 2), ("", 0)]
)
def test_two_characters_are_a_word_where_words_are_not_set_apart(text: str, words: int) -> None:
    assert size(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "导出发票太慢了，每次都要等一个小时。|我建议增加一个按项目导出的筛选。|我反对，筛选不能解决问题。",
        "請求書の出力が遅くて、一日かかります。|絞り込みを付けることを提案します。|それには反対です。",
        "การส่งออกใบแจ้งหนี้ช้ามาก|ควรมีตัวกรองสำหรับโครงการ|ตัวกรองไม่ช่วยเรื่องความเร็ว",
        "تصدير الفواتير بطيء كل شهر.|أقترح إضافة مرشح للمشاريع.|المرشح لا يحل مشكلة السرعة.",
        "हर महीने निर्यात धीमा है।|परियोजनाओं के लिए फ़िल्टर चाहिए।|फ़िल्टर से गति नहीं बढ़ेगी।",
        "Выгрузка счетов идёт очень долго.|Предлагаю добавить фильтр.|Не согласен, он не ускорит.",
        "청구서 내보내기가 매달 너무 느립니다.|프로젝트별 필터를 제안합니다.|필터는 느립니다.",
    ],
)
def test_any_script_is_summarised(text: str) -> None:
    said = list(zip(("Ada", "Ben", "Cleo"), text.split("|"), strict=True))
    assert sorted(quoted(short(said))) == sorted(text.split("|"))


@pytest.mark.parametrize(
    ("cue", "yes", "no"),
    [
        (asks, "Does it also work offline?", "Really?"),
        (proposes, "How about a dark theme for the board?", "The board has a dark theme."),
        (proposes, "Wir sollten einen Filter einbauen.", "Der Filter ist eingebaut."),
        (disagrees, "That won't work on phones.", "That works on phones."),
        (agrees, "Good point, the board is slow.", "I don't agree with the board."),
    ],
)
def test_cues_tell_what_a_sentence_does(cue: Callable[[str], bool], yes: str, no: str) -> None:
    assert cue(yes)
    assert not cue(no)


SMALL_TALK = """
Hi everyone, hope you are all well! · Same here · LGTM 👍 · Happy Friday everyone!
Hi Ben, how are you? · Hello all, good morning team · Thanks Ada, you rock! · Sorry, my bad
Have a great weekend everybody · Any update on this?
Vielen Dank für die schnelle Antwort! · Guten Morgen zusammen · Merci beaucoup pour votre aide
Muchas gracias por la ayuda · Buenos días a todos · Grazie mille per l'aiuto · Obrigado pela ajuda
Dank je wel voor de hulp · Goedemorgen allemaal · Tack så mycket · Hej alla · Tak for hjælpen
Tusen takk · Kiitos paljon · Dzięki za pomoc · Dzień dobry · Děkuji moc · Ευχαριστώ πολύ
Καλημέρα σε όλους · Доброе утро всем · Спасибо большое за помощь · Дякую за допомогу
Çok teşekkürler · Terima kasih banyak · Selamat pagi semua · Cảm ơn bạn rất nhiều
תודה רבה לכולם · شكرا جزيلا لكم · صباح الخير للجميع · बहुत बहुत धन्यवाद
どうもありがとうございます · 皆さん、おはようございます · 大家早上好 · 非常感谢你的帮助
고맙습니다 여러분 · 정말 감사합니다 · ขอบคุณมากครับ
"""


@pytest.mark.parametrize("text", [one for one in re.split("[·\n]", SMALL_TALK) if one.strip()])
def test_greetings_and_thanks_are_no_points_in_any_language(text: str) -> None:
    assert not says_something(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "Hi, the export is broken.",
        "Hello Ben, exports crash on save",
        "Danke, aber das klappt nicht",
        "Hope you add a filter to the export soon.",
        "Merci de rajouter un filtre pour les projets.",
        "Gracias, pero la exportación de facturas sigue fallando.",
        "Tak, przydałby się filtr w eksporcie.",
        "Hej, exporten slutar vid femhundra fakturor varje månad.",
        "Have a look at the export of the closed projects.",
        "Any update breaks the export of the invoices.",
        "感谢大家，我觉得导出发票的速度太慢了。",
        "ขอบคุณครับ แต่การส่งออกใบแจ้งหนี้ช้ามาก",
        "Any progress bar would be better than a frozen export.",
    ],
)
def test_what_begins_politely_may_say_something(text: str) -> None:
    assert says_something(text)


MACHINES = """
npm ERR! code ELIFECYCLE of the export
Nov  2 09:00:01 host exporter[123]: the export of invoices failed
[ERROR] 09:00:01 could not export the invoices
E1102 09:00:00.123456 1 exporter.go:12] failed to export the invoices
level=error msg="the export of the invoices failed" ts=2026
const invoices = await fetch(projects);
def export(invoices): return closed
async function exportAll(invoices) {
SELECT name, total FROM invoices WHERE closed = 0;
from invoices import export
import { invoices } from 'export'
git commit -m "export the invoices" && git push
pip install invoices
sudo apt-get install invoices
Sent from my iPhone
Gesendet von meinem iPhone
"""


@pytest.mark.parametrize("text", MACHINES.strip().split("\n"))
def test_logs_code_and_signatures_are_no_points(text: str) -> None:
    assert not any(map(says_something, sentences(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Let the export run at night, when nobody works.",
        "From the invoices I import only the closed ones.",
        "Select the closed projects from the list, then export.",
        "Git push fails for me when the export is running.",
        "pip install invoices fails on my machine since the update.",
        "Import of receipts should work as the export does.",
        "Class projects need an export as well.",
        "Sent from the export page, the invoices have no receipts.",
        "Error messages should say which invoice failed.",
        "Function keys should start the export.",
    ],
)
def test_prose_that_looks_like_it_is_a_point(text: str) -> None:
    assert any(map(says_something, sentences(text)))


def test_whoever_says_what_help_is_for_says_something() -> None:
    assert says_something("Could somebody help me export the invoices?")
    assert says_something("I have a question about the limit of the export.")
    assert says_something("Any ideas on how to export receipts would be great.")


def test_short_answers_with_content_say_something() -> None:
    assert says_something("No, it fails offline too.")
    assert says_something("Have a good dark mode.")
    assert not says_something("No way")


lines = st.sampled_from(
    [text for _, text in EXPORT]
    + [
        "> quoted words here",
        "```",
        "e.g. so.",
        "(no end",
        "谢谢。导出太慢了，请改进！",
        "...",
        "ok",
    ]
)
anything = st.one_of(st.text(max_size=300), st.lists(lines, max_size=6).map("\n".join))
threads = st.lists(st.tuples(st.sampled_from(["Ada", "Ben", "", "Zoë"]), anything), max_size=12)


@given(threads, st.integers(0, 300))
def test_every_quote_stands_so_in_its_message(said: list[Said], words: int) -> None:
    told = {message.ref: message for message in thread(said)}
    summary = summarize(THREAD, list(told.values()), words=words)
    for quote in summary.quotes if summary else ():
        message = told[quote.message]
        assert quote.text
        assert quote.text in message.text
        assert (quote.author, quote.permalink) == (message.author, message.permalink)


@given(threads, st.integers(0, 300))
def test_never_more_words_than_asked_but_for_a_single_quote(said: list[Said], words: int) -> None:
    summary = summarize(THREAD, thread(said), words=words)
    quotes = quoted(summary) if summary else []
    assert len(quotes) <= 1 or sum(len(quote.split()) for quote in quotes) <= words


@given(threads)
def test_the_same_thread_makes_the_same_summary(said: list[Said]) -> None:
    assert summarize(THREAD, thread(said)) == summarize(THREAD, thread(said))


@given(threads)
def test_a_marked_thread_makes_no_summary(said: list[Said]) -> None:
    assert (
        summarize(THREAD, thread([(name, f"{text} [NO-SUMMARY]") for name, text in said])) is None
    )


def test_the_order_of_sets_does_not_show() -> None:
    program = "from tests.bot.test_summarize import EXPORT, short; print(short(EXPORT, 40))"
    outputs = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    "scrap", [".", "!)", "?", "a", "a, ", "`", "> ", "\n-", "导出", "ok. ", "<a"]
)
def test_a_hostile_message_is_read_in_no_time(scrap: str) -> None:
    said = [*EXPORT, ("Eve", (scrap * 40_000)[:40_000])]
    start = perf_counter()
    short(said)
    assert perf_counter() - start < 5, "a pattern that goes back and forth would take minutes"


def test_a_thousand_messages_are_read_to_the_end() -> None:
    said = [(f"P{at % 9}", f"Case {at}: the export of our team broke.") for at in range(1000)]
    summary = short(said, FULL)
    assert (summary.messages, summary.people) == (1000, 9)
    assert max(int(quote.message.message) for quote in summary.quotes) > 900
