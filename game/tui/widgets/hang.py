"""A paragraph with a gutter: a bullet, a number or a name stands left and the text hangs beside it."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


class Hang(Widget):
    """A gutter and a body that wraps beside it; the text is never read as markup."""

    DEFAULT_CSS = "Hang { height: auto; width: 1fr; }"

    def __init__(self, lead: Content, body: Content, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.lead, self.body = lead, body

    def show(self, lead: Content, body: Content) -> None:
        """Replace both."""
        self.lead, self.body = lead, body
        self.refresh(layout=True)

    def text(self) -> str:
        """What it says, as plain text."""
        return f"{self.lead.plain}{self.body.plain}".strip()

    def rows(self, width: int) -> list[Content]:
        """The body in lines that fit beside the gutter."""
        return self.body.wrap(max(8, width - self.lead.cell_length))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the body wraps to."""
        return max(1, len(self.rows(width)))

    def render(self) -> Content:
        """The body with its gutter before the first line and blanks before the others."""
        return Content("\n").join(hung(self.lead, self.rows(self.content_size.width)))


def hung(lead: Content, rows: list[Content]) -> list[Content]:
    """A gutter before the first line and blanks before the others."""
    first, *rest = rows or [Content("")]
    blank = Content(" " * lead.cell_length)
    return [lead + first, *(blank + row for row in rest)]


class Hangs(Hang):
    """Many such paragraphs as one widget: a page of them shows at once."""

    def __init__(self, pairs: list[tuple[Content, Content]]) -> None:
        super().__init__(Content(""), Content(""))
        self.pairs = pairs

    def text(self) -> str:
        """What they say, a line each."""
        return "\n".join(f"{lead.plain}{body.plain}".strip() for lead, body in self.pairs)

    def rows(self, width: int) -> list[Content]:
        """All paragraphs in lines, gutters included."""
        return [row for lead, body in self.pairs for row in hung(lead, body.wrap(max(8, width - lead.cell_length)))]
