"""The same picture the usual way, to compare with: ``interactive_output`` and seaborn, drawn anew at each move."""

SEABORN = {
    "participation": """
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from cocreate_teach import models, widgets
from IPython.display import display
topic = widgets.participation()._topic
sns.set_theme(style="whitegrid")
def draw(**moved):
    values = {control.name: control.value for control in topic.controls} | moved
    p = topic.parameters(values)
    back = models.rewards(p, models.participation_equilibrium(p))
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 4))
    for i in range(4):
        for j in range(i):
            left.plot([i % 2, j % 2], [i // 2, j // 2], linewidth=1 + 3 * abs(p.synergy[i, j]))
    sns.barplot(x=back, y=list(topic.stakeholders), hue=list(topic.stakeholders), legend=False, ax=right)
    sns.scatterplot(x=p.cost, y=np.arange(4), marker="|", s=400, ax=right)
    plt.show()
first = topic.controls[1]
slider = ipywidgets.FloatSlider(min=first.low, max=first.high, step=first.step, value=first.value)
display(slider, ipywidgets.interactive_output(draw, {first.name: slider}))
""",
    "voice": """
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from cocreate_teach import models, widgets
from IPython.display import display
topic = widgets.voice()._topic
sns.set_theme(style="whitegrid")
def draw(**moved):
    values = {control.name: control.value for control in topic.controls} | moved
    p = topic.parameters(values)
    grid = np.linspace(0, 1, 41)
    every = topic.parameters(values, centralisation=grid)
    settled = models.engagement_equilibrium(every)
    path = models.engagement_path(p, 12)
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 4))
    for k, name in enumerate(topic.stakeholders):
        sns.lineplot(x=np.arange(13), y=path[:, k], label=name, ax=left)
    for measure in (models.internal_cocreation, models.external_potential, models.external_cocreation):
        sns.lineplot(x=grid, y=measure(settled, every), label=measure.__name__, ax=right)
    right.axvline(values["centralisation"])
    plt.show()
first = topic.controls[1]
slider = ipywidgets.FloatSlider(min=first.low, max=first.high, step=first.step, value=first.value)
display(slider, ipywidgets.interactive_output(draw, {first.name: slider}))
""",
}
"""Code of one notebook cell per explorer."""
