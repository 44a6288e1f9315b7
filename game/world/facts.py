"""Facts with their sources: what a document says, in our own words, and who says so."""

from __future__ import annotations

from attrs import field, frozen

KINDS = ("event", "figure", "relation", "claim", "prediction", "opinion")
FORMS = ("wire analysis", "opinion", "feature", "analysis", "summary")
SURE = ("reported", "attributed", "hedged")
BASES = ("stated", "inferred")
DISPUTES = ("number", "label", "cause", "judgement", "over-time", "itself")


@frozen
class Fact:
    """One fact of one paragraph, in our own words.

    `key` reads document-p<paragraph>-<slug>; `kind` is one of KINDS, `sure` one of SURE, `when_basis` one of BASES.
    """

    key: str
    paragraph: int
    kind: str
    who: str
    when: str
    when_basis: str
    sure: str
    text: str
    repair: str = ""

    @property
    def document(self) -> str:
        """The document's id.

        >>> Fact("004-p2-waivers", 2, "relation", "", "", "inferred", "reported", "").document
        '004'
        """
        return self.key.split("-")[0]

    @property
    def place(self) -> str:
        """Document and paragraph, as a reader cites it.

        >>> Fact("004-p2-waivers", 2, "relation", "", "", "inferred", "reported", "").place
        '004 p2'
        """
        return f"{self.document} p{self.paragraph}"


@frozen
class Empty:
    """A paragraph that holds no fact, and why."""

    paragraph: int
    why: str


@frozen
class Sheet:
    """One document: what it is, when it was written and from where it looks, with its facts."""

    id: str
    title: str
    form: str
    date: str
    date_basis: str
    date_note: str
    translated: bool
    viewpoint: str
    missing_voices: str
    reliability: str
    paragraphs: int
    sha256: str
    facts: tuple[Fact, ...] = field(repr=False)
    empty: tuple[Empty, ...] = ()


@frozen
class Side:
    """What one side of a disagreement says, and the facts that say it."""

    says: str
    facts: tuple[str, ...]


@frozen
class Disagreement:
    """Where documents contradict each other or themselves: a question and what each side answers.

    `kind` is one of DISPUTES; `real` is false where it only looks like a contradiction, and `resolution` then says why.
    """

    key: str
    kind: str
    question: str
    stakes: str
    real: bool
    sides: tuple[Side, ...]
    resolution: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The keys of all its facts, side by side.

        >>> Disagreement("a", "number", "?", "", True, (Side("2", ("x", "y")), Side("3", ("z",)))).facts
        ('x', 'y', 'z')
        """
        return tuple(key for side in self.sides for key in side.facts)
