"""The command line: `baghdad` and its commands, each in a file of its own that is loaded when it is called.

Exit codes: 0 done; 1 the answer is no; 2 wrong use or unreadable input, with one message on standard error; 128+n ended
by signal n. Nothing here loads numpy, textual or cattrs, so `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from game import __version__
from game.world.problems import Diverged, IllegalOrder, Problems, nearest

COMMANDS = {
    "play": "Play a scenario, on the screen or line by line.",
    "debrief": "Ask about a game that is over.",
    "report": "What a class did: its saves as one page for a browser.",
    "scenarios": "The scenarios that come with the game.",
    "check": "Is a scenario playable, possible and sourced?",
    "simulate": "Play very many games with a named player.",
    "balance": "Is a scenario fair? Its gates with their figures.",
    "replay": "Play a save again: does it agree, or how did others see it?",
    "whatif": "A save again with another choice, or another assumption.",
    "sources": "The documents, their facts, and where each is used.",
    "systems": "The mechanisms that the documents describe, and where each works.",
    "words": "The author's manual: every word a scenario may use.",
    "variables": "Everything that is measured, with its sources.",
}
"""Every command with its one line; the command `x` is the value `command` of `game/commands/x.py`."""

NO, WRONG, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


class Commands(click.Group):
    """Commands that are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in their written order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; the nearest is named if there is none."""
        if cmd_name not in COMMANDS:
            near = nearest(cmd_name, COMMANDS)
            hint = f'did you mean "{near}"?' if near else f"there are {', '.join(COMMANDS)}"
            raise click.UsageError(f'no command is called "{cmd_name}"; {hint}', ctx)
        command: click.Command = import_module(f"game.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands as `--help` lists them, without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="baghdad", message="%(prog)s %(version)s")
@click.pass_context
def baghdad(ctx: click.Context) -> int | None:
    """Between Two Rivers: a game of Baghdad, Washington and Tehran.

    Without a command the title screen opens.
    """
    if ctx.invoked_subcommand is not None:
        return None
    if not has_terminal():
        raise click.UsageError(
            "the title screen needs a terminal; baghdad play SCENARIO --plain plays line by line,"
            " baghdad scenarios lists the scenarios"
        )
    from game.tui.app import run

    return run(None)


def has_terminal() -> bool:
    """Whether a screen can be drawn here: a terminal in and out that is not dumb."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; a traceback shows only if BAGHDAD_DEBUG asks for it."""
    code = run(args)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = closed_pipe()
    sys.exit(code)


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    try:
        with baghdad.make_context("baghdad", list(sys.argv[1:] if args is None else args)) as ctx:
            code = baghdad.invoke(ctx)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "baghdad"
        return refuse(f"{closed(error.format_message())}\nTry: {where} --help")
    except (KeyboardInterrupt, click.Abort):
        return refuse("Interrupted.", INTERRUPTED)
    except (Problems, Diverged, IllegalOrder) as error:
        return refuse(str(error))
    except BrokenPipeError:
        return closed_pipe()
    except OSError as error:
        return refuse(f"{error.filename or 'The system'}: {error.strerror or error}")
    except Exception as error:
        if "BAGHDAD_DEBUG" in os.environ:
            raise
        said = f"{type(error).__name__}: {error}"
        return refuse(f"The game stopped on an error of its own: {said}\nBAGHDAD_DEBUG=1 shows where.", NO)
    return code if isinstance(code, int) else 0


def refuse(message: str, code: int = WRONG) -> int:
    """Say on standard error what was wrong."""
    print(message, file=sys.stderr)
    return code


def closed(message: str) -> str:
    """A message that ends as a sentence does."""
    text = message[:1].upper() + message[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def closed_pipe() -> int:
    """Whoever read the output has gone: leave quietly, and let the interpreter flush into nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED
