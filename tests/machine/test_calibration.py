"""Tables of calibration: values worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from qualcode import brier_score, calibration_error, calibration_table
from qualcode.errors import UnknownValueError
from qualcode.frames import FRAMES, make_frame

CHANCE = [0.05, 0.15, 0.15, 0.25, 0.8, 0.9]
CODED = [False, False, True, False, True, True]


def test_equal_widths_worked_by_hand():
    found = calibration_table(CHANCE, CODED, bins=5, kind="width").round(4)
    wanted = make_frame(
        "calibration",
        {
            "bin_low": [0.0, 0.2, 0.6, 0.8],  # 0.8 is on an edge, and in the bin below it
            "bin_high": [0.2, 0.4, 0.8, 1.0],
            "passages": [3, 1, 1, 1],
            "mean_probability": [0.1167, 0.25, 0.8, 0.9],
            "coded_share": [0.3333, 0.0, 1.0, 1.0],
            "coded_low": [0.0084, 0.0, 0.025, 0.025],  # Clopper and Pearson
            "coded_high": [0.9057, 0.975, 1.0, 1.0],
        },
    )
    pd.testing.assert_frame_equal(found, wanted)


def test_bins_of_as_many_passages_worked_by_hand():
    found = calibration_table(CHANCE, CODED, bins=3)
    assert found["passages"].tolist() == [3, 1, 2]  # equal probabilities stay together
    assert found["coded_share"].tolist() == pytest.approx([1 / 3, 0, 1])
    assert found["mean_probability"].tolist() == pytest.approx([0.35 / 3, 0.25, 0.85])


def test_every_passage_is_in_one_bin():
    rng = np.random.default_rng(0)
    chance = rng.beta(0.3, 3, 500).round(2)
    coded = rng.random(500) < chance
    for kind in ("quantile", "width"):
        found = calibration_table(chance, coded, bins=10, kind=kind)
        assert found["passages"].sum() == 500
        assert (found["coded_share"] * found["passages"]).sum() == pytest.approx(coded.sum())
        assert (found["bin_low"] <= found["mean_probability"] + 1e-12).all()
        assert (found["mean_probability"] <= found["bin_high"] + 1e-12).all()


def test_one_probability_for_all_is_one_bin():
    found = calibration_table([0.2] * 5, [1, 0, 0, 0, 0])
    assert found[["passages", "mean_probability", "coded_share"]].values.tolist() == [[5, 0.2, 0.2]]


def test_brier_and_expected_error_worked_by_hand():
    assert brier_score(CHANCE, CODED) == pytest.approx(
        (0.05**2 + 0.15**2 + 0.85**2 + 0.25**2 + 0.2**2 + 0.1**2) / 6
    )
    table = calibration_table(CHANCE, CODED, bins=3)
    away = [abs(0.35 / 3 - 1 / 3), 0.25, 0.15]
    assert calibration_error(table) == pytest.approx((3 * away[0] + away[1] + 2 * away[2]) / 6)


def test_of_nothing_nothing_is_known():
    table = calibration_table([], [])
    assert table.dtypes.astype(str).to_dict() == FRAMES["calibration"]
    assert len(table) == 0
    assert np.isnan(brier_score([], []))
    assert np.isnan(calibration_error(table))


@pytest.mark.parametrize(
    ("given", "options", "what"),
    [
        (([1.2], [True]), {}, r"a probability is 1\.2"),
        (([float("nan")], [True]), {}, "a probability is nan"),
        (([0.2, 0.3], [True]), {}, r"shape \(2,\), coded= \(1,\)"),
        (([0.2], [True]), {"bins": 0}, "bins=0"),
        (([0.2], [True]), {"kind": "equal"}, "kind='equal'"),
    ],
)
def test_what_is_no_probability(given, options, what):
    with pytest.raises(UnknownValueError, match=what):
        calibration_table(*given, **options)
