"""The port `Store`: one class, composed of a part for each family of tables."""

from storage.assistant import Assistants
from storage.audit import Audit
from storage.decisions import Decisions
from storage.digests import Digests
from storage.drafts import Drafts
from storage.erase import Erasure
from storage.figures import Figuring
from storage.finding import Finding
from storage.ideas import Ideas
from storage.marks import Escalations, Marks
from storage.outgoing import Outgoings
from storage.people import People
from storage.questions import Questions
from storage.sections import Sections
from storage.shelves import Shelves
from storage.sources import Sources
from storage.summaries import Summaries
from storage.threads import Threads


class SqlStore(
    Audit,
    People,
    Ideas,
    Shelves,
    Finding,
    Sources,
    Marks,
    Escalations,
    Decisions,
    Questions,
    Drafts,
    Threads,
    Summaries,
    Assistants,
    Sections,
    Figuring,
    Digests,
    Erasure,
    Outgoings,
):
    """One transaction's view of the database."""
