"""The peers: random play in well-known packages, in seconds a decision; each is left out where it is not installed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.clock import best


def chess_move() -> float:
    """python-chess: list the legal moves, choose one at random, push it."""
    import chess

    def play() -> float:
        luck, board, moves = random.Random(1), chess.Board(), 3_000
        for _ in range(moves):
            legal = list(board.legal_moves)
            if not legal or len(board.move_stack) > 200:
                board = chess.Board()
                continue
            board.push(luck.choice(legal))
        return moves

    return best(play)


def vector_cartpole(games: int = 16_384, steps: int = 60) -> float:
    """gymnasium's own vectorised CartPole: four floats a game."""
    import gymnasium

    envs = gymnasium.make_vec("CartPole-v1", num_envs=games, vectorization_mode="vector_entry_point")
    envs.reset(seed=1)
    actions = [envs.action_space.sample() for _ in range(4)]

    def play() -> float:
        for step in range(steps):
            envs.step(actions[step % 4])
        return games * steps

    return best(play)


def connect_four() -> float:
    """PettingZoo's connect four, one game at a time."""
    from pettingzoo.classic import connect_four_v3

    env = connect_four_v3.env()

    def play() -> float:
        luck, moves = random.Random(1), 0
        for _ in range(40):
            env.reset()
            for agent in env.agent_iter():
                seen, _, over, cut, _ = env.last()
                if over or cut:
                    env.step(None)
                    continue
                env.step(luck.choice([i for i, free in enumerate(seen["action_mask"]) if free]))
                moves += bool(agent)
        return moves

    return best(play, 3)


def pgx_game(name: str, games: int = 4_096, steps: int = 50) -> float:
    """A game of pgx on JAX's CPU, compiled, random legal moves, over games reset as they end."""
    import jax
    import pgx
    from pgx.experimental import auto_reset

    env = pgx.make(name)
    step = auto_reset(env.step, env.init)

    def one(state, key):  # type: ignore[no-untyped-def]
        logits = jax.numpy.log(state.legal_action_mask.astype(jax.numpy.float32))
        action = jax.random.categorical(key, logits, axis=-1)
        keys = jax.random.split(key, games)
        return jax.vmap(step)(state, action, keys), None

    @jax.jit
    def run(state, key):  # type: ignore[no-untyped-def]
        return jax.lax.scan(one, state, jax.random.split(key, steps))[0]

    state = jax.jit(jax.vmap(env.init))(jax.random.split(jax.random.PRNGKey(0), games))
    jax.block_until_ready(run(state, jax.random.PRNGKey(1)))

    def play() -> float:
        jax.block_until_ready(run(state, jax.random.PRNGKey(2)))
        return games * steps

    return best(play, 5)


def peers() -> Iterator[tuple[str, float]]:
    """Every peer that is installed, with its seconds a decision."""
    found = {
        "python-chess, a random legal move": chess_move,
        "gymnasium, vector CartPole, 16,384 games": vector_cartpole,
        "PettingZoo, connect four": connect_four,
        "pgx on JAX's CPU, 2048": lambda: pgx_game("2048"),
        "pgx on JAX's CPU, Kuhn poker": lambda: pgx_game("kuhn_poker"),
    }
    for name, measure in found.items():
        try:
            yield name, measure()
        except ImportError:
            continue
