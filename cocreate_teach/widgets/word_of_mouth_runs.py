"""Runs of word of mouth for the explorer: the last network and a few results are kept, so that a hand need not wait."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach import models
from cocreate_teach.widgets.controls import Values
from cocreate_teach.widgets.word_of_mouth_picture import PERIODS, ROW, SHOWN

BRIDGES: Final = 0.05  # share of links that lead away from the neighbours
_RUNS: Final = 10  # drawn as a band, where they are cheap
_WITH_BAND: Final = 2_000
_KEPT: Final = 4  # results that come back at once


Tell = Callable[[int, int], None] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What a run depends on, as whole numbers where the model needs them; not the period that is looked at."""

    network: str
    size: int
    contacts: int
    seed: int
    innovation: float
    imitation: float
    recommendation: float
    silent: int

    @property
    def mean_recommendation(self) -> float:
        """What all adopters together say, on average."""
        return self.recommendation * (1.0 - self.silent / self.size)


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What a run gave: shares (runs, PERIODS + 1), and when those in the picture adopt."""

    share: NDArray[np.float64]
    adopted_in: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs on request; only the last network is kept, since a million stakeholders need much memory."""

    results: dict[Setting, Run] = field(default_factory=dict)
    networks: dict[tuple[str, int, int, int], models.Network] = field(default_factory=dict)

    def get(self, setting: Setting, progress: Tell = None, making: Tell = None) -> Run:
        """Return the run with this setting.

        `making` is told each piece of the network, `progress` each period; both may raise to end it.
        """
        run = self.results.get(setting)
        if run is None:
            run = self._sample(setting, progress, making)
            while len(self.results) >= _KEPT:
                self.results.pop(next(iter(self.results)), None)
            self.results[setting] = run
        return run

    def _sample(self, setting: Setting, progress: Tell, making: Tell) -> Run:
        network = self._network(setting, making)
        says: Any = setting.recommendation
        if setting.silent:
            is_silent = np.random.default_rng((setting.seed, 2)).permutation(setting.size) < setting.silent
            says = np.where(is_silent, 0.0, setting.recommendation)
        path = models.sample_word_of_mouth(
            network,
            models.WordOfMouthParameters(
                innovation=setting.innovation, imitation=setting.imitation, recommendation=says
            ),
            PERIODS,
            rng=np.random.default_rng((setting.seed, 1)),
            runs=_RUNS if setting.size <= _WITH_BAND else 1,
            progress=progress,
        )
        return Run(
            share=path.share,
            adopted_in=path.adopted_in[0, in_picture(network)],
        )

    def _network(self, setting: Setting, making: Tell) -> models.Network:
        key = (setting.network, setting.size, setting.contacts, setting.seed)
        network = self.networks.get(key)
        if network is None:
            self.networks.clear()
            network = self.networks[key] = made(*key, progress=making)
        return network


def setting_of(values: Values) -> Setting:
    """Return what a run with these control values depends on."""
    size = int(values["size"])
    return Setting(
        network=str(values["network"]),
        size=size,
        contacts=2 * round(float(values["contacts"]) / 2),
        seed=round(float(values["seed"])),
        innovation=float(values["innovation"]),
        imitation=float(values["imitation"]),
        recommendation=float(values["recommendation"]),
        silent=round(float(values["silent"]) * size),
    )


def made(kind: str, size: int, contacts: int, seed: int, *, progress: Tell = None) -> models.Network:
    """Make a network of one kind of the explorer; `progress` is told each piece, and may raise to end it."""
    rng = np.random.default_rng((seed, 0))
    if kind == "ring":
        return models.ring_network(size, contacts, progress=progress)
    if kind == "bridges":
        return models.small_world_network(size, contacts, BRIDGES, rng=rng, progress=progress)
    if kind == "random":
        return models.random_network(size, contacts, rng=rng, progress=progress)
    if kind == "hubs":
        return models.scale_free_network(size, contacts, rng=rng, progress=progress)
    return models.complete_network(size)


def in_picture(network: models.Network) -> NDArray[np.intp]:
    """Return who is drawn: rows of neighbours from all around; with hubs those with most contacts first."""
    if network.kind != "scale-free":
        rows = min(SHOWN, network.size) // ROW
        starts = np.arange(rows) * (network.size // rows)
        return (starts[:, None] + np.arange(ROW)).ravel()
    by_contacts = np.argsort(-network.degrees, kind="stable")
    return by_contacts[np.linspace(0, network.size - 1, min(SHOWN, network.size)).astype(np.intp)]


def exact_path(setting: Setting) -> NDArray[np.float64] | None:
    """Return the exact path of an endless ring, which is known where all have two contacts and say the same."""
    if setting.network != "ring" or setting.contacts != 2 or setting.silent:
        return None
    return models.ring_path(
        models.BassParameters(
            innovation=setting.innovation, imitation=setting.imitation, recommendation=setting.recommendation
        ),
        PERIODS,
    )
