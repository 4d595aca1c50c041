"""The public face of the models."""

from importlib import import_module
from pathlib import Path

import pytest

from cocreate_teach import models

MODULES = sorted(path.stem for path in Path(models.__file__).parent.glob("[a-z]*.py"))
SHARED_BETWEEN_MODULES = {
    "parameters": {
        "as_value", "caution", "last_axis", "name_faults", "random_generator", "read_state", "read_value",
        "scenario_faults", "validate", "value_faults", "whole_number",
    },
    "progress": {"is_stopped"},
    "pledges": {"check_weights", "evenness", "quality"},
    "involvement_state": {"both_sides", "scenarios_of"},
    "spheres": {"elasticity_faults"},
    "circle": {"place_of"},
    "engagement": {"engagement_state"},
    "bass_curves": {"Search", "best_curve", "curve", "curve_from"},
    "fit_results": {"fit_result", "shown"},
    "edits": {"log_gamma_ratio"},
}  # fmt: skip


def test_every_name_of_the_public_face_exists_once():
    """`__all__` promises nothing that is not there."""
    assert len(set(models.__all__)) == len(models.__all__)
    assert all(hasattr(models, name) for name in models.__all__)


def test_no_name_of_the_public_face_hides_a_module():
    """`models.adoption.fit_bass` must lead to the module, whatever else is exported."""
    assert not set(MODULES) & set(models.__all__)


@pytest.mark.parametrize("module", MODULES)
def test_every_function_and_class_of_a_model_is_public(module):
    """A function that nobody can reach is one that nobody uses; what only modules share is listed."""
    full = f"cocreate_teach.models.{module}"
    defined = {
        name
        for name, thing in vars(import_module(full)).items()
        if not name.startswith("_") and getattr(thing, "__module__", None) == full
    }
    shared = SHARED_BETWEEN_MODULES.get(module, set())
    assert shared <= defined
    assert defined - shared <= set(models.__all__)


def test_fitting_is_reached_where_adoption_is():
    """The address that lessons use."""
    assert models.adoption.fit_bass is models.fit_bass
