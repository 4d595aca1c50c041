"""Tailoring against privacy: how much should a consumer tell? (docs/models/value.md, M2-T).

The model *assumes* that each consumer has one ideal point, unknown at first and normally distributed; that each unit of
information is a noisy signal of it; that the producer learns by Bayes' rule and offers its best guess; and that value
falls with the squared distance to the *consumer's* ideal point. What the producer would like plays no part. Sources:
privacy calculus: Culnan, M. & Armstrong, P. (1999), Organization Science 10(1), 104-115, and Dinev, T. & Hart, P.
(2006), Information Systems Research 17(1), 61-80 (abstracts seen). Bayes' rule for normal signals: textbook. The
equations are worked out here.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    random_generator,
    read_state,
    validate,
    whole_number,
)

INFORMATION: Final = Range(0, np.inf, unit="signals", label="information disclosed", symbol="n")
TASTE: Final = Range(-1e9, 1e9, unit="taste", label="place on the scale of tastes", symbol="θ")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class TailoringParameters:
    """Parameters of tailoring and privacy (docs/models/value.md, M2-T).

    Parameters
    ----------
    full_value : float or array (...)
        Value of an offer that fits perfectly, above that of the offer made for everybody.
    taste_variance, noise_variance : float or array (...)
        Variance of ideal points among consumers, and of the noise in one signal. Their ratio is k.
    privacy_cost : float or array (...)
        What disclosing one more signal costs the consumer.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> shopper = TailoringParameters()
    >>> f"{best_information(shopper):.2f} signals, net value {best_tailoring_net(shopper):.3f}"
    '2.47 signals, net value 0.306'
    """

    full_value: Annotated[Value, Range(0, 10, unit="value", label="value of a perfect fit", symbol="u0", step=0.1)] = (
        1.0
    )
    taste_variance: Annotated[
        Value, Range(0.01, 100, unit="taste²", label="variance of ideal points", symbol="s0²", step=0.1)
    ] = 1.0
    noise_variance: Annotated[
        Value, Range(0.01, 100, unit="taste²", label="variance of the noise of a signal", symbol="σ_e²", step=0.1)
    ] = 2.0
    privacy_cost: Annotated[
        Value, Range(0, 10, unit="value per signal", label="cost of disclosing one signal", symbol="ψ")
    ] = 0.1

    def __post_init__(self) -> None:
        validate(self)


def noise_ratio(parameters: TailoringParameters) -> Array:
    """Return k: how many signals it takes to reach half of the full value; (...)."""
    return np.asarray(parameters.noise_variance / np.asarray(parameters.taste_variance))


def tailoring_error(parameters: TailoringParameters, information: ArrayLike) -> Array:
    """Return the mean squared distance of the offer to the consumer's ideal point, eq. (11); (...).

    Raises
    ------
    ParameterError
        If `information` is negative or not a number.
    """
    n = read_state("information", information, INFORMATION)
    with np.errstate(over="ignore"):
        return np.asarray(parameters.taste_variance / (1.0 + n / noise_ratio(parameters)))


def tailored_value(parameters: TailoringParameters, information: ArrayLike) -> Array:
    """Return the expected value of the tailored offer, V_T(n) = u0 n / (n + k), eq. (11); (...).

    Raises
    ------
    ParameterError
        If `information` is negative or not a number.
    """
    n = read_state("information", information, INFORMATION)
    with np.errstate(divide="ignore", over="ignore"):
        return np.asarray(parameters.full_value / (1.0 + noise_ratio(parameters) / n))


def tailoring_net(parameters: TailoringParameters, information: ArrayLike) -> Array:
    """Return the expected value minus the cost of disclosure, V_T(n) - ψ n, eq. (11); (...).

    Raises
    ------
    ParameterError
        If `information` is negative or not a number.
    """
    n = read_state("information", information, INFORMATION)
    cost, n = np.broadcast_arrays(np.asarray(parameters.privacy_cost), n)
    with np.errstate(over="ignore"):
        paid = np.multiply(cost, n, where=cost > 0, out=np.zeros(n.shape))  # telling everything for free costs nothing
    return np.asarray(tailored_value(parameters, n) - paid)


def best_information(parameters: TailoringParameters) -> Array:
    """Return how much information is best for the consumer, n* of eq. (12); (...).

    Returns
    -------
    array (...)
        0 where disclosure is not worth it; infinite where it costs nothing and a fit has a value.
    """
    k = noise_ratio(parameters)
    with np.errstate(divide="ignore", invalid="ignore"):
        best = k * (np.sqrt(parameters.full_value) / np.sqrt(parameters.privacy_cost * k) - 1.0)
    return np.where(is_disclosing(parameters), best, 0.0)


def best_tailoring_net(parameters: TailoringParameters) -> Array:
    """Return the largest net value, (√u0 - √(ψk))² of eq. (12), 0 where disclosure is not worth it; (...).

    With a privacy cost of 0 it is u0, which no finite information quite reaches.
    """
    root = np.sqrt(parameters.full_value) - np.sqrt(parameters.privacy_cost * noise_ratio(parameters))
    return np.where(is_disclosing(parameters), root**2, 0.0)


def is_disclosing(parameters: TailoringParameters) -> NDArray[np.bool_]:
    """Tell whether a consumer discloses anything at all: u0 > ψk; (...). Indifferent consumers do not."""
    return np.asarray(parameters.full_value > np.asarray(parameters.privacy_cost * noise_ratio(parameters)))


def entry_information(stage: ArrayLike, stages: int, signals_per_stage: ArrayLike = 1.0) -> Array:
    """Return the information from a consumer who enters at a stage of development and stays, n1 (J - j + 1); (...).

    Parameters
    ----------
    stage : int or array (...)
        Stage of entry j, from 1 (the first idea) to `stages`.
    stages : int
        Number of stages J.
    signals_per_stage : float or array (...)
        Signals given in each stage, n1.

    Raises
    ------
    ParameterError
        If a stage is no whole number from 1 to `stages`, or the signals are negative.
    """
    last = whole_number("stages", stages, low=1)
    entered = read_state("stage", stage, Range(1, last, unit="stage", whole=True))
    per_stage = read_state("signals_per_stage", signals_per_stage, Range(0, 1e9, unit="signals"))
    return np.asarray(per_stage * (last - entered + 1.0))


def offer_value(parameters: TailoringParameters, offer: ArrayLike, ideal: ArrayLike) -> Array:
    """Return the value of one offer to one consumer, u0 (1 - (offer - ideal)² / s0²); (...), negative if it misses far.

    Only the consumer's ideal point counts. The mean over consumers is V_T(n) if the offer is the best guess after n
    signals.

    Raises
    ------
    ParameterError
        If a place is not a number or lies beyond ±1e9.
    """
    distance = read_state("offer", offer, TASTE) - read_state("ideal", ideal, TASTE)
    return np.asarray(parameters.full_value * (1.0 - distance**2 / parameters.taste_variance))


def learning_step(
    guess: ArrayLike, uncertainty: ArrayLike, signal: ArrayLike, parameters: TailoringParameters
) -> tuple[Array, Array]:
    """Return the producer's guess and its variance after one more signal, by Bayes' rule; both (...).

    Parameters
    ----------
    guess, uncertainty : array (...)
        Mean and variance of what the producer believes about the ideal point. Not modified.
    signal : array (...)
        Ideal point plus noise.
    parameters : TailoringParameters
        Fields broadcast with the others.

    Raises
    ------
    ParameterError
        If an argument is not a number or outside its range.
    """
    now, heard = read_state("guess", guess, TASTE), read_state("signal", signal, TASTE)
    before = read_state("uncertainty", uncertainty, Range(0, 100, unit="taste²"))
    gain = before / (before + parameters.noise_variance)
    return np.asarray(now + gain * (heard - now)), np.asarray((1.0 - gain) * before)


def sample_learning(
    parameters: TailoringParameters, signals: int, *, consumers: int = 1, rng: np.random.Generator
) -> Array:
    """Draw consumers and let the producer learn their ideal points, signal by signal.

    Parameters
    ----------
    parameters : TailoringParameters
        Fields (...).
    signals : int
        Signals per consumer, T.
    consumers : int
        Consumers per scenario.
    rng : numpy.random.Generator
        Required.

    Returns
    -------
    array (..., consumers, T+1)
        Distance of the offer to the ideal point after 0 ... T signals, with its sign. The mean square over consumers
        tends to `tailoring_error`.

    Raises
    ------
    ParameterError
        If `signals` or `consumers` is no whole number, or `rng` no generator.
    """
    generator = random_generator(rng)
    periods, each = whole_number("signals", signals), whole_number("consumers", consumers, low=1)
    taste, noise = np.broadcast_arrays(parameters.taste_variance, parameters.noise_variance)
    shape = (each, *taste.shape)  # consumers come first, so that scenarios meet the fields
    ideal = np.sqrt(taste) * generator.standard_normal(shape)
    guess, uncertainty = np.zeros(shape), np.asarray(taste)
    misses = [guess - ideal]
    for _ in range(periods):
        signal = ideal + np.sqrt(noise) * generator.standard_normal(shape)
        guess, uncertainty = learning_step(guess, uncertainty, signal, parameters)
        misses.append(guess - ideal)
    return np.moveaxis(np.stack(misses, axis=-1), 0, -2)
