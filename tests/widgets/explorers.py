"""Every explorer, and the case that it is tried with; None where no case has presets for its model."""

from cocreate_teach import widgets

CASES = {"participation": "bank", "voice": "bank"}
EXPLORERS = {name: getattr(widgets, name) for name in widgets.__all__}
WITH_CASE = [name for name in EXPLORERS if CASES[name]]
