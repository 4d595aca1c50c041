"""What a fit of the Bass model says, and how far it can be trusted (docs/models/fitting.md).

Standard errors come from the curvature at the best fit: they assume many observations, and are too small when there are
few. The bootstrap interval adds shuffled residuals to the fitted curve and fits again; it assumes that the model is
right and that residuals are independent and of equal size. Neither knows that the model may be wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.bass import BassParameters
from cocreate_teach.models.bass_curves import NAMES, Search, curve_from
from cocreate_teach.models.parameters import Array, Range, random_generator, read_state, whole_number
from cocreate_teach.models.progress import Progress, is_stopped

FEWEST: Final = 8  # with fewer observations the estimates hang on single values (our rule, not a theorem)
INSEPARABLE: Final = 0.99  # correlation of p and q from which they cannot be told apart (our rule)
METHODS: Final = {
    "cdf_difference": "adoptions per period as m [F(t) - F(t-1)], by non-linear least squares",
    "density": "adoptions per period as m f(t), by non-linear least squares",
    "shares": "cumulative shares as m F(t - origin), by non-linear least squares",
    "ols": "regression of adoptions on earlier adoptions (Bass 1969), biased",
}
_MEANINGS = {
    "p": "innovation, per period",
    "q": "imitation, per period",
    "m": "all who will ever adopt",
    "origin": "when nobody had adopted",
}
_AT_AN_EDGE = {
    "p": "nobody seems to adopt without imitation, or the origin is much too early",
    "q": "the data show no imitation, or periods are too long to see it",
    "m": "the data do not say how many will ever adopt",
    "origin": "no origin fits best, other origins fit as well or better, and p means nothing without one",
}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class BassFit:
    """The Bass model fitted to one series; print it for a table.

    Parameters
    ----------
    method : str
        "cdf_difference", "density", "shares" or "ols"; METHODS says what they are.
    p, q : float
        Innovation and imitation, per period.
    m : float
        All who will ever adopt, in the unit of the data; for shares the ceiling.
    origin : float
        When nobody had adopted, in the time of the data; 0 for adoptions period by period.
    standard_errors : mapping
        By name, of what was estimated; NaN at an edge of the search, where there is none.
    correlation : float
        Of the estimates of p and q; NaN if one of them is at an edge.
    residual_standard_error : float
        Root of the sum of squared residuals over the degrees of freedom; in the unit of the data.
    degrees_of_freedom : int
        Observations less estimated quantities.
    times, fitted, residuals : array (n,)
        Fitted plus residual is what was observed.
    cautions : tuple of str
        Reasons not to rely on the fit, the same sentences as the warnings.
    """

    method: str
    p: float
    q: float
    m: float
    origin: float
    standard_errors: Mapping[str, float]
    correlation: float
    residual_standard_error: float
    degrees_of_freedom: int
    times: Array
    fitted: Array
    residuals: Array
    cautions: tuple[str, ...]

    @property
    def parameters(self) -> BassParameters:
        """Return p and q as parameters for the other functions of the model.

        Raises
        ------
        ParameterError
            If p or q is negative, which only the regression can give.
        """
        return BassParameters(innovation=self.p, imitation=self.q)

    def bootstrap_interval(
        self, *, rng: np.random.Generator, draws: int = 1000, level: float = 0.95, progress: Progress = None
    ) -> dict[str, tuple[float, float]]:
        """Return an interval for everything that was estimated, from repeated fits to shuffled residuals.

        Parameters
        ----------
        rng : numpy.random.Generator
            Source of chance; the same seed gives the same interval.
        draws : int
            Fits, from 50; a few milliseconds each.
        level : float
            Share of the draws inside the interval, 0.5 to 0.99.
        progress : callable, optional
            Called as ``progress(done, draws)``; if it returns False, the interval is that of the draws done.

        Returns
        -------
        dict
            Low and high by name: "p", "q", and "m" and "origin" if they were estimated.

        Raises
        ------
        ParameterError
            If an argument is outside its range, or the fit is a regression.

        Notes
        -----
        Residuals are centred and enlarged by the root of n over the degrees of freedom, as those of a fitted curve are
        too small. Percentiles, not corrected for bias.
        """
        random_generator(rng)
        whole_number("draws", draws, 50, 10**6)
        inside = float(read_state("level", level, Range(0.5, 0.99, unit="share")))
        if self.method == "ols":
            raise ParameterError(
                "bootstrap_interval needs a fit by non-linear least squares; this one is by ols; use fit_bass"
            )
        theta = np.array([self.p, self.q, self.m, self.origin])
        fixed = {name: getattr(self, name) for name in ("m", "origin") if name not in self.standard_errors}
        noise = self.residuals - np.mean(self.residuals)
        noise = noise * np.sqrt(len(noise) / self.degrees_of_freedom)
        fits = []
        for done in range(1, draws + 1):
            again = self.fitted + rng.choice(noise, len(noise))
            fits.append(curve_from(theta, self.method, self.times, again, fixed, 1e-8).theta)
            if is_stopped(progress, done, draws):
                break
        low, high = np.quantile(fits, [(1.0 - inside) / 2.0, (1.0 + inside) / 2.0], axis=0)
        return {name: (float(low[i]), float(high[i])) for i, name in enumerate(NAMES) if name not in fixed}

    def __str__(self) -> str:
        """Return a table in plain text."""
        lines = [f"Bass model: {METHODS[self.method]}", f"{'':34}{'estimate':>12}  standard error"]
        for name in NAMES:
            if name in self.standard_errors or self.method == "shares":
                error = self.standard_errors.get(name)
                told = "given" if error is None else "at an edge" if np.isnan(error) else shown(name, error)
                lines.append(f"{name:8}{_MEANINGS[name]:26}{shown(name, getattr(self, name)):>12}  {told:>14}")
        lines.append(
            f"{len(self.times)} observations, residual standard error {self.residual_standard_error:.4g} "
            f"on {self.degrees_of_freedom} degrees of freedom"
        )
        return "\n".join([*lines, *(f"Caution: {sentence}" for sentence in self.cautions)])


def fit_result(
    method: str,
    times: Array,
    observed: Array,
    fitted: Array,
    slopes: Array,
    search: Search,
    cautions: Sequence[str] = (),
) -> BassFit:
    """Put a fit together: standard errors from the slopes (n, 3 or 4) at the best fit, and reasons for caution."""
    inner = [i for i in search.free if i not in search.bound]
    freedom = len(times) - len(search.free)
    error = float(np.sqrt(np.sum((observed - fitted) ** 2) / freedom))
    length = np.linalg.norm(slopes[:, inner], axis=0)
    _, singular, turned = np.linalg.svd(slopes[:, inner] / length, full_matrices=False)
    spread = turned.T / np.maximum(singular, 1e-150)
    unit = np.linalg.norm(spread, axis=1)
    errors = dict(zip(inner, error * unit / length, strict=True))
    both = [inner.index(i) for i in (0, 1) if i in inner]
    p, q, m, origin = (float(value) for value in search.theta)
    fit = BassFit(
        method=method,
        p=p,
        q=q,
        m=m,
        origin=origin,
        standard_errors=MappingProxyType({NAMES[i]: float(errors.get(i, np.nan)) for i in search.free}),
        correlation=float(spread[0] @ spread[1] / (unit[0] * unit[1])) if len(both) == 2 else np.nan,
        residual_standard_error=error,
        degrees_of_freedom=freedom,
        times=times,
        fitted=fitted,
        residuals=observed - fitted,
        cautions=(),
    )
    return replace(fit, cautions=(*cautions, *_cautions(fit, observed)))


def _cautions(fit: BassFit, observed: Array) -> list[str]:
    """Return the reasons not to rely on a fit."""
    told = []
    if len(observed) < FEWEST:
        told.append(
            f"only {len(observed)} observations: with fewer than {FEWEST} the estimates hang on single values; "
            "wait for more data"
        )
    last, speed = fit.times[-1], fit.p + fit.q
    peak = fit.origin + (np.log(fit.q / fit.p) / speed if fit.q > fit.p > 0 else 0.0)
    if "m" in fit.standard_errors and (
        peak > last or (fit.method != "shares" and np.argmax(observed) == len(observed) - 1)
    ):
        told.append(
            f"the data stop before the peak (last time {last:g}, fitted peak at {peak:.1f}): m is hardly determined, "
            "and another value or two can multiply it; do not forecast from this fit; wait, or fit shares of a market "
            "known from elsewhere (fit_bass_shares)"
        )
    for name, error in fit.standard_errors.items():
        value = getattr(fit, name)
        if np.isnan(error):
            told.append(
                f"{name} ended at the edge of the search ({shown(name, value)}): {_AT_AN_EDGE[name]}; the other "
                "standard errors take it as known, and are too small"
            )
        elif name != "origin" and error >= abs(value):
            told.append(
                f"{name} is not determined: its standard error ({shown(name, error)}) is at least as large as its "
                f"estimate ({shown(name, value)})"
            )
    if abs(fit.correlation) >= INSEPARABLE:
        told.append(
            f"p and q cannot be told apart (correlation {fit.correlation:.3f}): other pairs give nearly the same "
            "curve; read the curve, not p and q"
        )
    return told


def shown(name: str, value: float) -> str:
    """Return a value as people write it: 67,660; 0.008789; 1990."""
    return f"{value:,.0f}" if name == "m" and abs(value) >= 1000 else f"{value:.4g}"
