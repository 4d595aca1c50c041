"""What the live figure is compared with, each as the code of one notebook cell.

`seaborn_cell` draws the same picture the usual way, anew at each move: ``interactive_output``, pyplot and seaborn. It
asks the explorer's own topic for the numbers, so that both compute the same. `MESSAGES` is a slider that draws nothing:
what the road from browser to kernel and back costs on this machine, whatever is drawn.
"""

_SEABORN = """
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from cocreate_teach import widgets
from cocreate_teach.widgets.controls import Slider
from IPython.display import display
topic = widgets.NAME()._topic
live = topic.figure
sns.set_theme(style="whitegrid")
start = {control.name: control.value for control in topic.controls} | dict(topic.scenarios[0].values)
def colour(style):
    return style.colour if style.colour.startswith("#") else "0.3"
def draw(**moved):
    scene = topic.scene(start | moved)
    data, words = live.pack(scene.numbers, scene.texts)
    figure, all_axes = plt.subplots(1, len(live.panels), figsize=(8, 4), squeeze=False)
    axes = dict(zip((panel.name for panel in live.panels), all_axes[0]))
    for panel in live.panels:
        one = axes[panel.name]
        one.set(xlim=panel.xlim, ylim=panel.ylim, xlabel=panel.xlabel, ylabel=panel.ylabel, title=panel.title,
                xscale="log" if panel.xlog else "linear", yscale="log" if panel.ylog else "linear")
    for mark, numbers, texts in live.unpack(data, words):
        one = axes[mark.panel]
        first = mark.styles[0]
        if mark.kind == "line":
            sns.lineplot(x=numbers[:, 0], y=numbers[:, 1], color=colour(first), errorbar=None, ax=one)
        elif mark.kind in ("dots", "points"):
            sns.scatterplot(x=numbers[:, 0], y=numbers[:, 1], color=colour(first), ax=one)
        elif mark.kind == "area":
            one.fill(numbers[:, 0], numbers[:, 1], color=colour(first), alpha=first.opacity)
        elif mark.kind == "boxes":
            for x0, y0, x1, y1, _ in numbers[~np.isnan(numbers).any(axis=1)]:
                one.add_patch(plt.Rectangle((x0, y0), x1 - x0, y1 - y0, color=colour(first)))
        elif mark.kind == "segments":
            for x0, y0, x1, y1, width, _ in numbers[~np.isnan(numbers).any(axis=1)]:
                one.plot([x0, x1], [y0, y1], linewidth=width, color=colour(first))
        else:
            for (x, y, _), text in zip(numbers, texts):
                if not np.isnan(x + y):
                    one.annotate(text, (x, y))
    plt.show()
first = next(control for control in topic.controls if isinstance(control, Slider))
slider = ipywidgets.FloatSlider(min=first.low, max=first.high, step=first.step, value=first.value)
display(slider, ipywidgets.interactive_output(draw, {first.name: slider}))
"""

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


def seaborn_cell(name: str) -> str:
    """Return the code of the cell that draws an explorer's picture with seaborn."""
    return _SEABORN.replace("NAME", name)
