"""Which sentences say something: no greetings, thanks, one-word replies, names or addresses."""

import re

from bot.reading.summarize.prose import URL
from bot.reading.summarize.sentences import size, unspaced, without_marks
from bot.reading.summarize.terms import terms_of

_WORD = re.compile(r"[^\W\d_]{2,}")
_TOKEN = re.compile(r"[^\W_][\w'’-]*")
_NAMED = re.compile(r"<?[@#][\w.!&-]+>?|:\w+:|<[@#!:][^>]*>")
_MARKUP = re.compile("[@#:]|www")
_GREETING = re.compile(
    r"(?:[\w.-]+[,:] )?(?:hi|hello|hey|hiya|howdy|dear|greetings|good (?:morning|evening|day|night"
    r"|afternoon)|welcome|thanks|thank you|thx|ty|cheers|(?:kind|best|warm) (?:regards|wishes)"
    r"|regards|sincerely|yours|bye|see you|take care|good luck|congratulations|congrats|sorry"
    r"|apologies|no problem|never ?mind|you(?:'re| are) welcome|my pleasure|bump|brb"
    r"|happy \w+day|have a (?:great|good|nice|lovely)(?: \w*day| one| week| weekend| evening| time)"
    r"|hola|(?:muchas )?gracias|saludos|buen[oa]s (?:días|tardes|noches)|merci(?! de\b)|bonjour"
    r"|salut|danke|vielen dank|hallo|guten|grüße|viele grüße|ciao|buon(?:giorno|asera|anotte)"
    r"|grazie|(?:muito )?obrigad[oa]|olá|bo[am] (?:dia|tarde|noite)"
    r"|bedankt|dank (?:je|u)|goede(?:morgen|middag|navond|ndag)|tack så|hej|hei|mange tak|tak for"
    r"|(?:tusen )?takk|kiitos|dzięk\w+|cześć|dzień dobry|děkuj\w+|díky|dobrý den|ahoj"
    r"|ευχαριστώ|καλημέρα|καλησπέρα|γεια|спасибо|привет|здравствуйте"
    r"|добр(?:ое утро|ый день|ый вечер)|дякую|привіт"
    r"|(?:çok )?teşekkür\w*|merhaba|günaydın|cảm ơn|xin chào|terima kasih|selamat|halo"
    r"|شكرا|مرحبا|صباح|مساء|السلام|תודה|שלום|בוקר|(?:बहुत )*धन्यवाद|नमस्ते|(?:정말 )?감사합니다"
    r"|고맙습니다|안녕하세요)(?!\w)",
    re.IGNORECASE,
)
_AFTER_GREETING = re.compile(r"^[^,!.;]*[,!.;]+\s*")
_REPLY = re.compile(
    r"(?:[\w.-]+[,:] )?(?:lol|haha\w*|heh|ok|okay|yes|yeah|yep|yup|no|nope|nah|sure|right|cool|nice"
    r"|great|awesome|perfect|excellent|wow|oh|ah|ugh|argh|mh+|um+|hmm+|indeed|done|wait|me too"
    r"|got it|i see|exactly|agreed|makes sense|fair enough|good (?:point|question|idea)|sounds good"
    r"|that works|same(?: here)?|lgtm|sgtm|ditto|ja|nein|genau|sí|claro|oui"
    r"|non|sim|да|нет|네)(?!\w)|[+-]1(?!\d)",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?:any|all|your) (?:help|advice|comments?|ideas?|suggestions?|thoughts)\b.{0,40}"
    r"\b(?:appreciated|welcome)|(?:thanks?|thank you)\b[\w ,]*"
    r" (?:in advance|for (?:your|the|this|that|\w+ing)|so much|a lot|very much|again)\b"
    r"|hope (?:this|that|it) helps"
    r"|hope (?:you|everyone|everybody|all)\b[\w ,']* (?:well|fine|safe)\b"
    r"|^(?:vielen dank|danke|merci(?: beaucoup)?|(?:muchas )?gracias|(?:muito )?obrigad[oa]|grazie"
    r"(?: mille)?|bedankt|dank (?:je|u)(?: wel)?|tack|tak|takk|dzięki|спасибо(?: большое)?|дякую)"
    r" (?:für|pour|por|pela|pelo|per|voor|för|for|za|за)\b[^,;:]*$"
    r"|looking forward to (?:your|hearing)"
    r"|let me know if|(?:sorry|apologi[sz]e) for (?:the|my|any)\b",
    re.IGNORECASE,
)
_ASKING_TO_ASK = re.compile(
    r"(?:[\w.-]+[,:] )?(?:(?:hi|hello|hey|please|ok|so|well)\W+)*"
    r"(?:(?:can|could|would|will|if) (?:some|any)(?:one|body)\b.{0,20}\bhelp(?: me| us)?(?: out)?"
    r"(?: with (?:\w+ )?(?:problem|issue|question|thing))?"
    r"|i (?:\w+ )?(?:needs?|want) (?:\w+ )?help"
    r"|i(?: have|'ve)(?: got)? (?:a|an|another|one) (?:\w+ )?(?:question|problem|issue)"
    r"|(?:just |go ahead and )?ask (?:your|the|a|away)(?: question)?"
    r"|any(?:one|body)? (?:ideas?|thoughts|suggestions?|clues?|luck|takers)"
    r"|any (?:news|updates?|progress)(?: (?:on|about) (?:this|that|it))?)\W*$",
    re.IGNORECASE,
)
"""Of no use without the question that follows."""
_UNSPACED_TALK = re.compile(
    "(?:(?:皆さん|みなさん|どうも|本当に|大変|大家|各位|非常|十分|多谢)[、，]?)?"
    "(?:ありがとう|おはよう|こんにちは|こんばんは|お疲れ|よろしく|了解|はい|谢谢|謝謝|感谢|感謝|你好|您好|大家好|好的"
    "|早上好|早安|下午好|晚上好|ขอบคุณ|สวัสดี)[^、，。 ]*$"
)
_THANKS = re.compile(
    r"(?<!\w)(?:thanks|thank you|thx|ty|cheers|(?:that|it|this) (?:works|worked|helps|helped"
    r"|did it)"
    r"|merci|danke|gracias|obrigad[oa]|grazie|спасибо)(?!\w)|ありがとう|谢谢|謝謝|감사합니다",
    re.IGNORECASE,
)
_SOON = 100
"""Characters."""
_GREETING_WORDS, _REPLY_WORDS, _FAREWELL_WORDS = 5, 3, 14
_LEAST_MORE = 3
"""Words after a greeting that may be a point."""
_UNSPACED_LEAST, _UNSPACED_TALK_MOST = 4, 16


def says_something(sentence: str) -> bool:
    """Whether it could be a point: two words at least, mostly letters, and no small talk."""
    plain = sentence
    if _MARKUP.search(sentence):
        plain = _NAMED.sub(" ", URL.sub(" ", sentence)).strip()
    if (packed := unspaced(plain)) >= _UNSPACED_LEAST:
        return packed > _UNSPACED_TALK_MOST or not _UNSPACED_TALK.match(plain)
    bare = without_marks(plain)
    words = _WORD.findall(bare)
    if len(words) < 2 or 2 * sum(map(len, words)) < len(bare) - bare.count(" "):
        return False
    return not is_small_talk(plain) and not _is_heading(plain)


def is_small_talk(sentence: str) -> bool:
    """Greetings, thanks, farewells, asking to ask, and short words of yes and no."""
    words = size(sentence)
    return (
        (words <= _GREETING_WORDS and _only_greets(sentence))
        or (words <= _REPLY_WORDS and _REPLY.match(sentence) is not None)
        or (words <= _FAREWELL_WORDS and _FAREWELL.search(sentence) is not None)
        or (words <= _FAREWELL_WORDS and _ASKING_TO_ASK.match(sentence) is not None)
    )


def _only_greets(sentence: str) -> bool:
    """Whether nothing of its own comes after the greeting."""
    if not _GREETING.match(sentence):
        return False
    rest = _AFTER_GREETING.sub("", sentence, count=1)
    more = size(rest) >= _LEAST_MORE and len(terms_of(rest)) > 1
    return rest == sentence or not more or is_small_talk(rest)


def thanks(message: str) -> bool:
    """Whether it begins with thanks, or soon says that it works: what was asked is settled."""
    return _THANKS.search(message, 0, _SOON) is not None


def _is_heading(sentence: str) -> bool:
    """A title, a name, a postal address: capitals throughout, and no full stop."""
    if sentence[-1] in ".!?":
        return False
    words = _TOKEN.findall(sentence)
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return bool(0 < 7 * len(words) <= 10 * capitals)
