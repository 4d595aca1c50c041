"""A topic of two points for tests: a place to move, a link to switch, and a size that decides how slow it is."""

import time

import numpy as np

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import Range
from cocreate_teach.widgets.controls import Choice, Scenario, Switch, scenario_choice, slider
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style
from cocreate_teach.widgets.topic import Scene

SHARE = Range(0, 1, unit="share", label="share", step=0.1)
SIZES = (("10", "10"), ("100000", "100,000"), ("1000000", "1,000,000"))
STEPS = 20


class TinyTopic:
    """Asks where the point is, and whether the two are linked."""

    name = "tiny"
    title = "Where is the point?"
    assumption = "This model assumes nothing."
    scenarios = (Scenario(name="first", label="First", status="illustrative", source="chosen", values={}),)

    def __init__(self, seconds=0.0):
        self.seconds = seconds
        self.runs = 0

    @property
    def controls(self):
        return (
            scenario_choice(self.scenarios, "first"),
            slider("x", SHARE, 0.2, label="customer: power"),
            slider("y", SHARE, 0.6, label="customer: interest"),
            Switch(name="link", label="linked", value=1.0, fold="Links"),
            Choice(name="size", label="size", options=SIZES, value="10"),
        )

    @property
    def figure(self):
        handle = Handle(label="customer", x="x", y="y")
        link = Handle(label="Link of the two", switch="link")
        marks = (
            Mark(name="below", kind="area", panel="map", count=4, styles=(Style(colour="#0173b2"),), pinned=True),
            Mark(name="data", kind="dots", panel="log", count=3, styles=(Style(size=6.0, filled=False, marker="D"),)),
            Mark(name="one", kind="points", panel="map", count=1, styles=(Style(marker="o"),), handles=(handle,)),
            Mark(name="link", kind="points", panel="map", count=1, styles=(Style(marker="s"),), handles=(link,)),
        )
        panels = (
            Panel(name="map", title="Map", xlim=(0, 1), ylim=(0, 1)),
            Panel(name="log", title="Log", xlim=(1, 1000), ylim=(0.01, 1), xlog=True, ylog=True),
        )
        boxes = {"map": (30, 30, 200, 200), "log": (280, 30, 180, 200)}
        return LiveFigure(
            panels=panels, layouts=(Layout(name="wide", width=480, height=260, boxes=boxes),), marks=marks
        )

    def pace(self, values):
        return {"10": "live", "100000": "release", "1000000": "run"}[values["size"]]

    def effort(self, values):
        return f"{int(values['size']):,} take a second."

    def run(self, values, progress):
        for step in range(STEPS):
            progress(step / STEPS, f"step {step + 1} of {STEPS}")
            time.sleep(self.seconds / STEPS)
        self.runs += 1
        return self.scene(values)

    def scene(self, values):
        if values["x"] == 1:
            raise ParameterError("x must be below 1; got 1; move it")
        x, y = values["x"], values["y"]
        return Scene(
            numbers={
                "below": [[0, 0], [0, y], [x, y], [x, 0]],
                "data": [[1, 0.01], [100, 0.1], [1000, 1]],
                "one": [[x, y, 12, 0]],
                "link": [[0.5, 0.5 if values["link"] else np.nan, 9, 0]],
            },
            headline=f"At {x:g}, {y:g} of {values['size']}.",
            alt=f"The point is at {x:g}, {y:g}.",
            key_numbers=(("x", f"{x:g}"), ("linked", f"{values['link']:g}")),
            table=(("what", "where"), ("point", f"{x:g}")),
        )
