"""The sample community: people who use Inkwell, a writing app that does not exist."""

from dataclasses import dataclass

from adapters.playground.rows import Person

TOPICS = {
    "general": "Everything Inkwell: questions, tricks, what you are writing",
    "ideas": "What should Inkwell do next? /suggest an idea, vote for others",
    "product-inbox": "Ideas that reached the product team. Only the team sees this",
}

CAST = (
    Person("ana", "Ana", "#b83280"),
    Person("ben", "Ben", "#2b6cb0"),
    Person("chloe", "Chloé", "#2f855a"),
    Person("dmitri", "Dmitri", "#c05621"),
    Person("mo", "Mo", "#6b46c1"),
    Person("pia", "Pia", "#0e7490"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A message; `under` is the text of the message that began the thread."""

    person: str
    channel: str
    minutes_ago: int
    text: str
    under: str = ""
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody suggests, by the names of the form's fields."""

    person: str
    title: str
    body: str
    job: str
    obstacle: str
    area: str


@dataclass(frozen=True, slots=True)
class Vote:
    """Somebody presses the vote button on the card with this title."""

    person: str
    title: str


_TRAIN = (
    "Lost half a chapter on the train this morning. No signal between Basel and Olten, I kept "
    "typing, and when the connection came back the app loaded the version from before I left."
)

TALK = (
    Said("mo", "general", 300, "Morning all! Ben, did the novel survive the weekend?"),
    Said(
        "ben",
        "general",
        296,
        "Barely. 4,100 words, two of them good 😄",
        reactions=(("🎉", ("mo", "chloe")), ("💚", ("ana",))),
    ),
    Said("dmitri", "general", 214, _TRAIN, reactions=(("🙏", ("ana",)),)),
    Said("ana", "general", 211, "Oh no. Same thing in the tunnel, twice last month.", _TRAIN),
    Said("ben", "general", 207, "Did it keep a copy anywhere, or is it simply gone?", _TRAIN),
    Said(
        "dmitri",
        "general",
        204,
        "Gone. I write in a notes app until I am home now, then paste. It loses all my italics.",
        _TRAIN,
    ),
    Said(
        "chloe",
        "general",
        198,
        "I photograph the screen before tunnels. Not proud of it, but I have never lost a page.",
        _TRAIN,
    ),
    Said("mo", "general", 195, "Ouch. This one should not get lost as well 🤔", _TRAIN),
    Said(
        "chloe", "general", 120, "Anybody else drafting essays in Inkwell, or all novelists here?"
    ),
    Said(
        "ana",
        "general",
        117,
        "Grant applications, so: fiction.",
        reactions=(("😄", ("ben", "mo")),),
    ),
    Said("pia", "ideas", 90, "We read every idea here, and we answer, also when it is a no."),
    Said("chloe", "ideas", 84, "That is new. I like it."),
)

IDEAS = (
    Idea(
        "chloe",
        "Dark mode that follows sunset",
        "Switch the page to a dark theme in the evening and back in the morning, by itself.",
        "Write late at night next to somebody who sleeps.",
        "I turn the brightness down until I cannot read my own footnotes.",
        "Editor",
    ),
    Idea(
        "ana",
        "Export a chapter as an accessible PDF",
        "Headings, alt texts and reading order should survive the export.",
        "Hand in applications that a screen reader can read.",
        "I rebuild every document in another program before I send it.",
        "Integrations",
    ),
    Idea(
        "ben",
        "Daily word goal on the lock screen",
        "A small widget with today's count and the streak.",
        "Keep a habit going without opening the laptop.",
        "I only notice in the evening that I wrote nothing.",
        "Mobile",
    ),
    Idea(
        "dmitri",
        "Pause a subscription between two books",
        "Freeze the account for some months and keep everything readable.",
        "Pay while I write, not while I wait for my editor.",
        "I cancel and come back, and each time my folders are archived.",
        "Billing",
    ),
    Idea(
        "ana",
        "Footnotes that stay with their paragraph",
        "When I move a paragraph, its notes should move along and be numbered again.",
        "Restructure long texts without fear.",
        "After each move I check forty notes by hand.",
        "Editor",
    ),
)

VOTES = (
    Vote("ben", "Dark mode that follows sunset"),
    Vote("dmitri", "Dark mode that follows sunset"),
    Vote("mo", "Dark mode that follows sunset"),
    Vote("chloe", "Footnotes that stay with their paragraph"),
    Vote("dmitri", "Footnotes that stay with their paragraph"),
    Vote("chloe", "Daily word goal on the lock screen"),
    Vote("ben", "Export a chapter as an accessible PDF"),
)
