"""From the choices of a student to involvement over time (M1), for all that a student can choose.

The mapping is the model's own first equation: what a customer puts in is the mean of its four resources
(`models.investment_volume`), and 9 stands for all that one could give. So only the sum of the four numbers matters,
and 37 curves are all there are. Everything else (trust, alternatives, what the firm puts in) is the scenario's, alike
for everybody; the intention to stay is no choice but follows from what both put in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach import models
from cocreate_teach.widgets.round_codes import MOST, RESOURCES

Floats = NDArray[np.float64]

PERIODS: Final = 40
MOST_IN_ALL: Final = MOST * len(RESOURCES)
VOLUMES: Final[Floats] = np.arange(MOST_IN_ALL + 1) / MOST_IN_ALL
"""What a student puts in, by the sum of the four numbers; shape (37,)."""
APART: Final = 0.05
"""Difference of involvement from which a pair is called asymmetric here; ours."""
_SETTING: Final = {"weights": "balanced"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Curves:
    """What the model says for each sum of four numbers, with one firm.

    Parameters
    ----------
    involved : array (37, PERIODS + 1, 2)
        Involvement of student and firm, period by period.
    met : array (37,)
        How far the student's expectations are met in the last period.
    leaves : array (37,)
        Chance that such a student leaves in the last period.
    firm : float
        What the firm puts in.
    """

    involved: Floats
    met: Floats
    leaves: Floats
    firm: float

    @property
    def ends(self) -> Floats:
        """Involvement of the student and the firm in the last period; (37, 2)."""
        return self.involved[:, -1]

    @property
    def apart(self) -> Floats:
        """How much more the student is involved than the firm in the last period; (37,)."""
        return np.asarray(self.ends[:, 0] - self.ends[:, 1])


def curves_of(parameters: models.InvolvementParameters) -> Curves:
    """Return the curves of all students with the firm of these parameters; their own investment is not used.

    Examples
    --------
    >>> found = curves_of(models.CAPTIVE_DYAD)
    >>> [f"{end:.2f}" for end in found.ends[[0, 18, 36], 0]]  # puts in nothing, half, everything
    ['0.09', '0.18', '0.26']
    """
    firm = float(np.broadcast_to(parameters.investment, 2)[1])
    everybody = replace(parameters, investment=models.consumer_producer(VOLUMES, firm))
    path = models.involvement_path(everybody, PERIODS)
    last = models.involvement_at(path, PERIODS)
    return Curves(
        involved=models.involvement(path, everybody),
        met=models.met_expectations(last)[:, 0],
        leaves=models.exit_chance(last, everybody)[:, 0],
        firm=firm,
    )


def in_all(choices: Sequence[int]) -> int:
    """Return the sum of four numbers, the place of a student in `Curves`.

    Examples
    --------
    >>> in_all((5, 3, 8, 2)), float(VOLUMES[18]), float(models.investment_volume(np.array([5, 3, 8, 2]) / MOST))
    (18, 0.5, 0.5)
    """
    return int(sum(choices))
