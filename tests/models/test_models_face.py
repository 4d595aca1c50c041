"""The public face of the models."""

from importlib import import_module

import pytest

from cocreate_teach import models

MODULES = ("circle", "participation", "shapley", "remedies", "engagement", "cocreation")
SHARED_BETWEEN_MODULES = {"place_of", "per_stakeholder", "engagement_state"}


def test_every_name_of_the_public_face_exists_once():
    """`__all__` promises nothing that is not there."""
    assert len(set(models.__all__)) == len(models.__all__)
    assert all(hasattr(models, name) for name in models.__all__)


@pytest.mark.parametrize("module", MODULES)
def test_every_function_and_class_of_a_model_is_public(module):
    """A function that nobody can reach is one that nobody uses."""
    full = f"cocreate_teach.models.{module}"
    defined = {
        name
        for name, thing in vars(import_module(full)).items()
        if not name.startswith("_") and getattr(thing, "__module__", None) == full
    }
    assert defined
    assert defined - SHARED_BETWEEN_MODULES <= set(models.__all__)
