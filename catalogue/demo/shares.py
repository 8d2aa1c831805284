"""Splitting a total into whole parts: by weights, or into random sizes."""

import random
from collections.abc import Mapping, Sequence


def apportion(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Whole parts in proportion to the weights that add up to the total (largest remainders first)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    parts = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (parts[key] - exact[key], key))
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def cut(total: int, sizes: Sequence[int], rng: random.Random, *, at_least: int = 0) -> list[int]:
    """Random sizes that add up to the total, in so many parts at least."""
    parts: list[int] = []
    left = total
    while left > 0:
        parts.append(min(left, rng.choice(sizes)))
        left -= parts[-1]
    while len(parts) < at_least:
        largest = parts.index(max(parts))
        parts.append(parts[largest] // 2)
        parts[largest] -= parts[-1]
    return parts
