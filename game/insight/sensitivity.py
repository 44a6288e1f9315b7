"""Which numbers of the rules matter: Morris's screening over all of them, rule by rule, then Sobol's for the few.

Needs SALib, the `research` extra. A factor is all numbers of one rule, each moved within its own plausible range.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from attrs import frozen

from game.insight.workers import engine, handed, in_order, shares, taken
from game.scenario.model import Scenario
from game.world.problems import Problem, Problems
from game.world.variables import UNIT

TRAJECTORIES, SAMPLES, FEW, RUNS = 4, 16, 4, 64
LEVELS = 4
TASK, TOLD = 8, 48
"""So many samples are one task; after so many it is told how far the study is."""


@frozen
class Effect:
    """How much one rule's numbers move how well the world stands at the end of games of `middle`.

    `measure` is "morris" (mean absolute effect, in points) or "sobol" (total effect, as a share of the variance).
    """

    name: str
    measure: str
    effect: float
    sure: float


def sensitivity(
    scenario: Scenario, *, seed: int = 1, told: Callable[[str], None] = lambda step: None, workers: Any = 1
) -> tuple[Effect, ...]:
    """The rules whose numbers matter most, by Morris, and the first few by Sobol too; raises Problems without SALib.

    The games are shared out to `workers` as by `simulate`, with the same result.
    """
    try:
        from SALib.analyze import morris as read
        from SALib.sample import morris as draw
    except ImportError:
        what, fix = "SALib is not installed", "pip install 'between-two-rivers[research]'"
        raise Problems([Problem("--full", what, "the research extra", fix)]) from None
    rules = by_rule(scenario)
    told(f"Morris over {len(rules)} rules")
    problem = _problem(scenario, rules)
    samples = draw.sample(problem, TRAJECTORIES, num_levels=LEVELS, seed=seed)
    results = _results(scenario, problem, samples, seed, told, workers)
    read_off = read.analyze(problem, samples, results, num_levels=LEVELS, seed=seed)
    triples = zip(read_off["names"], read_off["mu_star"], read_off["mu_star_conf"], strict=True)
    found = sorted(
        (Effect(str(name), "morris", float(e), float(c)) for name, e, c in triples), key=lambda each: -each.effect
    )
    few = {each.name: rules[each.name] for each in found[:FEW]}
    told(f"Sobol over {', '.join(few)}")
    return (*found, *_sobol(scenario, few, seed, told, workers))


def _sobol(
    scenario: Scenario, few: dict[str, list[str]], seed: int, told: Callable[[str], None], workers: Any
) -> tuple[Effect, ...]:
    from SALib.analyze import sobol as read
    from SALib.sample import sobol as draw

    problem = _problem(scenario, few)
    samples = draw.sample(problem, SAMPLES, calc_second_order=False, seed=seed)
    results = _results(scenario, problem, samples, seed, told, workers)
    if not results.std():
        return tuple(Effect(name, "sobol", 0.0, 0.0) for name in few)
    read_off = read.analyze(problem, results, calc_second_order=False, seed=seed)
    triples = zip(few, read_off["ST"], read_off["ST_conf"], strict=True)
    return tuple(Effect(name, "sobol", float(e), float(c)) for name, e, c in triples)


def by_rule(scenario: Scenario) -> dict[str, list[str]]:
    """The numbers that can move, by the rule they belong to.

    >>> import game
    >>> by_rule(game.load("gaza-spillover"))["tehran.green_light"]
    ['tehran.green_light.below', 'tehran.green_light.loosening']
    """
    rules: dict[str, list[str]] = {}
    for number in scenario.table.numbers.values():
        if number.low < number.high:
            rules.setdefault(".".join(number.name.split(".")[:2]), []).append(number.name)
    return rules


def _problem(scenario: Scenario, rules: dict[str, list[str]]) -> dict[str, Any]:
    names = [name for numbers in rules.values() for name in numbers]
    table = scenario.table.numbers
    return {
        "names": names,
        "groups": [rule for rule, numbers in rules.items() for _ in numbers],
        "bounds": [[table[name].low / UNIT, table[name].high / UNIT] for name in names],
        "num_vars": len(names),
    }


def _results(
    scenario: Scenario, problem: dict[str, Any], samples: Any, seed: int, told: Callable[[str], None], workers: Any
) -> Any:
    """How well the world stands in the end, in points, for each sample of numbers."""
    import numpy as np

    names, found = problem["names"], list[float]()
    rows = [{name: round(float(value), 3) for name, value in zip(names, row, strict=True)} for row in samples]
    submit, ahead = engine(workers)
    given = handed(scenario, workers)
    tasks = [(standings, given, rows[first:last], seed) for first, last in shares(len(rows), TASK)]
    with closing(in_order(submit, tasks, ahead)) as results:
        for some in results:
            if (len(found) + len(some)) // TOLD > len(found) // TOLD:
                told(f"{len(found) + len(some)} of {len(samples)} samples")
            found += some
    return np.array(found)


def standings(given: Any, rows: list[dict[str, float]], seed: int) -> list[float]:
    """How well the world stands in the end under each of some sets of numbers."""
    return [standing(taken(given), parameters, seed) for parameters in rows]


def standing(scenario: Scenario, parameters: dict[str, float], seed: int) -> float:
    """How well the world stands at the end of games of `middle` under other numbers of the rules, in points.

    It is the mean of `lookahead.value`: every margin to every ending counts, so it moves where no ending does.
    """
    import numpy as np

    from game.insight.futures import play_on
    from game.insight.lookahead import value, weighed
    from game.insight.policies import many_orders, middle
    from game.insight.trials import fresh
    from game.world.columns import Many

    w = fresh(scenario, RUNS, seed, None, parameters)
    last = scenario.turns
    shots, _ = play_on(w, many_orders(w, middle(w)), last, [last], weighed(scenario))
    ended = Many(w.setting, seed, np.arange(RUNS, dtype=np.uint64), shots[last], w.orders, last)
    return int(value(ended).sum(dtype=np.int64)) / RUNS / UNIT
