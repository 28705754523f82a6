"""What a sentence does, as far as its words tell: asks, proposes, agrees, disagrees.

English above all, and the commonest turns of some other languages.
"""

import re

from bot.reading.summarize.sentences import size

_QUESTION = re.compile(r"[?？؟][\"'”’»)\]*_ !?]*(?:[:;]-?[)(PD])?$")
_TAG_QUESTION = re.compile(
    r"\b(?:right|ok|okay|no|yes|huh|eh|agreed?|really|why|what|anyone|isn'?t it|you know)\W*$",
    re.IGNORECASE,
)
_LEAST_ASKED = 4


_LEANING = re.compile(
    r"(?:\W|\w+[:,] )*(?:and|but|so|because|or|then|which|who|that|this|these|those|it|they|he|she"
    r"|them|such|therefore|however|hence|also|otherwise|not to mention|same)(?:['’]\w+)?\b",
    re.IGNORECASE,
)


def _turns(*spaced: str, unspaced: str) -> re.Pattern[str]:
    """Any of the turns as whole words; those of scripts without spaces anywhere."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)|{unspaced}", re.IGNORECASE)


_PROPOSAL = _turns(
    r"(?:i|we|i'd|i would|let me)(?: \w+)? (?:suggest|propose|recommend|vote for)",
    r"(?:my|a|one|another) (?:\w+ )?(?:suggestion|proposal|idea) (?:is|would be|to)",
    r"how about|what about|why not|why don'?t (?:we|you)|feature request|i wish",
    r"let'?s (?!see|say|face|hope|assume|not)\w+",
    r"(?:we|they|there|it|one|you) (?:\w+ )?(?:should|could|might|ought to) (?:\w+ )?(?:add"
    r"|allow|be"
    r"|change|consider|create|define|drop|give|have|include|introduce|just|keep|let|make|offer"
    r"|provide"
    r"|remove|rename|require|show|split|start|stop|support|switch|try|use|write)",
    r"(?:would|might|could) be (?:\w+ )?(?:good|nice|great|useful|helpful|better|best|handy|worth"
    r"|easier|enough)",
    r"(?:i'?d|i would|we'?d|we would) (?:\w+ )?(?:like|love|prefer) (?:to (?:see|have)|an?|the|if)",
    r"please (?:add|allow|make|support|provide|consider|let)",
    r"(?:should|could) (?:\w+ )?be (?:able|possible|allowed|added|changed|removed|made|extended)",
    r"ich schlage|wir (?:sollten|könnten)|wie wäre|wäre (?:es )?(?:gut|schön|toll|hilfreich|super)",
    r"je propose|on (?:devrait|pourrait)|nous (?:devrions|pourrions)|il faudrait|ce serait",
    r"propongo|sugiero|deberíamos|podríamos|sería (?:bueno|útil|mejor)",
    r"sugiro|proponho|deveríamos|poderíamos|seria (?:bom|útil|melhor)",
    r"предлагаю|давайте|было бы",
    unspaced="建议|建議|希望能|提案|してほしい|べきだ|べきです|たらどう|제안|했으면",
)
_DISAGREEMENT = _turns(
    r"disagree|(?:don'?t|can'?t|cannot|not|wouldn'?t|never) (?:\w+ )?agree|beg to differ",
    r"i (?:really |also )?(?:do not|don'?t) (?:\w+ )?(?:think|believe|like|see (?:why|how"
    r"|the point))",
    r"not (?:\w+ )?(?:convinced|in favou?r|a (?:\w+ )?(?:good|great) idea|a fan)|bad idea",
    r"i(?:'m| am) (?:\w+ )?(?:against|opposed)|i (?:\w+ )?(?:object|oppose|doubt)|rather not",
    r"(?:that|this|it)(?:'s| is) (?:simply |just )?(?:not (?:true|right|correct|so|the case)|wrong"
    r"|false|incorrect)|you(?:'re| are) (?:wrong|mistaken)|on the contrary",
    r"(?:that|this) (?:won'?t|wouldn'?t|will not|would not) (?:work|help|be)",
    r"makes no sense|doesn'?t make sense|my objection|(?:have|has) (?:\w+ )?(?:concerns|doubts)",
    r"nicht einverstanden|bin dagegen|sehe (?:ich|das) anders|finde ich nicht|pas d'accord",
    r"no estoy de acuerdo|não concordo|discordo|не соглас\w+|-1",
    unspaced="不同意|反对|反對|反対|동의하지",
)
_AGREEMENT = _turns(
    r"agreed?|seconded|i second|same here|i think so too|in favou?r|einverstanden|bin dafür",
    r"good (?:point|call|suggestion)|(?:good|great) idea|makes (?:\w+ )?sense|sounds (?:good"
    r"|great)",
    r"you(?:'re| are) (?:\w+ )?right|\w+ is right|(?:that|this)(?:'s| is) (?:\w+ )?(?:right"
    r"|true|a good)",
    r"i (?:\w+ )?(?:like|support|love) (?:that|this|the|your) (?:\w+ )?(?:idea|proposal"
    r"|suggestion)",
    r"(?:i'?m|i am|is|be) (?:\w+ )?fine with|fine (?:by|for|with) me|works for me|looks good"
    r"|raised? an? (?:\w+ )?point",
    r"stimme (?:\w+ )?zu|d'accord|de acuerdo|concordo|согласен|согласна|\+1",
    unspaced="同意|赞成|贊成|賛成|동의",
)


def asks(sentence: str) -> bool:
    """A question that somebody could answer."""
    if not _QUESTION.search(sentence) or size(sentence) < _LEAST_ASKED:
        return False
    return not _TAG_QUESTION.search(sentence)


def leans(sentence: str) -> bool:
    """Begins with a word for something said before, so it does not stand well alone."""
    return _LEANING.match(sentence) is not None


def proposes(sentence: str) -> bool:
    """Says what could be done."""
    return _PROPOSAL.search(sentence) is not None


def disagrees(sentence: str) -> bool:
    """Speaks against something."""
    return _DISAGREEMENT.search(sentence) is not None


def agrees(sentence: str) -> bool:
    """Speaks for something; a sentence that also speaks against it does not."""
    return _AGREEMENT.search(sentence) is not None and not disagrees(sentence)
