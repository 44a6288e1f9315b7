"""Plain mode: the game line by line, for a screen reader, a braille line, a pipe or a plain terminal.

It only ever adds lines, asks one question a turn, and takes the answer on one line: `2 1 4` is option 2 with the
initiatives 1 and 4. Everything that the screen holds can be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import define, field

from game import printing, printing_cabinet, printing_debrief, printing_room, view
from game.plain_debrief import Debriefing
from game.play.sitting import Sitting
from game.view import Reading, Screen
from game.world.problems import IllegalOrder, nearest

Read = Callable[[], str]
"""Gives the next line with its line ending, or "" at the end of input, as `sys.stdin.readline` does."""
Write = Callable[[str], object]

HELP = (
    "Answer with the number of an option; the numbers of initiatives may follow on the same line.",
    "For example 2 decides option 2; 2 1 4 decides option 2 and begins the initiatives 1 and 4.",
    "The names of options and initiatives are accepted too.",
    "look: say everything again.",
    "dials: the nine dials.",
    "variables: everything that is measured, with what it is.",
    "why NAME: why it moved last turn; why NAME 3: why it moved on turn 3.",
    "forecast: what the cabinet expects of each option two turns ahead, and what the advisers say;"
    " forecast 1 4 with the initiatives 1 and 4 begun.",
    "advice: only what the four advisers say.",
    "sources: what the card on the desk rests on.",
    "read: the documents; read 004: one of them; read 004 7: its paragraph 7; read 004-p2-waivers: one fact.",
    "disagreements: where the documents contradict each other; disagreements help-or-whip: one of them.",
    "timeline: what the documents tell, in the order of time; timeline 2019: one year.",
    "find WORDS: the facts and disagreements that hold these words.",
    "agenda: what is on offer and what is running.",
    "pending: what will come due.",
    "report: the last report again; log 5: the last five.",
    "expect attacks 70: write down a prediction, here that attacks will be higher two turns on, 70 in 100.",
    "expect: what can be predicted and what is written down; it can follow an order too: 2 1 4 expect attacks up.",
    "undo: take the last turn back.",
    "quit: leave; the game is saved after every turn.",
    "After the end:",
    "expect: what you predicted, what came, how good a judge you were, and the advisers' record.",
    "turning: the decisions that turned the game and the advisers' record.",
    "whatif: the turns; whatif 4: the options of turn 4; whatif 4 2: option 2 there, under the same and other lucks.",
    "others: who misread the run how often; others washington: the run as Washington saw it.",
    "contest: the model's assumptions; contest waiver: those with a word; contest 5: one of them.",
    "contest 5 40: your own game again with assumption 5 at 40; contest 2 other: with the other side of a coin.",
)
FURTHER = (
    "Ask further: turning, what turned the game; whatif, another choice; others, how they saw it; contest, the model's"
    " assumptions; expect, your predictions scored.",
)
AGAIN = "What else? Say ? for help; Enter leaves."
SHORT = {
    "?": "help",
    "h": "help",
    "l": "look",
    "d": "dials",
    "e": "expect",
    "predict": "expect",
    "f": "forecast",
    "v": "variables",
    "w": "why",
    "s": "sources",
    "a": "agenda",
    "p": "pending",
    "r": "report",
    "t": "turning",
    "i": "whatif",
    "o": "others",
    "c": "contest",
    "u": "undo",
    "q": "quit",
    "exit": "quit",
}


def play(sitting: Sitting, read: Read, write: Write, echo: bool = False) -> int:
    """Play a sitting to its ending, to `quit` or to the end of input; returns the exit code, which is 0.

    `echo` repeats each answer after the prompt, for a transcript of piped input.
    """
    return Conversation(sitting, read, write, echo).hold()


def how_to_resume(sitting: Sitting) -> str:
    """The command that goes on with this game line by line."""
    return f"{sitting.resume_command()} --plain"


@define
class Conversation:
    """One sitting in plain mode: what has been said already, and what is asked next."""

    sitting: Sitting
    read: Read
    write: Write
    echo: bool = False
    before: Screen | None = None
    known: frozenset[str] = frozenset()
    is_over: bool = False
    written: dict[str, view.Stated] = field(factory=dict)

    def hold(self) -> int:
        """Greet, then ask and answer until it is over."""
        self.greet()
        self.tell()
        while not self.is_over:
            answer = self.ask()
            if answer is None:
                self.quit([])
            elif answer.split():
                self.answer(answer)
            elif self.sitting.match.outcome is not None:
                self.quit([])
        return 0

    def say(self, rows: Iterable[str]) -> None:
        """Add lines."""
        self.write(printing.lines(rows))

    @property
    def screen(self) -> Screen:
        """What the main screen shows now."""
        return view.screen(self.sitting.match)

    # ---- telling

    def greet(self) -> None:
        """Say which game this is, how to go on with it later, and what it is about."""
        match, scenario = self.sitting.match, self.sitting.match.scenario
        iron = " Iron mode: nothing can be taken back." if match.iron else ""
        iron += " Study mode: the forecast tells the odds of endings." if match.study else ""
        self.say([f"Between Two Rivers: {scenario.title}.", f"Seed: {match.seed}.{iron}"])
        if match.outcome is None:
            self.say([f"Saved after every turn; to go on later: {how_to_resume(self.sitting)}"])
        if match.read_only:
            self.say([printing.closed(match.read_only[0].upper() + match.read_only[1:])])
        if not match.turns:
            self.say(printing.sentences(f"Content note: {scenario.content_note}"))
            self.say(printing.sentences(scenario.briefing))
        self.say(["Help: ? and Enter."])

    def tell(self) -> None:
        """Say what is new, or how it ended."""
        match = self.sitting.match
        page = view.debrief(match)
        if page is None:
            screen = self.screen
            self.say(printing.news(screen, self.before, self.known))
            self.before, self.known = screen, self.known | {item.id for item in screen.agenda}
            return
        if match.turns:
            self.say(["", *(f"Report: {printing.spoken(row)}" for row in view.report(match))])
        self.say(printing.ending(match, page))
        self.before = None
        self.say(FURTHER)

    def ask(self) -> str | None:
        """Put the one question of the turn, or after the end ask what else; None at the end of input."""
        count = len(self.before.choices) if self.before else 0
        over = self.sitting.match.outcome is not None
        self.say([AGAIN if over else f"Your decision, 1 to {count}, then agenda numbers if you wish?"])
        self.write("> ")
        line = self.read()
        if self.echo or not line:
            self.write(f"{line.strip()}\n")
        return line if line else None

    # ---- answering

    def answer(self, line: str) -> None:
        """Do what a line says: a command, else an order."""
        word, *rest = line.replace(",", " ").split()
        command = SHORT.get(word.lower(), word.lower())
        commands: dict[str, Callable[[list[str]], None]] = {
            "help": lambda rest: self.say(HELP),
            "look": self.look,
            "dials": lambda rest: self.say(printing.dial(reading) for reading in self.screen.dials),
            "variables": lambda rest: self.say(printing.variable(r) for r in view.variables(self.sitting.match)),
            "why": self.why,
            "forecast": self.forecast,
            "advice": lambda rest: self.say(printing_cabinet.advice(view.cabinet(self.sitting.match))),
            "expect": self.expect,
            "sources": lambda rest: self.say(printing.card_sources(self.sitting.match)),
            "read": lambda rest: self.say(printing_room.read(rest, self.sitting.match)),
            "disagreements": lambda rest: self.say(printing_room.disagreements(rest, self.sitting.match)),
            "timeline": lambda rest: self.say(printing_room.happenings(rest)),
            "find": self.find,
            "agenda": lambda rest: self.say(printing.agenda(self.screen)),
            "pending": self.pending,
            "report": lambda rest: self.say(printing.log(self.sitting.match, 1)),
            "log": self.log,
            "undo": self.undo,
            "quit": self.quit,
            **Debriefing(self.sitting.match, self.say).commands(),
        }
        if command in commands and word not in self.options():
            commands[command](rest)
        else:
            self.order([word, *rest], [*commands, *self.options()])

    def options(self) -> dict[str, str]:
        """What names an option: its number and its id."""
        choices = self.before.choices if self.before else ()
        return {str(choice.number): choice.id for choice in choices} | {choice.id: choice.id for choice in choices}

    def order(self, words: list[str], known: list[str]) -> None:
        """Play the turn that a line orders; what cannot be done is said, and nothing has changed."""
        words, foreseen = self.split([word.rstrip(".)") for word in words])
        if foreseen is None:
            return
        option = self.options().get(words[0])
        if option is None:
            self.say([self.no_such(words[0], known)])
            return
        screen = self.screen
        items = {str(item.number): item.id for item in (*screen.agenda, *screen.running)}
        called = {option: words[0]} | {items.get(word, word): word for word in words[1:]}
        try:
            self.sitting.play(option, *(items.get(word, word) for word in words[1:]), prediction=foreseen or None)
        except IllegalOrder as error:
            self.say(self.refused(error, called.get(error.asked, error.asked)))
        except OSError as error:
            self.say([f"The turn could not be saved: {error.strerror or error}. Nothing has changed; try again."])
        else:
            self.written = {}
            self.tell()

    def split(self, words: list[str]) -> tuple[list[str], dict[str, view.Stated] | None]:
        """An order without the predictions that follow it, and all that are written down; None if they are unclear."""
        at = next((i for i, word in enumerate(words) if i and word.lower() in ("expect", "predict")), len(words))
        found = view.understood(self.sitting.match, words[at + 1 :])
        if isinstance(found, str):
            self.say([f"{found} Nothing has changed."])
            return words[:at], None
        return words[:at], self.added(found)

    def added(self, found: dict[str, view.Stated]) -> dict[str, view.Stated]:
        """What is written down with what is added, and without what is taken back."""
        return {name: stated for name, stated in (self.written | found).items() if stated != ""}

    def forecast(self, words: list[str]) -> None:
        """What the cabinet expects, with the agenda numbers that are named begun as well."""
        items = {str(item.number): item.id for item in self.screen.agenda if not item.barred}
        unknown = next((word for word in words if word not in items), None)
        if unknown is not None:
            self.say([f'"{unknown}" is no agenda number that can be begun. Allowed: {", ".join(items) or "none"}.'])
            return
        match, planned = self.sitting.match, [items[word] for word in words]
        if (error := view.refused(match, tuple(planned))) is not None:
            self.say(self.refused(error, next((word for word in words if items[word] == error.asked), error.asked)))
            return
        self.say(printing_cabinet.forecast(view.cabinet(match, planned)))

    def expect(self, words: list[str]) -> None:
        """Write predictions down for this turn, or say which can be written."""
        match = self.sitting.match
        if words in (["none"], ["nothing"]):
            self.written = {}
        elif words:
            found = view.understood(match, words)
            if isinstance(found, str):
                self.say([found])
                return
            self.written = self.added(found)
        rows, settled = view.expected(match, self.written), view.settled(match)
        self.say(printing_debrief.written(rows, settled) if words else printing_debrief.expected(rows, settled))

    def look(self, words: list[str]) -> None:
        """Say everything again."""
        page = view.debrief(self.sitting.match)
        self.say(printing.ending(self.sitting.match, page) if page else printing.whole(self.screen))

    def no_such(self, word: str, known: list[str]) -> str:
        """What to say to a word that means nothing here."""
        if word.isdigit() and self.sitting.match.outcome is not None:
            return "The game is over; there is nothing to decide."
        if word.isdigit():
            return f"There is no option {word}. Choose 1 to {len(self.screen.choices)}."
        near = nearest(word, known)
        hint = f"Did you mean {near}?" if near else "Say ? for help."
        return f"“{word}” is neither an option nor a command. {hint}"

    def refused(self, error: IllegalOrder, said: str) -> list[str]:
        """Why an order is not possible; an initiative may be refused for what is already begun on the same line."""
        offers = {item.id: item for item in self.screen.agenda}
        what = f"Agenda {said}, {offers[error.asked].title}," if error.asked in offers else f"“{said}”"
        return [f"{what} is not possible: {printing.closed(error.why)} Nothing has changed."]

    def why(self, words: list[str]) -> None:
        """Say why a variable moved, by name or label, on the last turn or on one that is given."""
        match = self.sitting.match
        turn = int(words.pop()) if len(words) > 1 and words[-1].isdigit() else None
        if not words:
            self.say(["Why what? For example: why washington_pressure."])
        elif turn is not None and not 1 <= turn <= match.turn:
            played = f"Turns played: 1 to {match.turn}." if match.turn else "No turn has been played yet."
            self.say([f"Turn {turn} has not been played. {played}"])
        else:
            found = self.named(" ".join(words))
            if isinstance(found, Reading):
                self.say(printing.explained(match, found.name, turn))
            else:
                self.say([found])

    def named(self, words: str) -> Reading | str:
        """The variable of this name or label, or what to say if there is none that may be seen."""
        readings = {reading.name: reading for reading in view.variables(self.sitting.match)}
        labels = {reading.label.lower(): reading for reading in readings.values()}
        name = words.lower()
        found = readings.get(name.replace(" ", "_")) or labels.get(name)
        if found:
            return found
        near = nearest(name.replace(" ", "_"), readings) or nearest(name, labels)
        return f"No variable is called “{words}”." + (f" Did you mean {near}?" if near else " Say variables for all.")

    def find(self, words: list[str]) -> None:
        """Say which facts and disagreements hold some words."""
        self.say(printing_room.found(" ".join(words)) if words else ["Find what? For example: find waiver."])

    def pending(self, words: list[str]) -> None:
        """Say what will come due."""
        self.say([printing.coming(item) for item in self.screen.pending] or ["Nothing is pending."])

    def log(self, words: list[str]) -> None:
        """Say the reports of the last turns again."""
        count = int(words[0]) if words and words[0].isdigit() else 5
        self.say(printing.log(self.sitting.match, max(count, 1)))

    def undo(self, words: list[str]) -> None:
        """Take the last turn back, on disk too."""
        try:
            self.sitting.undo()
        except IllegalOrder as error:
            self.say([f"Nothing was taken back: {printing.closed(error.why)}"])
        except OSError as error:
            self.say([f"Nothing was taken back: the save could not be written: {error.strerror or error}."])
        else:
            self.say(["The last turn is taken back."])
            self.before, self.written = None, {}
            self.tell()

    def quit(self, words: list[str]) -> None:
        """Leave; the game is on disk already."""
        if self.sitting.match.outcome is not None:
            self.say([f"To ask again later: {self.sitting.command('debrief')} --plain"])
            self.say([f"The game is saved: {self.sitting.command('replay')}"])
        else:
            self.say([f"The game is saved. To go on: {how_to_resume(self.sitting)}"])
        self.is_over = True
