"""The best of many ideas, and kinds of ideas (docs/models/funnel.md, M8).

Assumed: ideas are independent of each other, their quality follows one known distribution, and the firm recognises the
best one without cost. Quality has no unit; it ranks scenarios. The mathematics is standard; the use for selecting
creative customers is ours.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Array, Range, random_generator, read_state

IDEA_TYPES: Final = ("business", "service", "brand", "promotion")
IDEAS = Range(0, 1e9, unit="ideas", whole=True)
RATE = Range(0.01, 100, unit="per unit of quality")
TYPE_SHARES = Range(0, 1, unit="share", each=IDEA_TYPES)


def best_of_exponential(ideas: ArrayLike, rate: ArrayLike = 1.0) -> Array:
    """Return the expected quality of the best of n ideas if quality is exponential: there is no best possible idea.

    Parameters
    ----------
    ideas : float or array (...)
        n, whole numbers from 0.
    rate : float or array (...)
        λ; the mean quality of an idea is 1/λ, lower λ means more creative customers.

    Returns
    -------
    array (...)
        0 if there is no idea.

    Raises
    ------
    ParameterError
        If a number of ideas is negative or not whole, or a rate is outside its range.

    Notes
    -----
    Eq. (33): (1 + 1/2 + ... + 1/n) / λ, about (ln n + 0.577) / λ: ten times as many ideas add 2.3 / λ, again and again.

    Examples
    --------
    >>> [f"{best:.2f}" for best in best_of_exponential([1, 10, 100])]
    ['1.00', '2.93', '5.19']
    """
    from scipy.special import digamma

    n = read_state("ideas", ideas, IDEAS)
    return np.asarray(np.where(n > 0, digamma(n + 1.0) + np.euler_gamma, 0.0) / read_state("rate", rate, RATE))


def best_of_uniform(ideas: ArrayLike) -> Array:
    """Return the expected quality of the best of n ideas if quality is uniform between 0 and 1: there is a best one.

    Raises
    ------
    ParameterError
        If a number of ideas is negative or not whole.

    Notes
    -----
    Eq. (33): n / (n + 1). The tenth idea adds less than one hundredth.
    """
    n = read_state("ideas", ideas, IDEAS)
    return np.asarray(n / (n + 1.0))


def sample_best_of_exponential(ideas: ArrayLike, rate: ArrayLike = 1.0, *, rng: np.random.Generator) -> Array:
    """Draw the quality of the best of n ideas with exponential quality; (...), one draw per scenario.

    Raises
    ------
    ParameterError
        If a number of ideas is negative or not whole, or a rate is outside its range.

    Notes
    -----
    The chance that all n are below x is (1 - e^{-λx})^n; solved for x, so that n may be large.
    """
    below = _log_chance_of_the_best(ideas, np.shape(rate), rng)
    return np.asarray(-np.log(-np.expm1(below)) / read_state("rate", rate, RATE))


def sample_best_of_uniform(ideas: ArrayLike, *, rng: np.random.Generator) -> Array:
    """Draw the quality of the best of n ideas with quality uniform between 0 and 1; (...), one draw per scenario.

    Raises
    ------
    ParameterError
        If a number of ideas is negative or not whole.
    """
    return np.exp(_log_chance_of_the_best(ideas, (), rng))


def sample_idea_types(ideas: ArrayLike, shares: ArrayLike = 0.25, *, rng: np.random.Generator) -> Array:
    """Draw how many of n ideas are of each kind: business, service, brand, promotion.

    Parameters
    ----------
    ideas : float or array (...)
        n, whole numbers from 0.
    shares : float or array (..., 4)
        Chance of each kind, in the order of IDEA_TYPES; they add up to 1.
    rng : numpy.random.Generator
        The same seed gives the same draws.

    Returns
    -------
    array (..., 4)
        Whole numbers that add up to n (multinomial).

    Raises
    ------
    ParameterError
        If a number of ideas is negative or not whole, or the shares do not add up to 1.
    """
    n, chances = read_state("ideas", ideas, IDEAS), read_state("shares", shares, TYPE_SHARES)
    sums = chances.sum(axis=-1)
    if (np.abs(sums - 1.0) > 1e-9).any():
        wrong = sums[np.abs(sums - 1.0) > 1e-9].flat[0]
        raise ParameterError(f"shares must add up to 1 over {', '.join(IDEA_TYPES)}; got {wrong:g}; change one of them")
    drawn = random_generator(rng).multinomial(n.astype(np.int64), chances / sums[..., np.newaxis])
    return drawn.astype(np.float64)


def _log_chance_of_the_best(ideas: ArrayLike, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Return ln of the chance to stay below the best of n ideas: -E/n with E exponential; minus infinity for n = 0."""
    n = read_state("ideas", ideas, IDEAS)
    waiting = random_generator(rng).standard_exponential(np.broadcast_shapes(n.shape, shape))
    return np.asarray(np.divide(-waiting, n, out=np.full(waiting.shape, -np.inf), where=n > 0))
