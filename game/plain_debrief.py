"""Plain mode after the end: what is asked about a game that is over, on one line each, and answered in lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import define

from game import printing_cabinet, printing_debrief, view
from game.play.match import Match
from game.printing import closed
from game.world.problems import IllegalOrder, Problems, nearest

Say = Callable[[Iterable[str]], None]
AFTER = "{} is told when the game is over."
WAIT = "This takes some seconds; Ctrl-C leaves it."
QUARTERS = 4


@define
class Debriefing:
    """The questions that a game which is over answers."""

    match: Match
    say: Say

    def commands(self) -> dict[str, Callable[[list[str]], None]]:
        """Each command with what it does; before the end it says that it has to wait."""
        asked: dict[str, tuple[Callable[[list[str]], None], str]] = {
            "turning": (self.turning, "What turned the game"),
            "whatif": (self.whatif, "What would have come of another choice"),
            "others": (self.others, "How others saw it"),
            "contest": (self.contest, "How the game goes under another assumption"),
        }
        if self.match.outcome is None:
            return {name: self._later(what) for name, (_, what) in asked.items()}
        return {name: does for name, (does, _) in asked.items()} | {"expect": self.expect}

    def _later(self, what: str) -> Callable[[list[str]], None]:
        return lambda words: self.say([AFTER.format(what)])

    # ---- long work

    def wait(self, work: Callable[[Callable[[float], None]], Iterator[str]]) -> None:
        """Say what long work finds, with how far it is; Ctrl-C leaves it."""
        told = 0

        def tick(share: float) -> None:
            nonlocal told
            if int(share * QUARTERS) > told:
                told = int(share * QUARTERS)
                self.say([f"{told * 100 // QUARTERS} in 100 done."])

        self.say([WAIT])
        try:
            self.say(list(work(tick)))
        except KeyboardInterrupt:
            self.say(["Left. Nothing has changed."])

    def turning(self, words: list[str]) -> None:
        """The decisions that turned the game and the advisers' record."""

        def work(tick: Callable[[float], None]) -> Iterator[str]:
            page = view.turned(self.match, tick)
            return printing_cabinet.turned(page) if page else iter(())

        self.wait(work)

    def expect(self, words: list[str]) -> None:
        """The predictions, scored."""

        def work(tick: Callable[[float], None]) -> Iterator[str]:
            found = view.scored(self.match, tick)
            return printing_debrief.scored(found) if found else iter(())

        self.wait(work)

    # ---- another choice

    def whatif(self, words: list[str]) -> None:
        """The turns; of one its options; with an option both lines and other lucks."""
        turns = view.past(self.match)
        if not turns:
            self.say([only_read(self.match)])
        elif not words:
            self.say(printing_debrief.past(turns))
        elif not words[0].isdecimal() or not 1 <= int(words[0]) <= len(turns):
            self.say([f"There is no turn {words[0]}. Turns played: 1 to {len(turns)}."])
        elif len(words) == 1:
            turn = turns[int(words[0]) - 1]
            self.say([*printing_debrief.instead(turn), f"Which option? For example whatif {turn.turn} 2."])
        else:
            self._instead(turns[int(words[0]) - 1], words[1])

    def _instead(self, turn: view.Past, word: str) -> None:
        found = next((choice for choice in turn.choices if word in (str(choice.number), choice.id)), None)
        if found is None:
            self.say([f"Turn {turn.turn} has no option “{word}”. Choose 1 to {len(turn.choices)}."])
        elif found.barred:
            self.say([f"Option {found.number} was not open: {found.barred}"])
        else:
            self._otherwise(turn.turn, found.id)

    def _otherwise(self, turn: int, option: str) -> None:
        try:
            found = view.otherwise(self.match, turn, option)
        except (IllegalOrder, Problems) as error:
            self.say([str(error)])
            return
        self.say(printing_debrief.head(found))
        self.wait(lambda tick: printing_debrief.lucks(view.other_lucks(self.match, turn, option, tick=tick)))
        self.say(printing_debrief.both(found))

    # ---- other eyes

    def others(self, words: list[str]) -> None:
        """How often each misread the run, or the run as one of them saw it."""
        told = view.onlookers(self.match)
        if not words:
            self.say(printing_debrief.onlookers(told))
            return
        name = " ".join(words).lower().removeprefix("the ")
        numbers = {str(i): one for i, one in enumerate(told, 1)}
        found = numbers.get(name) or next((one for one in told if one.id == name), None)
        if found is None:
            self.say([f"Nobody here is called “{name}”. There are {', '.join(one.id for one in told)}."])
        else:
            self.say(printing_debrief.onlooker(found))

    # ---- another assumption

    def contest(self, words: list[str]) -> None:
        """A page of assumptions, one of them, or the game again under another value of it."""
        rows = view.assumed(self.match)
        known = {str(one.number): one for one in rows} | {one.name: one for one in rows if one.name}
        one = known.get(words[0]) if words else None
        if one is None:
            self._list(rows, words)
        elif len(words) == 1:
            self.say(printing_debrief.assumption(one))
        else:
            self._try(one, words[1])

    def _list(self, rows: tuple[view.Assumed, ...], words: list[str]) -> None:
        page = 1
        if len(words) > 1 and words[-2] == "page" and words[-1].isdecimal():
            page, words = int(words[-1]), words[:-2]
        sought = " ".join(words)
        kind = sought.removesuffix("s")
        found = [one for one in rows if one.kind == kind] or [
            one
            for one in rows
            if view.reading_room.holds(sought, f"{one.number} {one.title} {one.text} {one.name} {one.now}")
        ]
        if not found:
            near = nearest(sought, [one.name for one in rows if one.name])
            self.say([f"No assumption holds “{sought}”." + (f" Did you mean {near}?" if near else "")])
        else:
            self.say(printing_debrief.assumptions(found, max(1, page), sought))

    def _try(self, one: view.Assumed, word: str) -> None:
        value: float | None = (
            1 - one.value if word == "other" and one.kind == "coin" and one.value is not None else None
        )
        if value is None:
            try:
                value = float(word.replace(",", "."))
            except ValueError:
                value = float("nan")
        if not one.name or not one.low <= value <= one.high:
            said = f"It can be {one.span}." if one.name else one.text
            self.say([said])
            return
        try:
            found = view.contest(self.match, {one.name: value})
            self.say([*printing_debrief.head(found), *printing_debrief.both(found)])
        except Problems as error:
            self.say([only_read(self.match) if self.match.read_only else str(error)])


def only_read(match: Match) -> str:
    """Why a game cannot be played again."""
    return closed(match.read_only[:1].upper() + match.read_only[1:])
