"""Whether suggestions err more for one group: values worked by hand, and what chance does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from qualcode import suggestion_bias
from qualcode.errors import UnknownValueError
from qualcode.frames import FRAMES, empty_frame, make_frame


def held_out(rows):
    """Make the frame from transcript, kind of body, speaker, role, suggested, coded, probability."""
    names = ("transcript_id", "body_type", "speaker", "role", "suggested", "coded", "probability")
    same = {"body": "B", "turn": 1, "code_id": "rest", "threshold": 0.5}
    return make_frame(
        "held_out",
        [
            same | dict(zip(names, row, strict=True)) | {"start": 10 * at, "end": 10 * at + 9}
            for at, row in enumerate(rows)
        ],
    )


def made(seed, *, missed=(0.3, 0.3), interviews=20, many=30):
    """Make interviews of two kinds, each interview with its own way, for which the machine errs."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(interviews):
        kind = number % 2
        own = np.clip(missed[kind] + rng.normal(0, 0.12), 0.02, 0.98)
        alarm = np.clip(0.1 + rng.normal(0, 0.04), 0.01, 0.99)
        for _ in range(many):
            coded = bool(rng.random() < 0.4)
            suggested = bool(rng.random() < (1 - own if coded else alarm))
            name = ("large", "small")[kind]
            rows.append((f"i{number}", name, "S", "Nurse", suggested, coded, 0.5))
    return held_out(rows)


# three coded, of which two found; two not coded, of which one suggested
LARGE = [(True, True), (True, True), (False, True), (True, False), (False, False)]
SMALL = [(False, True), (True, True), (False, False)]


def test_the_values_of_a_table_worked_by_hand():
    rows = [("a", "large", "S", "Nurse", *pair, 0.5) for pair in LARGE]
    rows += [("b", "small", "T", "Nurse", *pair, 0.75) for pair in SMALL]
    found = suggestion_bias(held_out(rows)).set_index("group")
    columns = ["interviews", "people", "passages", "decisions", "coded", "suggested", "correct"]
    assert found[columns].to_dict("split")["data"] == [[1, 1, 5, 5, 3, 3, 2], [1, 1, 3, 3, 2, 1, 1]]
    shares = ["missed_share", "false_alarm_share", "precision", "recall", "f1", "calibration_gap"]
    assert found.loc["large", shares].tolist() == pytest.approx(
        [1 / 3, 1 / 2, 2 / 3, 2 / 3, 2 / 3, 0.5 - 3 / 5]
    )
    assert found.loc["small", shares].tolist() == pytest.approx(
        [1 / 2, 0, 1, 1 / 2, 2 / 3, 0.75 - 2 / 3]
    )
    # Clopper and Pearson for 1 of 3
    low, high = found.loc["large", ["missed_share_low", "missed_share_high"]]
    assert (round(low, 4), round(high, 4)) == (0.0084, 0.9057)
    assert found["missed_p"].tolist() == [1, 1]  # two interviews can be shuffled to no purpose
    assert (
        found["note"].tolist()
        == [
            "fewer than 5 people; one interview: its own way and the group's cannot be told apart; "
            "intervals take decisions for independent"
        ]
        * 2
    )


def test_two_codes_of_one_passage_are_two_decisions_and_one_passage():
    frame = held_out([("a", "large", "S", "Nurse", True, True, 0.5)] * 2)
    frame = frame.assign(start=0, end=9, code_id=["rest", "pay"])
    found = suggestion_bias(frame)
    assert found[["passages", "decisions"]].to_dict("records") == [{"passages": 1, "decisions": 2}]
    assert found.loc[0, ["missed_p", "false_alarm_p"]].isna().all()
    assert found["note"][0].endswith("nothing to test it against")


def test_a_group_of_which_more_is_missed_comes_out():
    found = suggestion_bias(made(1, missed=(0.15, 0.55))).set_index("group")
    assert found["missed_q"].max() <= 0.05
    assert found["false_alarm_q"].min() > 0.05
    assert found.loc["small", "missed_share_low"] > found.loc["large", "missed_share_high"]
    assert found["small"].tolist() == [False, False]
    assert found["note"].tolist() == ["", ""]


def test_equal_groups_come_out_about_as_often_as_they_may():
    """Each interview has its own way; a test that took passages for independent would fail this."""
    p = [suggestion_bias(made(seed), shuffles=99, draws=1).attrs["missed_p"] for seed in range(200)]
    alarms = int(np.sum(np.array(p) <= 0.05))
    assert 3 <= alarms <= 19  # 10 are to be expected; 99.9% of binomial draws lie here


def test_groups_inside_interviews_are_shuffled_inside_them():
    rng = np.random.default_rng(3)
    rows = []
    for number in range(12):
        hard = 0.1 + 0.07 * number  # interviews differ far more than roles
        for role, more in (("Nurse", 0.0), ("Manager", 0.15)):
            for _ in range(80):
                found = bool(rng.random() > min(hard + more, 1))
                rows.append((f"i{number}", "w", role[0], role, found, True, 0.5))
    found = suggestion_bias(held_out(rows), by="role")
    assert found.attrs["shuffled"] == "people within interviews"
    assert found["missed_p"].max() <= 0.01


@pytest.mark.parametrize(("mixed", "shuffled"), [(0, "interviews"), (2, "people")])
def test_what_is_shuffled_is_said(mixed, shuffled):
    rows = [
        (f"i{n}", "w", role[0], role, True, True, 0.5)
        for n in range(8)
        for role in (("Nurse", "Manager") if n < mixed else ("Nurse",))
    ]
    rows.append(("j", "w", "M", "Manager", False, True, 0.5))
    assert suggestion_bias(held_out(rows), by="role").attrs["shuffled"] == shuffled


def test_speakers_of_one_label_in_two_transcripts_are_two_people():
    rows = [(name, "w", "NN", "Nurse", True, True, 0.5) for name in ("a", "b")]
    assert suggestion_bias(held_out(rows), by="speaker")["group"].tolist() == ["a, NN", "b, NN"]


def test_groups_by_an_attribute_and_one_that_is_not_given():
    rows = [(name, "w", "NN", "Nurse", True, True, 0.5) for name in ("a", "b", "c")]
    attributes = pd.DataFrame({"transcript_id": ["a", "b", "c"], "county": ["Kent", None, "Kent"]})
    found = suggestion_bias(held_out(rows), by="county", attributes=attributes)
    assert found["group"].tolist() == ["Kent", "not given"]


def test_where_nothing_is_coded_nothing_is_missed():
    rows = [("a", "large", "S", "Nurse", False, False, 0.5)]
    rows += [("b", "small", "S", "Nurse", True, True, 0.5)]
    found = suggestion_bias(held_out(rows)).set_index("group")
    assert np.isnan(found.loc["large", "missed_share"])
    assert np.isnan(found.loc["large", "missed_p"])
    assert "nothing is coded, so that nothing can be missed" in found.loc["large", "note"]


def test_the_same_seed_gives_the_same_and_the_frame_is_left_alone():
    frame = made(2, interviews=12, many=8)
    before = frame.copy()
    pd.testing.assert_frame_equal(suggestion_bias(frame, seed=4), suggestion_bias(frame, seed=4))
    pd.testing.assert_frame_equal(frame, before)


def test_an_empty_frame_gives_an_empty_frame():
    found = suggestion_bias(empty_frame("held_out"))
    assert found.dtypes.astype(str).to_dict() == FRAMES["suggestion_bias"]
    assert len(found) == 0


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"by": "county"}, "by='county' is not known of people.*body_type"),
        ({"shuffles": 0}, "shuffles=0"),
        ({"confidence": 1.0}, "confidence=1.0"),
    ],
)
def test_options_that_are_something_else(options, what):
    with pytest.raises(UnknownValueError, match=what):
        suggestion_bias(empty_frame("held_out"), **options)
