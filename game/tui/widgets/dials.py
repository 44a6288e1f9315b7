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
GAP = "  "


def rung(reading: view.Reading) -> str:
    """The name of the ladder's rung.

    >>> reading = view.Reading("escalation", "Escalation", "points", "61", "steady", "", 0.61, "", "exact")
    >>> rung(reading)
    'siege'
    """
    return next((name for most, name in view.RUNGS if reading.level * 100 <= most), view.RUNGS[-1][1])


def values(reading: view.Reading) -> list[str]:
    """How a dial's value may be written, the fullest first."""
    text, short = reading.text, reading.text.replace(" days", " d")
    if reading.name == "escalation":
        return [f"{text} {rung(reading)}", text]
    if reading.name == "attacks":
        return [f"{text} a month", f"{text}/mo", text]
    if reading.unit == "days":
        return [f"{text} left", text, short]
    if reading.unit.startswith("%"):
        return [text + reading.unit[1:], text]
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


def cell(reading: view.Reading, width: int, label: int = 0) -> str:
    """A dial in so many cells, its value after `label` cells if there is room: the fullest writing that fits.

    >>> cell(view.Reading("attacks", "Attacks", "per 30 days", "21", "+2.5", "▲", 0.1, "", "exact"), 23, 8)
    'Attacks  21/mo     ▲2.5'
    """
    name, change = short(reading), moved(reading)
    room = width - cell_len(change)
    texts = [f"{name:<{label}} {value}" for value in values(reading)] + [f"{name} {values(reading)[-1]}"]
    text = next((text for text in texts if cell_len(text) < room), texts[-1])
    return text + " " * (width - cell_len(text) - cell_len(change)) + change


def short(reading: view.Reading) -> str:
    """A dial's name in the strip, where its column's head says whose it is."""
    return SHORT.get(reading.name, reading.label)


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
    side = min((width - 2 * len(GAP)) // 3, max(23, (width - 32) // 2)) if width >= 70 else (width - 2 * len(GAP)) // 3
    widths = (side, width - 2 * len(GAP) - 2 * side, side)
    trust_w, _, mood_w = screen.washington.partition("; ")
    trust_t, _, mood_t = screen.tehran.partition("; ")
    yield _heads((trust_w, "▲▼ since last turn", trust_t), widths)
    named = {dial.name: dial for dial in screen.dials}
    labels = [max((len(short(named[name])) for name in column if name in named), default=0) for column in COLUMNS]
    for row in zip(*COLUMNS, strict=True):
        cells = [_gauge(named, *each) for each in zip(row, widths, labels, strict=True)]
        yield Content(GAP).join(cells)
    yield _moods(mood_w, mood_t, width, widths[2])


def _heads(notes: tuple[str, str, str], widths: tuple[int, int, int]) -> Content:
    """Whose dials stand below, with the trust of each capital, written alike for both."""
    names = ("WASHINGTON", "IRAQ", "TEHRAN")
    for word in ("trusts you ", "trust ", ""):
        found = (notes[0].replace("trusts you ", word), notes[1], notes[2].replace("trusts you ", word))
        if all(cell_len(f"{names[i]} {found[i]}") <= widths[i] for i in (0, 2)):
            break
    return Content(GAP).join([_head(*each) for each in zip(names, found, widths, strict=True)])


def _head(name: str, note: str, width: int) -> Content:
    note = note if cell_len(f"{name} {note}") <= width else ""
    text = Content.assemble((name, "bold $text-accent"), " ", (note, "$foreground-muted"))
    return text + " " * (width - text.cell_length)


def _gauge(named: Mapping[str, view.Reading], name: str, width: int, label: int) -> Content:
    if name not in named:
        return Content(" " * width)
    reading = named[name]
    content = Content(cell(reading, width, label))
    content = content.stylize("bold", len(content.plain) - len(moved(reading)))
    full = round(min(1.0, max(0.0, reading.level)) * width)
    content = content.stylize("on $trough")
    return content.stylize(GAUGE, 0, full) if full else content


def _moods(washington: str, tehran: str, width: int, last: int) -> Content:
    """What each capital is doing, Washington's under its column, Tehran's under its own if there is room."""
    gap = max(1, width - max(last, cell_len(tehran)) - cell_len(washington))
    return Content.styled(washington + " " * gap + tehran, "italic")
