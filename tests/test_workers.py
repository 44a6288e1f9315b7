"""Shared out to processes or to a cluster, the same bytes come back as from one process, and interrupts stay cheap."""

from __future__ import annotations

import operator
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any

import attrs
import distributed
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game import cli, view
from game.commands import balance as shown
from game.insight import cluster as door
from game.insight import rounds, workers
from game.insight.balance import balance
from game.insight.policies import POLICIES
from game.insight.sensitivity import standings
from game.insight.trials import Trial, part_of, trial, whole
from game.play.batch import Batch
from game.scenario.model import Scenario

PLAYERS = st.sampled_from([*POLICIES, "greedy"])


@cache
def short() -> Scenario:
    scenario = game.load("gaza-spillover")
    return attrs.evolve(scenario, hours=scenario.hours[:3])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a cluster of two processes listens."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as two:
        yield two.scheduler_address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Any]:
    with door.cluster(address) as found:
        yield found


def written(batch: Batch, variable: str = "dinar") -> list[Any]:
    """All that a batch tells, as bytes."""
    told = [batch.ended.tobytes(), batch.lasted.tobytes(), batch[variable].tobytes()]
    return [repr(batch.endings), batch.game_turns, batch.runs, *told]


# ---- a cluster


@settings(max_examples=8)
@given(PLAYERS, st.integers(1, 24), st.integers(1, 30), st.integers(0, 2**64 - 1))
def test_a_cluster_gives_the_same_bytes_as_one_process(
    client: Any, policy: str, runs: int, chunk: int, seed: int
) -> None:
    alone = game.simulate(short(), runs, seed, policy)
    assert written(game.simulate(short(), runs, seed, policy, chunk=chunk, workers=client)) == written(alone)


def test_a_cluster_plays_a_large_batch_that_each_worker_compiles(client: Any) -> None:
    told: list[int] = []
    alone = game.simulate(short(), 10_000, 3, "random", {"dinar": 40}, {"iraq.dinar.rate": 6})
    many = game.simulate(
        short(), 10_000, 3, "random", {"dinar": 40}, {"iraq.dinar.rate": 6}, 1_024,
        lambda done, runs: told.append(done), client,
    )  # fmt: skip
    assert written(many, "unrest") == written(alone, "unrest")
    assert told == [*range(1_024, 10_000, 1_024), 10_000]


def test_the_same_chunks_asked_twice_are_played_right_both_times(client: Any) -> None:
    def stop(done: int, runs: int) -> None:
        raise KeyboardInterrupt

    alone = written(game.simulate(short(), 20, 4, "random"))
    for _ in range(2):
        part = game.simulate(short(), 20, 4, "random", chunk=4, progress=stop, workers=client)
        assert (part.runs, part.interrupted) == (4, True)
        assert written(game.simulate(short(), 20, 4, "random", chunk=4, workers=client)) == alone


def test_who_is_at_an_address_may_be_asked_by_command(address: str) -> None:
    args = ["simulate", "gaza-spillover", "--runs", "30", "--policy", "random", "--seed", "5", "--json"]
    said = [CliRunner().invoke(cli.baghdad, [*args, *more]).stdout for more in ([], ["--cluster", address])]
    assert said[0] == said[1] != ""


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "http://127.0.0.1:9"])
def test_where_nobody_answers(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.5)
    assert cli.run(["simulate", "gaza-spillover", "--runs", "5", "--cluster", address]) == cli.WRONG
    assert f"--cluster\n  no scheduler answers at {address}" in capsys.readouterr().err


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.run(["simulate", "gaza-spillover", "--cluster", "tcp://127.0.0.1:9"]) == cli.WRONG
    assert "between-two-rivers[cluster]" in capsys.readouterr().err


def test_a_cluster_without_workers_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE", 2)
    nobody = distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=50)
    with nobody as empty, pytest.raises(game.Problems, match="has no workers"), door.cluster(empty.scheduler_address):
        pass


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (distributed.comm.CommClosedError("gone"), "broke down: gone"),
        (ModuleNotFoundError("No module named 'game'", name="game"), "a worker lacks game"),
    ],
)
def test_a_cluster_that_fails_is_told_as_a_problem(address: str, error: Exception, said: str) -> None:
    with pytest.raises(game.Problems, match=said), door.cluster(address):
        raise error


# ---- any engine


def test_an_executor_is_an_engine() -> None:
    with ThreadPoolExecutor(2) as threads:
        found = game.simulate(short(), 30, 2, "random", chunk=7, workers=threads)
    assert written(found) == written(game.simulate(short(), 30, 2, "random"))


@pytest.mark.parametrize("who", [0, -1, True, "two", None])
def test_what_is_no_engine_is_refused(who: Any) -> None:
    with pytest.raises(game.Problems, match="an executor or a dask client"):
        game.simulate(short(), 5, 1, workers=who)


def test_an_order_that_cannot_be_is_told_by_a_process_as_by_this_one() -> None:
    said = []
    for who in (1, 2):
        with pytest.raises(game.IllegalOrder) as refused:
            game.simulate(short(), 5, 1, game.columns(operator.itemgetter("card")), workers=who)
        said.append((str(refused.value), refused.value.legal))
    assert said[0] == said[1]


def test_a_worker_of_another_version_plays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workers.sent(short())
    monkeypatch.setattr(workers, "__version__", "0.0.0")
    workers.received.cache_clear()
    with pytest.raises(game.Problems, match=r"has version 0\.0\.0 of the game, who asks has"):
        workers.received(data)


def test_what_is_sent_does_not_depend_on_what_was_computed_meanwhile() -> None:
    scenario = game.load("gaza-spillover")
    before = workers.sent(scenario)
    game.simulate(scenario, 5, 1, "random")
    assert workers.sent(scenario) == before


def test_no_more_is_handed_out_than_is_asked_for_and_what_waits_is_cancelled() -> None:
    handed: list[Future[Any]] = []

    def submit(do: Any, call: str, work: Any, number: int) -> Future[Any]:
        handed.append(Future())
        if len(handed) < 3:
            handed[-1].set_result(work(number))
        return handed[-1]

    results = workers.in_order(submit, ((abs, -i) for i in range(9)), 3)
    assert [next(results), next(results)] == [0, 1]
    assert len(handed) == 4
    results.close()
    assert [future.cancelled() for future in handed] == [False, False, True, True]


# ---- balance


def told_by(found: Trial) -> list[Any]:
    """All that a trial tells, as bytes."""
    arrays = [getattr(found, name).tobytes() for name in ("card", "option", "ended", "lasted", "offered", "taken")]
    begun = [{i: mask.tobytes() for i, mask in masks.items() if mask.any()} for masks in found.begun]
    states = {i: [(turn, run, v.tobytes()) for turn, run, v in kept] for i, kept in sorted(found.states.items())}
    return [*arrays, begun, states]


@pytest.mark.parametrize("part", [2, 9, 50])
@pytest.mark.parametrize("name", ["random", "lookahead"])
def test_a_trial_is_the_same_however_it_is_parted(name: str, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.insight.trials.PER_CARD", 3)
    parts = [part_of(short(), name, *share, 6, name == "random") for share in workers.shares(11, part)]
    found = whole(short(), parts)
    alone = trial(short(), name, 11, 6, keep_states=name == "random")
    assert told_by(found) == told_by(alone)
    assert found.match(9).dumps() == alone.match(9).dumps()


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few games be many tasks."""
    monkeypatch.setattr(rounds, "PART", 5)
    monkeypatch.setattr(rounds, "SEARCHED", 3)


def test_a_cluster_and_two_processes_balance_as_one_does(client: Any, in_parts: None) -> None:
    alone = balance(short(), games=8, dials=view.DIALS)
    for who in (client, 2):
        shared = balance(short(), games=8, dials=view.DIALS, workers=who)
        for name in ("endings", "good", "options", "finished", "interrupted"):
            assert getattr(shared, name) == getattr(alone, name)
        for one, other in zip(shared.gates, alone.gates, strict=True):
            assert attrs.astuple(one, recurse=False)[:-1] == attrs.astuple(other, recurse=False)[:-1]
            assert (one.proof and one.proof.dumps()) == (other.proof and other.proof.dumps())


def test_an_interrupt_of_balance_tells_what_was_finished(in_parts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(step: str) -> None:
        if step.startswith("greedy: games 13"):
            raise KeyboardInterrupt

    report = balance(short(), games=20, told=stop)
    assert (report.interrupted, report.passed, report.gates) == (True, False, ())
    assert report.finished == {"lookahead": 20, "greedy": 12}
    late = balance(short(), games=2, told=lambda step: stop("greedy: games 13") if step == "trade-offs" else None)
    assert (late.interrupted, late.gates, set(late.finished.values())) == (True, (), {2})
    monkeypatch.setattr(shown, "balance", lambda *args, **rest: report)
    monkeypatch.setattr(shown, "playable", lambda name: short())
    said = CliRunner().invoke(cli.baghdad, ["balance", "gaza-spillover"], standalone_mode=False)
    assert said.return_value == cli.INTERRUPTED
    assert "greedy, 12 games: good" in said.stdout
    assert said.stdout.endswith("Interrupted: no verdict.\n")


def test_the_study_of_the_numbers_is_the_same_whoever_plays(client: Any) -> None:
    rows = [{"iraq.dinar.rate": rate} for rate in (5.0, 6.0, 7.0)]
    assert client.submit(standings, workers.sent(short()), rows, 1).result() == standings(short(), rows, 1)
