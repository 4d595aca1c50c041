"""Who gets what: the Nash split of what is created, its price, and the ledger (docs/models/value.md, M2-V).

The split *assumes* that both sides know the surplus, may pay each other, and that a side which could do better alone
makes no deal. Who has more bargaining power is put in, not found. Sources: Nash, J. F. (1950), The bargaining problem,
Econometrica 18, 155-162 (bibliographic record seen); linear division for the unequal case: Danthine, S. & Navarro, N.
(2013), Economics Bulletin 33(4), 2840-2850 (abstract seen). Price and ledger are ours; their lines are those of Text B.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import (
    SIDES,
    Array,
    Range,
    consumer_producer,
    last_axis,
    read_state,
    scenario_faults,
)
from cocreate_teach.models.spheres import SphereParameters, realised_value, sphere_costs, sphere_surplus, sphere_values

BARGAINING_POWER: Final = Range(0, 1, unit="share", label="bargaining power of the consumer", symbol="γ")
DISAGREEMENT: Final = Range(0, 1e100, unit="value", label="what each side gets alone", symbol="d", each=SIDES)
SURPLUS: Final = Range(-1e100, 1e100, unit="value", label="surplus", symbol="Π")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class LedgerLine:
    """One line of what a side puts in or gets.

    Parameters
    ----------
    side : str
        "consumer" or "producer".
    entry : str
        "puts in" or "gets".
    what : str
        In the words of Text B, shortened.
    amount : array (...) or None
        In units of value. None: the line names what is gained, and any number would be invented.
    """

    side: str
    entry: str
    what: str
    amount: Array | None = None


def nash_split(surplus: ArrayLike, disagreement: ArrayLike = 0.0, bargaining_power: ArrayLike = 0.5) -> Array:
    """Return what each side captures: what it gets alone, plus its part of the gain from a deal.

    Parameters
    ----------
    surplus : float or array (...)
        Value minus costs with a deal; may be negative.
    disagreement : array (..., 2)
        What consumer and producer get without a deal, 0 or more; one number stands for both.
    bargaining_power : float or array (...)
        Consumer's share of the gain, in [0, 1].

    Returns
    -------
    array (..., 2)
        Value captured by consumer and producer. Without a deal exactly `disagreement`.

    Raises
    ------
    ParameterError
        If an argument lies outside its range or the scenarios do not match.

    Notes
    -----
    Eq. (8).

    Examples
    --------
    One euro; the first side has 0.40 without a deal.

    >>> " ".join(f"{captured:.2f}" for captured in nash_split(1.0, [0.4, 0.0]))
    '0.70 0.30'
    """
    total, alone, power = _bargain(surplus, disagreement, bargaining_power)
    gain = np.maximum(total - alone.sum(axis=-1), 0.0)  # no deal: nothing is gained, nobody falls below what it has
    return np.asarray(alone + last_axis(gain) * consumer_producer(power, 1.0 - power))


def has_deal(surplus: ArrayLike, disagreement: ArrayLike = 0.0) -> NDArray[np.bool_]:
    """Tell whether the surplus is at least what both sides get alone; (...).

    Raises
    ------
    ParameterError
        If an argument lies outside its range or the scenarios do not match.
    """
    total, alone, _ = _bargain(surplus, disagreement, 0.5)
    return np.asarray(total >= alone.sum(axis=-1))


def individual_use(parameters: SphereParameters) -> Array:
    """Return what each side gets alone, from its own sphere with the investment that is best for it; (..., 2).

    Notes
    -----
    max over x in [0, 1] of a x^η - κ x, reached at x = min(1, (η a / κ)^{1/(1-η)}); a² / (4κ) for η = ½ inside. The
    producer's a counts as far as it is used. Without direct interaction nobody can do better together.
    """
    curvature = last_axis(parameters.curvature)
    strength = consumer_producer(
        parameters.consumer_strength, parameters.usage * np.asarray(parameters.producer_strength)
    )
    cost = consumer_producer(parameters.consumer_cost, parameters.producer_cost)
    steepness, cost, strength = np.broadcast_arrays(curvature * strength, cost, strength)
    with np.errstate(divide="ignore", over="ignore"):
        ratio = np.divide(steepness, cost, where=cost > 0, out=np.where(steepness > 0, np.inf, 0.0))
        best = np.minimum(ratio ** (1.0 / (1.0 - curvature)), 1.0)
    return np.asarray(np.maximum(strength * best**curvature - cost * best, 0.0))  # staying out costs nothing


def is_cocreating(parameters: SphereParameters, disagreement: ArrayLike | None = None) -> NDArray[np.bool_]:
    """Tell whether both sides create value together: there is joint value, and a deal that both accept; (...).

    Parameters
    ----------
    parameters : SphereParameters
        See there.
    disagreement : array (..., 2), optional
        What each side gets alone; `individual_use` if not given.

    Raises
    ------
    ParameterError
        If `disagreement` lies outside its range.
    """
    joint = sphere_values(parameters)[..., 1]
    return np.asarray((joint > 0) & has_deal(sphere_surplus(parameters), _alone(parameters, disagreement)))


def acceptable_prices(parameters: SphereParameters, disagreement: ArrayLike | None = None) -> Array:
    """Return the lowest price that the producer accepts and the highest that the consumer accepts; (..., 2).

    Raises
    ------
    ParameterError
        If `disagreement` lies outside its range.

    Notes
    -----
    All value arises in use, so the consumer has it and pays: from K_p + d_p up to V - K_c - d_c. The first is above the
    second exactly where there is no deal.
    """
    alone = _alone(parameters, disagreement)
    costs = sphere_costs(parameters)
    lowest = costs[..., 1] + alone[..., 1]
    return np.stack(np.broadcast_arrays(lowest, realised_value(parameters) - costs[..., 0] - alone[..., 0]), axis=-1)


def agreed_price(
    parameters: SphereParameters, disagreement: ArrayLike | None = None, bargaining_power: ArrayLike = 0.5
) -> Array:
    """Return the price that carries out the Nash split; (...), nan where there is no deal.

    Raises
    ------
    ParameterError
        If an argument lies outside its range.

    Notes
    -----
    γ lowest + (1 - γ) highest acceptable price: the consumer's bargaining power pulls it down.
    """
    total, alone, power = _bargain(sphere_surplus(parameters), _alone(parameters, disagreement), bargaining_power)
    lowest, highest = np.moveaxis(acceptable_prices(parameters, alone), -1, 0)
    return np.where(has_deal(total, alone), power * lowest + (1.0 - power) * highest, np.nan)


def ledger(
    parameters: SphereParameters, disagreement: ArrayLike | None = None, bargaining_power: ArrayLike = 0.5
) -> tuple[LedgerLine, ...]:
    """Return who puts in what and who gets what, line by line.

    Parameters
    ----------
    parameters : SphereParameters
        See there.
    disagreement : array (..., 2), optional
        What each side gets alone; `individual_use` if not given.
    bargaining_power : float or array (...)
        Consumer's share of the gain, in [0, 1].

    Returns
    -------
    tuple of LedgerLine
        Lines with an amount (...) add up to `nash_split`; the others say who gains what, without a number.

    Raises
    ------
    ParameterError
        If an argument lies outside its range.
    """
    alone = _alone(parameters, disagreement)
    deal = has_deal(sphere_surplus(parameters), alone)
    price = agreed_price(parameters, alone, bargaining_power)
    costs = sphere_costs(parameters)
    risk = np.asarray(parameters.privacy_cost) * parameters.disclosure

    def in_deal(amount: Array) -> Array:
        return np.asarray(np.where(deal, amount, 0.0))

    def line(side: str, entry: str, what: str, amount: Array | None = None) -> LedgerLine:
        return LedgerLine(side=side, entry=entry, what=what, amount=amount)

    return (
        line("consumer", "puts in", "time, information, ideas", in_deal(costs[..., 0] - risk)),
        line("consumer", "puts in", "risk of disclosing personal data", in_deal(risk)),
        line("consumer", "puts in", "price", in_deal(price)),
        line("consumer", "gets", "value in use, tailored to each person", in_deal(realised_value(parameters))),
        line("consumer", "gets", "without a deal: what it has alone", np.where(deal, 0.0, alone[..., 0])),
        line("producer", "puts in", "people, infrastructure, networks, communication", in_deal(costs[..., 1])),
        line("producer", "gets", "price", in_deal(price)),
        line("producer", "gets", "customer knowledge"),
        line("producer", "gets", "market"),
        line("producer", "gets", "knowing the values that customers expect"),
        line("producer", "gets", "ways of communication and delivery"),
        line("producer", "gets", "without a deal: what it has alone", np.where(deal, 0.0, alone[..., 1])),
    )


def ledger_balance(lines: tuple[LedgerLine, ...]) -> Array:
    """Return what each side gets minus what it puts in, over the lines that have an amount; (..., 2)."""
    totals = []
    for side in SIDES:
        signs = [(1.0 if line.entry == "gets" else -1.0, line) for line in lines if line.side == side]
        totals.append(np.asarray(sum(sign * line.amount for sign, line in signs if line.amount is not None)))
    return consumer_producer(*totals)


def _alone(parameters: SphereParameters, disagreement: ArrayLike | None) -> Array:
    if disagreement is None:
        return individual_use(parameters)
    alone = read_state("disagreement", disagreement, DISAGREEMENT)
    _check_scenarios(sphere_surplus(parameters).shape, alone.shape[:-1])
    return alone


def _bargain(surplus: ArrayLike, disagreement: ArrayLike, bargaining_power: ArrayLike) -> tuple[Array, Array, Array]:
    total = read_state("surplus", surplus, SURPLUS)
    alone = read_state("disagreement", disagreement, DISAGREEMENT)
    power = read_state("bargaining_power", bargaining_power, BARGAINING_POWER)
    _check_scenarios(total.shape, alone.shape[:-1], power.shape)
    return total, alone, power


def _check_scenarios(*shapes: tuple[int, ...]) -> None:
    faults = scenario_faults(shapes)
    if faults:
        raise ParameterError(faults)
