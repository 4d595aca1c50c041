"""What can be read off a business model (docs/models/business_model.md, M5).

Span and bottleneck come first: they need no more than counting and comparing. Freeman's centralisation, the
Herfindahl-Hirschman index and the Jaccard distance are optional. All of them *describe* a network; none says that more
of it is better. That they stand for the four themes of Zott and Amit is our choice of indicators, not theirs.

Sources: Zott & Amit (2010), Long Range Planning 43, 216-226: novelty, lock-in, complementarities, efficiency (abstract
seen). Freeman (1979), Social Networks 1(3), 215-239 (definition seen as cited). The indicators of the themes are ours.
"""

from collections.abc import Collection
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.activities import BusinessModel
from cocreate_teach.models.capability import STEPS
from cocreate_teach.models.parameters import Array

NICE_THEMES: Final = ("novelty", "lock-in", "complementarity", "efficiency")
"""The last axis of `nice_themes`."""


# Span and bottleneck


def boundary_span(model: BusinessModel, by_volume: bool = False) -> Array:
    """Return the share of links (or of all transactions) that pass from one owner to another; (...), 0 without any.

    Parameters
    ----------
    model : BusinessModel
        See there.
    by_volume : bool
        Weigh each link by its volume instead of counting all links the same.
    """
    owners = np.array(model.owners)
    sources, targets = _ends(model)
    return _share_of_links(model, owners[sources] != owners[targets], by_volume)


def step_capabilities(model: BusinessModel) -> Array:
    """Return the capability of sourcing, production and delivery, for `CapabilityParameters`; (..., 3).

    Activities of one step are all needed, so the weakest counts. Those that can stand in for each other (two suppliers
    of the same thing) are one activity here, with the sum of their capabilities.

    Raises
    ------
    ParameterError
        If a step has no activity.
    """
    steps = np.array(model.steps)
    missing = [step for step in STEPS if step not in model.steps]
    if missing:
        raise ParameterError(
            [f"step {step!r} has no activity; give one this step and a capability" for step in missing]
        )
    able = np.asarray(model.capability)
    return np.stack([able[..., steps == step].min(axis=-1) for step in STEPS], axis=-1)


def bottleneck_activity(model: BusinessModel) -> NDArray[np.str_]:
    """Return the activity with the smallest capability of all that are part of a step, the first if several tie; (...).

    Raises
    ------
    ParameterError
        If a step has no activity.
    """
    step_capabilities(model)
    able = np.where(np.array(model.steps) == "", np.inf, model.capability)
    return np.asarray(np.array(model.activities)[able.argmin(axis=-1)])


# Content: which activities


def customer_facing_share(model: BusinessModel) -> float:
    """Return the share of activities linked with an activity of kind "customer", among those that are not; 0 if none.

    Notes
    -----
    The direction of a link does not matter.
    """
    is_customer = np.array([kind == "customer" for kind in model.kinds])
    if is_customer.all():
        return 0.0
    faces = np.asarray(_neighbours(model)[:, is_customer].any(axis=-1))
    return float(faces[~is_customer].mean())


def novelty(model: BusinessModel, reference: Collection[str]) -> float:
    """Return how much the set of activities differs from another one: 1 - Jaccard index, in [0, 1].

    Parameters
    ----------
    model : BusinessModel
        See there.
    reference : collection of str
        Names of activities that are usual, such as ``other.activities``. The same activity needs the same name.

    Raises
    ------
    ParameterError
        If `reference` is a single text.
    """
    if isinstance(reference, str):
        raise ParameterError(f"reference must be several names of activities; got the text {reference!r}")
    here, there = set(model.activities), set(reference)
    return 1.0 - len(here & there) / len(here | there)


# Structure: how they are linked


def link_density(model: BusinessModel) -> float:
    """Return the share of possible links that exist, m / (n (n - 1)); 0 for a single activity."""
    n = len(model.activities)
    return len(model.links) / (n * (n - 1)) if n > 1 else 0.0


def link_reciprocity(model: BusinessModel) -> float:
    """Return the share of links that have a link in the other direction; 0 without links."""
    links = set(model.links)
    return sum((target, source) in links for source, target in links) / len(links) if links else 0.0


def link_centralisation(model: BusinessModel) -> float:
    """Return how far links gather at one activity, 1 for a star, 0 if all have the same number; 0 if n < 3.

    Notes
    -----
    Freeman's degree centralisation, sum of (largest degree - degree) / ((n - 1)(n - 2)), directions ignored. Not the
    centralisation of decisions (M4).
    """
    n = len(model.activities)
    degrees = _neighbours(model).sum(axis=-1)
    return float((degrees.max() - degrees).sum() / ((n - 1) * (n - 2))) if n > 2 else 0.0


# Governance: who controls them


def control_shares(model: BusinessModel) -> Array:
    """Return the share of value that each stakeholder controls, in the order of ``model.stakeholders``; (..., s).

    If no activity has a value, all of them count the same.
    """
    value = np.asarray(model.value)
    total = value.sum(axis=-1, keepdims=True)
    weights = np.divide(value, total, out=np.full(value.shape, 1 / len(model.activities)), where=total > 0)
    holds = np.array(model.controllers)[:, np.newaxis] == np.array(model.stakeholders)
    return np.asarray(weights @ holds.astype(np.float64))


def controlled_share(model: BusinessModel, stakeholder: str) -> Array:
    """Return the share of value that one stakeholder controls, such as the customer; (...).

    Raises
    ------
    ParameterError
        If there is no such stakeholder.
    """
    if stakeholder not in model.stakeholders:
        raise ParameterError(f"{stakeholder!r} is not a stakeholder; choose from {', '.join(model.stakeholders)}")
    return np.asarray(control_shares(model)[..., model.stakeholders.index(stakeholder)])


def control_concentration(model: BusinessModel) -> Array:
    """Return the Herfindahl-Hirschman index of control, the sum of squared `control_shares`; (...).

    Notes
    -----
    1 if one stakeholder controls everything, 1/k if k control the same share each.
    """
    return np.asarray((control_shares(model) ** 2).sum(axis=-1))


def governance_participation(model: BusinessModel) -> Array:
    """Return how widely control is spread, 1 - `control_concentration`; (...)."""
    return np.asarray(1.0 - control_concentration(model))


# Value, and the four themes


def business_value(model: BusinessModel) -> Array:
    """Return the value that activities and links create together; (...)."""
    return np.asarray(np.sum(model.value, axis=-1) + np.sum(model.synergy, axis=-1))


def transaction_costs(model: BusinessModel) -> Array:
    """Return the cost of all transactions, volume times cost of one; (...)."""
    return np.asarray(np.sum(model.volume * model.transaction_cost, axis=-1))


def business_surplus(model: BusinessModel) -> Array:
    """Return value minus the costs of activities and transactions; (...), negative if the model destroys value."""
    return np.asarray(business_value(model) - np.sum(model.cost, axis=-1) - transaction_costs(model))


def lock_in_share(model: BusinessModel, by_volume: bool = False) -> Array:
    """Return the share of links (or of all transactions) that are made for one relation only; (...), 0 without any."""
    return _share_of_links(model, np.array(model.is_specific, dtype=np.bool_), by_volume)


def complementarity_share(model: BusinessModel) -> Array:
    """Return the share of all value that arises from links, not from single activities; (...), 0 without value."""
    return _over(np.sum(model.synergy, axis=-1), business_value(model))


def transaction_efficiency(model: BusinessModel) -> Array:
    """Return the share of all value that transactions leave over; (...), at most 1, 0 without value.

    Negative if transactions cost more than the whole network creates.
    """
    value = business_value(model)
    return _over(value - transaction_costs(model), value)


def nice_themes(model: BusinessModel, reference: Collection[str]) -> Array:
    """Return the indicators of `NICE_THEMES`: novelty, lock-in, complementarity, efficiency; (..., 4).

    Raises
    ------
    ParameterError
        If `reference` is a single text.
    """
    from_numbers = (lock_in_share(model), complementarity_share(model), transaction_efficiency(model))
    return np.stack(np.broadcast_arrays(novelty(model, reference), *from_numbers), axis=-1)


def _ends(model: BusinessModel) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of the activities at which links start and end, (m,) each."""
    place = {name: i for i, name in enumerate(model.activities)}
    ends = np.array([(place[source], place[target]) for source, target in model.links], dtype=np.intp).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _neighbours(model: BusinessModel) -> NDArray[np.bool_]:
    """Tell which activities are linked in either direction, (n, n)."""
    linked = np.zeros((len(model.activities),) * 2, dtype=np.bool_)
    linked[_ends(model)] = True
    return np.asarray(linked | linked.T)


def _share_of_links(model: BusinessModel, marked: NDArray[np.bool_], by_volume: bool) -> Array:
    volume = np.asarray(model.volume)
    weights = volume if by_volume else np.ones(volume.shape)
    return _over((weights * marked).sum(axis=-1), weights.sum(axis=-1))


def _over(part: Array, whole: Array) -> Array:
    """Divide, with 0 where the whole is 0."""
    with np.errstate(over="ignore"):  # costs without end over almost no value: minus infinity is the right answer
        return np.asarray(np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0))
