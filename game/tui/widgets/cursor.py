"""The terminal's own cursor stands where the player is, for screen readers, braille displays and magnifiers."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.geometry import Offset
from textual.widget import Widget

SHOW = "\x1b[?25h"


def follow(app: App[Any], widget: Widget, row: int = 0) -> None:
    """Put the real cursor on the first cell of a widget, or of a row of it, once it has been laid out."""
    widget.call_after_refresh(_place, app, widget, row)


def _place(app: App[Any], widget: Widget, row: int) -> None:
    if not widget.is_attached or widget.screen is not app.screen:
        return
    app.cursor_position = Offset(widget.region.x, widget.region.y + row)
    driver = app._driver
    if driver is not None and not app.is_headless:
        driver.write(SHOW)
    widget.refresh()
