"""What the live figure is compared with, each as the code of one notebook cell.

`SEABORN` draws the same picture the usual way, anew at each move: ``interactive_output`` and seaborn. `MESSAGES` is a
slider that draws nothing: what the road from browser to kernel and back costs on this machine, whatever is drawn.
"""

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

MESSAGES = '''
import anywidget
import traitlets
class Messages(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
        el.innerHTML = '<section class="cc"><input type="range" max="100"><svg role="img" width="9" height="9">' +
            '<g class="cc-marks"></g></svg></section>';
        const slider = el.querySelector('input');
        slider.oninput = () => { model.set('values', { at: slider.valueAsNumber }); model.save_changes(); };
        model.on('change:state', () => el.querySelector('.cc-marks').setAttribute('id', `at${model.get('state').at}`));
    } }"""
    values = traitlets.Dict().tag(sync=True, echo_update=False)
    state = traitlets.Dict().tag(sync=True)
messages = Messages()
messages.observe(lambda change: setattr(messages, "state", change.new), names="values")
messages
'''
