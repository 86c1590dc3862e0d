"""A network on the screen: the finding in words, then the forest, the ranking and where evidence disagrees."""

from collections.abc import Iterable

from enthesis.evidence import LeagueRow, Network, Parts

SHOWN = 0.10  # disagreements with a smaller p are listed


def tell_network(found: Network | Parts) -> None:
    """Print a network, or each of its parts."""
    if isinstance(found, Parts):
        print(found.explain().split(".")[0] + ".\n")
        for part in found.networks:
            tell_network(part)
        return
    for line in _lines(found):
        print(line)


def _lines(found: Network) -> Iterable[str]:
    yield found.explain()
    yield ""
    width = max(map(len, found.treatments))
    yield f"{'against ' + found.reference:{width + 10}} estimate  ({found.level:.0%} interval)   next trial           direct"
    for row in found.forest():
        yield f"{row.treatment:{width + 10}} {_forest(row)}"
    yield ""
    scores = sorted(zip(found.p_scores().tolist(), found.treatments, strict=True), reverse=True)
    yield "P-scores: " + ", ".join(f"{name} {score:.2f}" for score, name in scores)
    yield from _disagreements(found)


def _forest(row: LeagueRow) -> str:
    low, high = row.prediction
    interval = f"({_short(row.random['lower'])} to {_short(row.random['upper'])})"
    return (
        f"{_short(row.random['estimate']):>8}  {interval:20} {_short(low)} to {_short(high):12} {row.direct_share:.0%}"
    )


def _short(value: float | None) -> str:
    return "not known" if value is None else f"{value:.3g}"


def _disagreements(found: Network) -> Iterable[str]:
    split = found.split()
    first, second = (each[split.pair] for each in found.all_pairs)
    for a, b, gap, p in zip(first, second, split.difference, split.p, strict=True):
        if p < SHOWN:
            names = f"{found.treatments[a]} and {found.treatments[b]}"
            yield f"! direct and indirect evidence on {names} differ by {gap:.3g}, p {p:.2g}"
