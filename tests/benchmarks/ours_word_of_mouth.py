"""Word of mouth by the package, measured in a process of its own, on given links or on a network that it makes."""

import json
import statistics
import sys
import time
from typing import Any

import numpy as np

from cocreate_teach.models.networks import Network, small_world_network
from cocreate_teach.models.word_of_mouth import WordOfMouthParameters, sample_word_of_mouth
from tests.benchmarks.peers import report


def network_of(settings: dict[str, Any]) -> Network:
    """Return the network with the given links, or make one."""
    if "links" not in settings:
        rng = np.random.default_rng(settings["seed"])
        return small_world_network(settings["size"], settings["contacts"], settings["rewiring"], rng=rng)
    with np.load(settings["links"]) as links:
        offsets, contacts = links["offsets"], links["contacts"]
    return Network(kind="links", size=len(offsets) - 1, offsets=offsets, contacts=contacts)


def main() -> None:
    """Measure as often as the settings say; `times` are seconds since the start of the run, after each period."""
    settings = json.loads(sys.argv[1])
    begin = time.process_time()
    network = network_of(settings)
    setup = time.process_time() - begin
    parameters = WordOfMouthParameters(innovation=settings["innovation"], imitation=settings["imitation"])
    runs = []
    for repeat in range(settings["repeats"]):
        times: list[float] = [0.0]
        begin = time.process_time()
        path = sample_word_of_mouth(
            network,
            parameters,
            settings["periods"],
            rng=np.random.default_rng(settings["seed"] + repeat),
            progress=lambda done, total, begin=begin, times=times: times.append(time.process_time() - begin),
        )
        times[-1] = time.process_time() - begin  # the result is made after the last period
        runs.append(times)
    typical = sorted(runs, key=lambda times: times[-1])[len(runs) // 2]
    seconds = statistics.median(times[-1] for times in runs)
    report(setup=setup, seconds=seconds, times=typical, share=path.share.tolist(), repeats=len(runs))


if __name__ == "__main__":
    main()
