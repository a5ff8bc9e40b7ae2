"""An upper bound on a rate from a sample: exact, not an approximation that fails where errors are rare."""

from __future__ import annotations

from math import exp, fsum, lgamma, log, log1p

_STEPS = 60


def upper_bound(errors: int, seen: int, sureness: float = 0.95) -> float:
    """The rate above which so few errors would be seen in fewer than 1 - ``sureness`` of samples (Clopper and Pearson, one-sided).

    It holds for values drawn one by one, and for a stratified sample in which every value had the
    same chance: among all ways to spread the same mean over independent draws, equal chances make
    few errors likeliest (Hoeffding 1956), so that strata can only make the bound wider than needed.

    >>> round(upper_bound(0, 300), 5), round(upper_bound(1, 300), 5), upper_bound(3, 3)
    (0.00994, 0.01571, 1.0)

    Raises:
        ValueError: nothing was seen, or more errors than were seen.
    """
    if not 0 <= errors <= seen or seen == 0:
        raise ValueError(f"{errors} errors of {seen} say nothing")
    if errors == seen:
        return 1.0
    low, high = errors / seen, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(errors, seen, middle) > 1 - sureness else (low, middle)
    return high


def at_most(errors: int, seen: int, rate: float) -> float:
    """The chance of so many errors or fewer among ``seen`` values."""
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return 1.0 if errors >= seen else 0.0
    whole, yes, no = lgamma(seen + 1), log(rate), log1p(-rate)
    return fsum(exp(whole - lgamma(k + 1) - lgamma(seen - k + 1) + k * yes + (seen - k) * no) for k in range(errors + 1))
