"""Random parameters, states and scenarios of the involvement model, for several test files."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from cocreate_teach.models.involvement_dynamics import involvement_start
from cocreate_teach.models.involvement_state import InvolvementParameters
from cocreate_teach.models.parameters import ranges
from tests.strategies import parameters_of

SHARES = st.floats(0, 1, allow_subnormal=False) | st.sampled_from([0.0, 1.0])
CLOSE = 1e-12
a_few = settings(max_examples=15)  # each of dozens of scenarios, many of them in the corners


def _normalised(raw):
    total = sum(raw)
    return np.array(raw) / total if total > 1e-3 else np.full(3, 1 / 3)


WEIGHTS = st.lists(SHARES, min_size=3, max_size=3).map(_normalised)


def dyads(**fixed):
    """Parameters from the whole declared range, ends included, with weights that sum to 1."""
    return parameters_of(InvolvementParameters, **({"component_weights": WEIGHTS} | fixed))


def swapped(described):
    """Exchange consumer and producer in parameters or a state."""
    sides = [name for name, allowed in ranges(described).items() if allowed.each == ("consumer", "producer")]
    return replace(described, **{name: np.flip(getattr(described, name), axis=-1) for name in sides})


def stacked(several):
    """Put parameters (or states) of single scenarios into one, with a leading axis."""
    first = several[0]
    return replace(
        first, **{name: np.stack([np.asarray(getattr(one, name)) for one in several]) for name in ranges(first)}
    )


def arrays(state):
    """Return every array of a state or path with its name."""
    return {field.name: getattr(state, field.name) for field in fields(state)}


def starting(parameters, **shares):
    """Return the start of these parameters with other components."""
    return replace(involvement_start(parameters), **shares)


def many(kind, number, rng, **fixed):
    """Return parameters or a state of many random scenarios; each has its own share of values at an end of a range."""
    drawn = {}
    for name, allowed in ranges(kind).items():
        shape = (number, len(allowed.each) or 1)
        values, ends = rng.uniform(allowed.low, allowed.high, shape), rng.choice([allowed.low, allowed.high], shape)
        chosen = np.where(rng.random(shape) < np.linspace(0, 1, number)[:, np.newaxis], ends, values)
        drawn[name] = chosen if allowed.each else chosen[:, 0]
    if "component_weights" in drawn:
        raw = drawn["component_weights"] + (drawn["component_weights"].sum(axis=-1, keepdims=True) < 1e-3)
        drawn["component_weights"] = raw / raw.sum(axis=-1, keepdims=True)
    return kind(**(drawn | fixed))


def batches(kind=InvolvementParameters, number=40, **fixed):
    """Parameters or states of many random scenarios: much cheaper to draw than one by one."""
    return st.integers(0, 2**32 - 1).map(lambda seed: many(kind, number, np.random.default_rng(seed), **fixed))


@st.composite
def raises(draw, *names, kind=InvolvementParameters, number=60, **fixed):
    """Two times the same scenarios, one field higher in the second, for one side only if both sides have it."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    name = draw(st.sampled_from(names))
    base, other = many(kind, number, rng, **fixed), getattr(many(kind, number, rng), name)
    value = np.broadcast_to(getattr(base, name), other.shape)
    if ranges(kind)[name].each:
        other = np.where(np.arange(2) == draw(st.sampled_from([0, 1])), other, value)
    return tuple(replace(base, **{name: pick(value, other)}) for pick in (np.minimum, np.maximum))


def rises(low, high):
    """Whether nothing falls from `low` to `high`."""
    return bool((np.asarray(high) >= np.asarray(low) - CLOSE).all())
