"""Published values of what `code_relations` works out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

from qualcode import c_coefficient
from qualcode.analysis.relations._chance import adjust

# Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57, p. 295: fifteen hypotheses on
# thrombolysis. Controlling the false discovery rate at .05 rejects four.
P_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


def test_c_of_the_manual():
    """ATLAS.ti's manual: 100 and 10 quotations, 5 of them together."""
    assert round(c_coefficient(100, 10, 5), 3) == 0.048


def test_c_is_not_clipped():
    assert c_coefficient([4, 3, 2], [4, 2, 2], [4, 6, 4]).tolist()[:2] == [1.0, -6.0]


def test_benjamini_and_hochberg_reject_four():
    assert (adjust(np.array(P_1995)) <= 0.05).tolist() == [True] * 4 + [False] * 11


@pytest.mark.parametrize("seed", range(200))
def test_adjusted_as_by_scipy_and_statsmodels(seed):
    rng = np.random.default_rng(seed)
    p = np.round(rng.random(rng.integers(1, 30)) ** 2, 2)  # with ties
    np.testing.assert_allclose(adjust(p), false_discovery_control(p))
    np.testing.assert_allclose(adjust(p), multipletests(p, method="fdr_bh")[1])
