"""`baghdad balance`: is a scenario fair? Its gates with their figures, and a save that shows each failure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from game import view
from game.cli import INTERRUPTED, NO
from game.commands.common import (
    as_json,
    cluster_option,
    playable,
    print_json,
    print_lines,
    processors,
    told,
    workers_option,
    workforce,
)
from game.insight.balance import GAMES, Gate, Report, balance

MANY = 200
"""Fewer games of each player are played before other processes have started."""


@click.command("balance")
@click.argument("scenario")
@click.option("--games", type=click.IntRange(20), default=GAMES, show_default=True, help="Games for each player.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The games' luck.")
@click.option("--full", is_flag=True, help="Also which numbers matter (Morris, then Sobol; needs the research extra).")
@click.option("--saves", type=click.Path(path_type=Path), help="Where to write a game for each failure.")
@click.option("--reach", is_flag=True, help="Only whether all can be reached, as a tutorial is asked.")
@workers_option
@cluster_option
@as_json
def command(
    scenario: str,
    games: int,
    seed: int,
    full: bool,
    saves: Path | None,
    reach: bool,
    workers: int | None,
    address: str | None,
    as_json: bool,
) -> int:
    """Play SCENARIO with every named player and say which gates it passes; exit 1 if one fails.

    The work is shared among all processors unless told otherwise; an interrupt tells what was finished.
    """
    known = playable(scenario)
    with workforce(workers, address, usual=processors() if games >= MANY else 1) as who:
        report = balance(known, games=games, seed=seed, dials=view.DIALS, only_reach=reach, told=told, workers=who)
        row = plain(report, written(report, saves))
        code = INTERRUPTED if report.interrupted else 0 if report.passed else NO
        if full and not report.interrupted:
            from game.insight.sensitivity import sensitivity

            try:
                row["parameters"] = [vars_of(e) for e in sensitivity(known, seed=seed, told=told, workers=who)]
            except KeyboardInterrupt:
                told("interrupted: the study is left out")
                code = INTERRUPTED
    if as_json:
        print_json(row)
    else:
        print_lines(spoken(row))
    return code


def written(report: Report, folder: Path | None) -> dict[str, str]:
    """Write the shortest game that shows each failure; returns the file of each gate."""
    files = {}
    for gate in report.gates:
        if folder is not None and gate.proof is not None:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{report.scenario}-{gate.id.replace('<', '-below-')}.json"
            path.write_text(gate.proof.dumps(), encoding="utf-8", newline="\n")
            files[gate.id] = str(path)
    return files


def plain(report: Report, files: dict[str, str]) -> dict[str, Any]:
    """A report as plain values."""
    row: dict[str, Any] = {"scenario": report.scenario, "games": report.games, "seed": report.seed}
    row |= {"interrupted": report.interrupted, "finished": report.finished}
    row |= {"passed": report.passed, "gates": [gate_row(gate, files.get(gate.id, "")) for gate in report.gates]}
    row |= {"good": report.good, "endings": report.endings}
    row["options"] = [vars_of(each) for each in report.options]
    return row


def gate_row(gate: Gate, file: str) -> dict[str, Any]:
    """A gate as plain values."""
    row = {"id": gate.id, "what": gate.what, "figure": gate.figure, "allowed": gate.allowed, "passed": gate.passed}
    return row | {"details": list(gate.details), "save": file}


def vars_of(value: Any) -> dict[str, Any]:
    """A frozen value as a table."""
    import attrs

    return dict(attrs.asdict(value))


def spoken(row: dict[str, Any]) -> Iterator[str]:
    """A report in lines: the gates, then good endings and endings by player."""
    yield f"{row['scenario']}: {row['games']:,} games by each player, seed {row['seed']}."
    for gate in row["gates"]:
        yield f"{'pass' if gate['passed'] else 'FAIL'}: {gate['what']}: {gate['figure']} (must be: {gate['allowed']})"
        yield from (f"  {detail}" for detail in gate["details"])
        if gate["save"]:
            yield f"  shown by {gate['save']}"
    for name, endings in row["endings"].items():
        parts = ", ".join(f"{ending} {share:.1f}" for ending, share in endings.items() if share)
        less = f", {row['finished'][name]:,} games" if row["interrupted"] else ""
        yield f"{name}{less}: good {row['good'][name]:.1f} % ({parts})"
    for each in row.get("parameters", ()):
        yield f"{each['name']}: {each['measure']} {each['effect']:.3f}"
    if row["interrupted"]:
        yield "Interrupted: no verdict."
        return
    failed = sum(not gate["passed"] for gate in row["gates"])
    yield "Every gate passes." if row["passed"] else f"{failed} of {len(row['gates'])} gates fail."
