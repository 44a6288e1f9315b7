"""The nine dials in three columns under the two capitals and Iraq, each a cell whose background is its gauge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from game import view

COLUMNS = (
    ("washington_pressure", "waiver_days", "dollar_flow"),
    ("electricity", "unrest", "escalation"),
    ("tehran_pressure", "militia_autonomy", "attacks"),
)
SHORT = {
    "washington_pressure": "Pressure",
    "tehran_pressure": "Pressure",
    "militia_autonomy": "Own will",
    "unrest": "Street",
}
GAUGE = "on $gauge"
LABEL = 9


def rung(reading: view.Reading) -> str:
    """The name of the ladder's rung.

    >>> reading = view.Reading("escalation", "Escalation", "points", "61", "steady", "", 0.61, "", "exact")
    >>> rung(reading)
    'siege'
    """
    return next((name for most, name in view.RUNGS if reading.level * 100 <= most), view.RUNGS[-1][1])


def values(reading: view.Reading) -> list[str]:
    """How a dial's value may be written, the fullest first."""
    text, short = reading.text, reading.text.replace(" days", " d").replace(" %", "%")
    if reading.name == "escalation":
        return [f"{text} {rung(reading)}", text]
    if reading.name == "attacks":
        return [f"{text} a month", f"{text}/mo", text]
    if reading.unit == "days":
        return [f"{text} left", text, short]
    if reading.unit.startswith("%"):
        return [text + reading.unit[1:], text, short]
    return [f"{text} of 100", text] if reading.seen == "exact" else [text]


def moved(reading: view.Reading) -> str:
    """The change as an arrow and a figure; nothing for what is steady.

    >>> moved(view.Reading("dinar", "The dinar", "points", "61", "-12.6", "▼", 0.61, "", "exact"))
    '▼13'
    """
    if not reading.arrow:
        return ""
    figure = reading.change.lstrip("+-")
    if not figure[:1].isdigit():
        return reading.arrow
    return reading.arrow + (f"{float(figure):.0f}" if float(figure) >= 10 else figure)


def cell(reading: view.Reading, width: int) -> str:
    """A dial in so many cells: the fullest writing that fits."""
    label, change = SHORT.get(reading.name, reading.label), moved(reading)
    room = width - cell_len(change) - 1
    texts = [f"{label:<{LABEL}} {value}" for value in values(reading)]
    texts += [f"{label} {value}" for value in values(reading)]
    text = next((text for text in texts if cell_len(text) <= room), texts[-1])
    return text + " " * max(1, width - cell_len(text) - cell_len(change)) + change


class Dials(Widget):
    """Five rows: who, three dials each, and what the capitals are doing."""

    DEFAULT_CSS = "Dials { height: 5; width: 1fr; padding: 0 1; }"

    def __init__(self, screen: view.Screen | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown = screen

    def show(self, screen: view.Screen) -> None:
        """Show another turn."""
        self.shown = screen
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Always five."""
        return 5

    def render(self) -> Content:
        """The strip."""
        if self.shown is None:
            return Content("")
        return Content("\n").join(strip_rows(self.shown, self.content_size.width))


def strip_rows(screen: view.Screen, width: int) -> Iterator[Content]:
    """The five rows of the strip in so many cells."""
    third = (width - 2) // 3
    widths = (third, width - 2 - 2 * third, third)
    trust_w, _, mood_w = screen.washington.partition("; ")
    trust_t, _, mood_t = screen.tehran.partition("; ")
    heads = (("WASHINGTON", trust_w), ("IRAQ", "this turn ▲▼ last turn"), ("TEHRAN", trust_t))
    heads = (heads[0], ("IRAQ", ""), heads[2])
    yield Content(" ").join([_head(name, note, size) for (name, note), size in zip(heads, widths, strict=True)])
    named = {dial.name: dial for dial in screen.dials}
    for row in zip(*COLUMNS, strict=True):
        yield Content(" ").join([_gauge(named, name, size) for name, size in zip(row, widths, strict=True)])
    yield _moods(mood_w, mood_t, width, widths[2])


def _head(name: str, note: str, width: int) -> Content:
    room = width - cell_len(name) - 1
    note = next((text for text in (note, note.replace("trusts you", "trust")) if cell_len(text) <= room), "")
    text = Content.assemble((name, "bold $text-accent"), " ", (note, "$text-muted"))
    return text + " " * (width - text.cell_length)


def _gauge(named: Mapping[str, view.Reading], name: str, width: int) -> Content:
    if name not in named:
        return Content(" " * width)
    reading = named[name]
    content = Content(cell(reading, width))
    change = len(content.plain) - len(moved(reading))
    content = content.stylize("bold", change)
    full = round(min(1.0, max(0.0, reading.level)) * width)
    return content.stylize("on $trough").stylize(GAUGE, 0, full) if full else content.stylize("on $trough")


def _moods(washington: str, tehran: str, width: int, last: int) -> Content:
    """What each capital is doing, Washington's under its column, Tehran's under its own if there is room."""
    gap = max(1, width - max(last, cell_len(tehran)) - cell_len(washington))
    return Content.styled(washington + " " * gap + tehran, "italic")
