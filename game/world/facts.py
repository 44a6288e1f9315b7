"""Facts with their sources: what a document says, in our own words, and who says so."""

from __future__ import annotations

from attrs import field, frozen

KINDS = ("event", "figure", "relation", "claim", "prediction", "opinion")
FORMS = ("wire analysis", "opinion", "feature", "analysis", "summary")
SURE = ("reported", "attributed", "hedged")
BASES = ("stated", "inferred")


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
