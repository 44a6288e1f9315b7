"""Where every key of a TOML file stands: the line of `dilemmas[3].options[1].text`.

`tomllib` gives no positions. The text has already been read by it, so this scan may trust the grammar: it only follows
headers, keys, brackets and strings, and gives the line of the nearest thing it knows. The scan waits until a line is
asked for, so a file without problems is never scanned.
"""

from __future__ import annotations

import re
from functools import cached_property

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY = re.compile(rf"[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=")
_HEADER = re.compile(r"[ \t]*(\[\[?)([^\]\n]+)\]\]?")
_STRINGS = ('"""', "'''", '"', "'")
_LAST_STEP = re.compile(r"(\[\d+\]|\.?[^.\[\]]+|.)\Z", re.DOTALL)


class Places:
    """The lines of a file by dotted path.

    >>> places = Places('[[cards]]\\nid = "a"\\n[[cards]]\\nid = "b"\\nlist = [\\n  { x = 1 },\\n  { x = 2 },\\n]')
    >>> places.line("cards[1].id"), places.line("cards[1].list[1].x"), places.line("cards[0].nothing")
    (4, 7, 1)
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def line(self, path: str) -> int:
        """The line of a path, or of the nearest part of it that has one."""
        while path and path not in self._lines:
            path = _LAST_STEP.sub("", path)
        return self._lines.get(path, 1)

    @cached_property
    def _lines(self) -> dict[str, int]:
        return _Scan(self.text).lines


class _Scan:
    """One pass over a text: `at` is where it stands, `row` the line there."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.row = text, 0, 1
        self.lines: dict[str, int] = {}
        self.counts: dict[str, int] = {}
        self._read()

    def _read(self) -> None:
        table = ""
        while self.at < len(self.text):
            header, key = _HEADER.match(self.text, self.at), _KEY.match(self.text, self.at)
            if header:
                table = self._header(header.group(1) == "[[", _parts(header.group(2)))
                self._skip_row()
            elif key:
                self.at = key.end()
                self._value(self._name(table, _parts(key.group(1))))
                self._skip_row()
            else:
                self._skip_row()

    def _header(self, is_array: bool, parts: list[str]) -> str:
        path = ""
        for i, part in enumerate(parts):
            path = f"{path}.{part}" if path else part
            if i == len(parts) - 1 and is_array:
                self.lines.setdefault(path, self.row)
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = f"{path}[{self.counts[path]}]"
        self.lines.setdefault(path, self.row)
        return path

    def _name(self, table: str, parts: list[str]) -> str:
        path = table
        for part in parts:
            path = f"{path}.{part}" if path else part
            self.lines.setdefault(path, self.row)
        return path

    def _skip_row(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end + 1
        self.row += 1

    def _space(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n,#":
            if self.text[self.at] == "#":
                self._skip_row()
                continue
            self.row += self.text[self.at] == "\n"
            self.at += 1

    def _value(self, path: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1
        self.lines.setdefault(path, self.row)
        start = self.text[self.at : self.at + 1]
        if start == "[":
            self._array(path)
        elif start == "{":
            self._inline(path)
        elif start in ('"', "'"):
            self._string()
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}\n#":
                self.at += 1

    def _array(self, path: str) -> None:
        self.at += 1
        item = 0
        self._space()
        while self.at < len(self.text) and self.text[self.at] != "]":
            self.lines.setdefault(f"{path}[{item}]", self.row)
            self._value(f"{path}[{item}]")
            item += 1
            self._space()
        self.at += 1

    def _inline(self, path: str) -> None:
        self.at += 1
        self._space()
        while key := _KEY.match(self.text, self.at):
            self.at = key.end()
            self._value(self._name(path, _parts(key.group(1))))
            self._space()
        self.at += 1

    def _string(self) -> None:
        quote = next(quote for quote in _STRINGS if self.text.startswith(quote, self.at))
        self.at += len(quote)
        while self.at < len(self.text) and not self.text.startswith(quote, self.at):
            step = 2 if self.text[self.at] == "\\" and quote[0] == '"' else 1
            self.row += self.text.count("\n", self.at, self.at + step)
            self.at += step
        self.at += len(quote)
        while len(quote) == 3 and self.text.startswith(quote[0], self.at):
            self.at += 1  # a long string may end with one or two quotes of its own


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
