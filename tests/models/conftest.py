"""The bank before and after the product, with numbers chosen to show a behaviour (status: illustrative)."""

from collections.abc import Callable

import pytest

from cocreate_teach.models import ParticipationParameters, participation_parameters

NAMES = ("customer", "junior adviser", "senior adviser", "management")


def bank(customer_junior: float, costs: tuple[float, ...] = (0.9, 1.0, 1.0, 0.4)) -> ParticipationParameters:
    customer, junior, senior, management = NAMES
    return participation_parameters(
        NAMES,
        cost=dict(zip(NAMES, costs, strict=True)),
        synergy={
            (customer, senior): 3.0,
            (junior, senior): 0.5,
            (senior, management): 1.0,
            (junior, management): 0.5,
            (customer, junior): customer_junior,
        },
    )


@pytest.fixture
def before() -> ParticipationParameters:
    """Return the bank before the product: customers and juniors can do little together."""
    return bank(0.5)


@pytest.fixture
def after() -> ParticipationParameters:
    """Return the bank after the product."""
    return bank(3.0)


@pytest.fixture
def bank_with() -> Callable[..., ParticipationParameters]:
    """Build the bank with any synergy of customer and junior, and any costs."""
    return bank
