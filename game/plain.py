"""Plain mode: the game line by line, for a screen reader, a braille line, a pipe or a plain terminal.

It only ever adds lines, asks one question a turn, and takes the answer on one line: `2 1 4` is option 2 with the
initiatives 1 and 4. Everything that the screen holds can be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import define

from game import printing, printing_cabinet, printing_room, view
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
    "forecast: what the cabinet expects of each option two turns ahead, and what the advisers say.",
    "advice: only what the four advisers say.",
    "sources: what the card on the desk rests on.",
    "read: the documents; read 004: one of them; read 004 7: its paragraph 7; read 004-p2-waivers: one fact.",
    "disagreements: where the documents contradict each other; disagreements help-or-whip: one of them.",
    "timeline: what the documents tell, in the order of time; timeline 2019: one year.",
    "find WORDS: the facts and disagreements that hold these words.",
    "agenda: what is on offer and what is running.",
    "pending: what will come due.",
    "report: the last report again; log 5: the last five.",
    "turning: after the end, the decisions that turned the game and the advisers' record.",
    "undo: take the last turn back.",
    "quit: leave; the game is saved after every turn.",
)
SHORT = {
    "?": "help",
    "h": "help",
    "l": "look",
    "d": "dials",
    "f": "forecast",
    "v": "variables",
    "w": "why",
    "s": "sources",
    "a": "agenda",
    "p": "pending",
    "r": "report",
    "u": "undo",
    "q": "quit",
    "exit": "quit",
}


def play(sitting: Sitting, read: Read, write: Write, echo: bool = False, name: str = "") -> int:
    """Play a sitting to its ending, to `quit` or to the end of input; returns the exit code, which is 0.

    `echo` repeats each answer after the prompt, for a transcript of piped input; `name` is what the scenario is started
    by, if that is not its id.
    """
    return Conversation(sitting, read, write, echo, name).hold()


def how_to_resume(sitting: Sitting, name: str = "") -> str:
    """The command that goes on with this game."""
    match = sitting.match
    return f"baghdad play {name or match.scenario.id} --seed {match.seed} --resume --plain"


@define
class Conversation:
    """One sitting in plain mode: what has been said already, and what is asked next."""

    sitting: Sitting
    read: Read
    write: Write
    echo: bool = False
    name: str = ""
    before: Screen | None = None
    known: frozenset[str] = frozenset()
    is_over: bool = False

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
        self.say([f"Between Two Rivers: {scenario.title}.", f"Seed: {match.seed}.{iron}"])
        self.say([f"Saved after every turn; to go on later: {how_to_resume(self.sitting, self.name)}"])
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
        self.offer()
        self.say([f"The game is saved: baghdad replay {self.sitting.save.path}"])
        self.is_over = True

    def offer(self) -> None:
        """After an ending: what turned the game, for whoever asks."""
        self.say(["Say turning for the decisions that turned the game and the advisers' record; Enter leaves."])
        self.write("> ")
        line = self.read()
        if self.echo or not line:
            self.write(f"{line.strip()}\n")
        page = view.turned(self.sitting.match) if line.strip().lower() in ("turning", "t") else None
        if page is not None:
            self.say(printing_cabinet.turned(page))

    def ask(self) -> str | None:
        """Put the one question of the turn; None at the end of input."""
        count = len(self.before.choices) if self.before else 0
        self.say([f"Your decision, 1 to {count}, then agenda numbers if you wish?"])
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
            "look": lambda rest: self.say(printing.whole(self.screen)),
            "dials": lambda rest: self.say(printing.dial(reading) for reading in self.screen.dials),
            "variables": lambda rest: self.say(printing.variable(r) for r in view.variables(self.sitting.match)),
            "why": self.why,
            "forecast": lambda rest: self.say(printing_cabinet.forecast(view.cabinet(self.sitting.match))),
            "advice": lambda rest: self.say(printing_cabinet.advice(view.cabinet(self.sitting.match))),
            "turning": lambda rest: self.say(["What turned the game is told when it is over."]),
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
        words = [word.rstrip(".)") for word in words]
        option = self.options().get(words[0])
        if option is None:
            self.say([self.no_such(words[0], known)])
            return
        screen = self.screen
        items = {str(item.number): item.id for item in (*screen.agenda, *screen.running)}
        called = {option: words[0]} | {items.get(word, word): word for word in words[1:]}
        try:
            self.sitting.play(option, *(items.get(word, word) for word in words[1:]))
        except IllegalOrder as error:
            self.say(self.refused(error, called.get(error.asked, error.asked)))
        except OSError as error:
            self.say([f"The turn could not be saved: {error.strerror or error}. Nothing has changed; try again."])
        else:
            self.tell()

    def no_such(self, word: str, known: list[str]) -> str:
        """What to say to a word that means nothing here."""
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
            self.before = None
            self.tell()

    def quit(self, words: list[str]) -> None:
        """Leave; the game is on disk already."""
        self.say([f"The game is saved. To go on: {how_to_resume(self.sitting, self.name)}"])
        self.is_over = True
