"""The involvement model (M1) in BPTK-Py's System Dynamics DSL: the same difference equations, one run after the other.

Started by the benchmark in the environment of the peers. With a step of one period BPTK-Py's Euler integration is the
update of the package, so the numbers must agree to rounding. Both of its engines are measured: Rust (the faster) and
Python. The model is built once; a run sets its constants and simulates.
"""

import json
import sys
import time
from typing import Any

import numpy as np

from tests.benchmarks.peers import report

PER_SCENARIO = ("alternatives", "trust", "reciprocity", "gate", "adaptation", "drift")
WEIGHTS, SPEEDS = ("w_E", "w_S", "w_A"), ("speed_E", "speed_S", "speed_A", "speed_n")
STOCKS = [f"{name}_{side}" for name in ("E", "S", "A", "n", "g") for side in ("c", "p")]


def involvement(periods: int) -> Any:
    """Return the model; its constants are those of PER_SCENARIO, WEIGHTS and SPEEDS, and x, b, tau of each side."""
    from BPTK_Py import Model
    from BPTK_Py import sd_functions as sd

    model = Model(starttime=0.0, stoptime=float(periods), dt=1.0, name="involvement")
    c = {name: model.constant(name) for name in (*PER_SCENARIO, *WEIGHTS, *SPEEDS)}
    x, b, tau = ({side: model.constant(f"{name}_{side}") for side in ("c", "p")} for name in ("x", "b", "tau"))
    for constant in (*c.values(), *x.values(), *b.values(), *tau.values()):
        constant.equation = 0.5
    stock = {name: model.stock(name) for name in STOCKS}
    for one in stock.values():
        one.initial_value = 0.0
    pledges = model.converter("pledge_quality")
    pledges.equation = 0.5 * (x["c"] + x["p"]) * sd.min(x["c"], x["p"]) / sd.max(x["c"], x["p"])
    involved = {side: model.converter(f"J_{side}") for side in ("c", "p")}
    for side in ("c", "p"):
        weighted = c["w_E"] * stock[f"E_{side}"] + c["w_S"] * stock[f"S_{side}"] + c["w_A"] * stock[f"A_{side}"]
        involved[side].equation = (1.0 - c["gate"] + c["gate"] * stock[f"n_{side}"]) * weighted
    for side, other in (("c", "p"), ("p", "c")):
        target = {
            "E": b[side] / (b[side] + (1.0 + c["alternatives"]) * (1.0 - b[side])),
            "S": x[side],
            "A": c["trust"] * ((1.0 - c["reciprocity"]) * x[other] + c["reciprocity"] * stock[f"A_{other}"]),
            "n": tau[side] * pledges,
        }
        for name, aim in target.items():
            stock[f"{name}_{side}"].equation = c[f"speed_{name}"] * (aim - stock[f"{name}_{side}"])
        unmet = stock[f"g_{side}"]
        drifted = unmet + c["drift"] * (1.0 - unmet)
        unmet.equation = (1.0 - c["adaptation"] * involved[other]) * drifted - unmet
    return model


def main() -> None:
    """Run the scenarios of the settings with both engines; report seconds per run and the states at some periods."""
    from BPTK_Py._rust_engine import RustSdEngine

    settings = json.loads(sys.argv[1])
    with np.load(settings["scenarios"]) as given:
        scenarios = [{name: float(given[name][i]) for name in given} for i in range(settings["runs"])]
    periods = settings["periods"]
    begin = time.process_time()
    model = involvement(periods)
    compiled = RustSdEngine().load_model(model.to_json())
    setup = time.process_time() - begin

    begin, paths = time.process_time(), []
    for scenario in scenarios:
        for name, value in scenario.items():
            compiled.set_constant(name, value)
        paths.append(compiled.simulate(STOCKS))
    rust = (time.process_time() - begin) / len(scenarios)
    states = [[[path[name][str(float(t))] for name in STOCKS] for t in settings["at"]] for path in paths]

    begin, frames = time.process_time(), []
    for scenario in scenarios[: settings["python_runs"]]:
        for name, value in scenario.items():
            model.constants[name].equation = value
        frames.append(model.simulate(STOCKS))
    python = (time.process_time() - begin) / len(frames)
    by_python = [[frame.loc[float(t), STOCKS].tolist() for t in settings["at"]] for frame in frames]
    report(setup=setup, rust=rust, python=python, states=states, python_states=by_python)


if __name__ == "__main__":
    main()
