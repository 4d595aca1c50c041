"""Four pairs of a consumer and a producer to start from (docs/models/involvement.md, M1).

All numbers are *illustrative*: chosen to show a behaviour. The course texts give none, and nobody measured these.
"""

from typing import Final

import numpy as np

from cocreate_teach.models.involvement_state import InvolvementParameters
from cocreate_teach.models.parameters import consumer_producer
from cocreate_teach.models.pledges import PRODUCER_RESOURCES, investment_volume

EXAMPLE_DYAD: Final = InvolvementParameters(investment=np.array([0.6, 0.4]))
"""A consumer who puts in more than the producer, all else at its default (status: illustrative)."""

BANK_DYAD: Final = InvolvementParameters(
    investment=consumer_producer(
        investment_volume([0.3, 0.7, 0.1, 0.7]),  # time, information, ideas, data risk: much disclosed, little said
        investment_volume([0.6, 0.3, 0.2, 0.5], names=PRODUCER_RESOURCES),  # people, material, networks, communication
    ),
    benefit_share=np.array([0.55, 0.65]),
    trust=0.6,
    alternatives=0.3,
    drift=0.03,
    baseline_risk=np.array([0.7, 0.4]),
    baseline_exit=0.15,
)
"""Client and adviser of a bank: similar investments, half-hearted trust, few changes of bank (status: illustrative)."""

BURBERRY_DYAD: Final = InvolvementParameters(
    investment=consumer_producer(
        investment_volume([0.6, 0.4, 0.5, 0.1]),
        investment_volume([0.6, 0.7, 0.6, 0.9], names=PRODUCER_RESOURCES),
    ),
    benefit_share=np.array([0.65, 0.6]),
    communication=0.5,
    alternatives=1.0,
    drift=0.15,
    baseline_risk=np.array([0.2, 0.4]),
)
"""A fan and a fashion brand: the brand puts in more and talks much; fashions and rivals pull (status: illustrative)."""

CAPTIVE_DYAD: Final = InvolvementParameters(investment=np.array([0.8, 0.1]), trust=0.3, drift=0.15)
"""A customer who has put in much with a producer who has not, and trusts little (status: illustrative)."""
