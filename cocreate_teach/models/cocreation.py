"""Co-creation inside an organisation, and what it carries outside (docs/models/engagement.md, M4).

Assumed, as Text A claims: without co-creation inside there is none with customers; employees who only follow
orders have a mediocre experience. The equations are ours.
"""

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.engagement import EngagementParameters, engagement_state
from cocreate_teach.models.parameters import Array, Range, last_axis, read_state, read_value


def internal_cocreation(engagement: ArrayLike, parameters: EngagementParameters) -> Array:
    """Return the mean engagement of those inside the organisation, IC of eq. (20); (..., k) becomes (...).

    Raises
    ------
    ParameterError
        If `engagement` is not a state (..., k) in [0, 1].
    """
    return np.asarray(engagement_state(engagement, parameters)[..., np.array(parameters.is_internal)].mean(axis=-1))


def external_potential(engagement: ArrayLike, parameters: EngagementParameters) -> Array:
    """Return the mean engagement of those outside the organisation, eq. (20); (..., k) becomes (...).

    Raises
    ------
    ParameterError
        If `engagement` is not a state (..., k) in [0, 1].
    """
    return np.asarray(engagement_state(engagement, parameters)[..., ~np.array(parameters.is_internal)].mean(axis=-1))


def external_cocreation(engagement: ArrayLike, parameters: EngagementParameters) -> Array:
    """Return co-creation with those outside, as far as co-creation inside carries it, EXT of eq. (20); (...) in [0, 1].

    Leading axes of `engagement` (periods, scenarios) must broadcast with those of `leverage`.

    Raises
    ------
    ParameterError
        If `engagement` is not a state (..., k) in [0, 1].

    Examples
    --------
    >>> from cocreate_teach.models import ENGAGEMENT_EXAMPLE, engagement_equilibrium
    >>> settled = engagement_equilibrium(ENGAGEMENT_EXAMPLE)
    >>> f"{external_cocreation(settled, ENGAGEMENT_EXAMPLE):.3f}"
    '0.270'
    """
    inside = internal_cocreation(engagement, parameters)
    return np.asarray(external_potential(engagement, parameters) * inside**parameters.leverage, dtype=np.float64)


def department_diversity(contacts: ArrayLike) -> Array:
    """Tell how evenly somebody's contacts spread over departments, H; contacts (..., n), result (...) in [0, 1].

    Parameters
    ----------
    contacts : array (..., n)
        Counts or shares of contacts with each of n >= 2 departments, not negative.

    Returns
    -------
    array (...)
        0 if all contacts are with one department or there are none, 1 if all departments are equal.

    Raises
    ------
    ParameterError
        If there are fewer than two departments, or a count is negative or not a number.

    Notes
    -----
    1 - (sum of squared shares), divided by its largest value 1 - 1/n.

    Examples
    --------
    >>> [f"{spread:.2f}" for spread in department_diversity([[10, 0, 0], [5, 5, 0], [4, 4, 4]])]
    ['0.00', '0.75', '1.00']
    """
    faults: list[str] = []
    value = read_value("contacts", contacts, Range(0, 1e9, unit="contacts"), faults)
    if value is not None and np.shape(value)[-1:] < (2,):
        faults.append(f"contacts must end in an axis of at least 2 departments; got shape {np.shape(value)}")
    if faults or value is None:
        raise ParameterError(faults)
    counts = np.asarray(value)
    total = counts.sum(axis=-1, keepdims=True)
    shares = np.divide(counts, total, out=np.zeros(counts.shape), where=total > 0)
    spread = (1.0 - (shares**2).sum(axis=-1)) / (1.0 - 1.0 / counts.shape[-1])
    return np.where(total[..., 0] > 0, spread, 0.0)


def experience(parameters: EngagementParameters, diversity: ArrayLike) -> Array:
    """Return the experience of employees, X: the floor, plus what autonomy and varied contacts add.

    Parameters
    ----------
    parameters : EngagementParameters
        Autonomy is 1 - centralisation.
    diversity : float or array (..., n)
        `department_diversity` of n employees; one number stands for one employee.

    Returns
    -------
    array
        (..., n), or (...) if `diversity` is one number; shares in [0, 1].

    Raises
    ------
    ParameterError
        If a diversity lies outside [0, 1].

    Notes
    -----
    X = x0 + (1 - x0) (1 - Z) H.
    """
    spread = read_state("diversity", diversity, Range(0, 1, unit="share"))
    many = np.ndim(spread) > 0
    floor = last_axis(parameters.experience_floor) if many else np.asarray(parameters.experience_floor)
    autonomy = 1.0 - (last_axis(parameters.centralisation) if many else np.asarray(parameters.centralisation))
    return np.asarray(floor + (1.0 - floor) * autonomy * spread, dtype=np.float64)
