"""Student's t: how far out the ends of an interval lie when its variance is itself only an estimate."""

from functools import lru_cache
from math import exp, lgamma, log, pi
from statistics import NormalDist

LEVEL = 0.95
SERIES_ENDS = 500  # degrees of freedom; beyond, the expansion is right to seven decimals
NORMAL = 1e6  # degrees of freedom; with more it is the normal distribution to six decimals
STEPS = 500  # at most; about ten are needed


@lru_cache(4096)
def student_t(freedom: float, level: float = LEVEL) -> float:
    """The two-sided point of a level; the degrees of freedom, at least 1, need not be whole."""
    found = _expansion(freedom, level)
    if freedom > SERIES_ENDS:
        return found
    for _ in range(STEPS):  # Newton from below, where P is concave: every step is too short, never too long
        step = (level - _within(found, freedom)) / (2 * _density(found, freedom))
        found += step
        if abs(step) < 1e-12 * found:
            break
    return found


def tail(t: float, freedom: float) -> float:
    """P(|T| > t): how probable it is that chance alone goes so far."""
    freedom = min(freedom, NORMAL)
    within = freedom / (freedom + t * t)
    return _beta(within, freedom / 2, 0.5) if within < 1 else 1.0


def _within(t: float, freedom: float) -> float:
    """P(|T| <= t): Abramowitz & Stegun, 26.7.1."""
    return 1 - _beta(freedom / (freedom + t * t), freedom / 2, 0.5)


def _density(t: float, freedom: float) -> float:
    scale = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2
    return exp(scale - (freedom + 1) / 2 * log(1 + t * t / freedom))


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b): Abramowitz & Stegun, 26.5.8."""
    if x > (a + 1) / (a + b + 2):  # where the fraction converges slowly
        return 1 - _beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    return front * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction 1 / (1 + d1 / (1 + d2 / …)), from its front, by Lentz's method."""
    whole, c, d = 1.0, 1.0, 0.0
    for step in range(1, STEPS):
        m = step // 2
        top = -(a + m) * (a + b + m) if step % 2 else m * (b - m)
        term = top * x / ((a + step - 1) * (a + step))
        c, d = 1 + term / c, 1 / (1 + term * d)
        whole *= c * d
        if abs(1 - c * d) < 1e-15:
            break
    return 1 / whole


def _expansion(freedom: float, level: float) -> float:
    """Abramowitz & Stegun, 26.7.5: the normal point and two corrections."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / freedom + second / freedom**2
