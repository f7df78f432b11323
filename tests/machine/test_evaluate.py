"""Suggestions measured: against numbers by hand and another library, and with nothing seen before."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.stats import binomtest
from sklearn.metrics import average_precision_score, f1_score

from qualcode import evaluate_suggestions, suggest
from qualcode.coding.codebook import Code
from qualcode.coding.codings import Codings
from qualcode.coding.suggesting import Decision
from qualcode.errors import SeenDataError, StudyError, TooFewError, UnknownValueError
from qualcode.frames import FRAMES
from qualcode.machine._choices import choose_codes
from qualcode.machine.suggesting._deciding import (
    _platt,
    beats_chance,
    best_threshold,
    decide,
    held_out_offers,
)
from qualcode.machine.suggesting._labelled import label, see
from qualcode.machine.suggesting._learner import folds_of
from qualcode.machine.suggesting._methods import METHODS, NOTES, Guess, hold_out
from qualcode.machine.suggesting._scores import (
    average_precision,
    draw_weights,
    f1_scores,
    interval,
    recall_at,
)
from qualcode.machine.suggesting._weak import code_vectors
from qualcode.model import Speaker, Transcript
from qualcode.study import Study
from qualcode.study.example import example_study
from tests.machine._made_talk import (
    CODES,
    embed_once,
    embed_with,
    made_given,
    shuffled,
    study_of,
    talks,
)

ONE = np.ones((1, 4))
LEARNED = ("suggestions", "meaning alone", "words alone", "definitions alone")


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    embed_with(monkeypatch)


@pytest.fixture(scope="module")
def study():
    """Fourteen interviews with three codes; one passage of pay, and nothing else of it."""
    transcripts, said = talks(14)
    wages = next(one for one in said if one.subject == "wages")
    return study_of(transcripts, [*made_given(said), wages])


@pytest.fixture(scope="module")
def guess(study):
    codes = choose_codes(study.codebook, "code")
    options = {"unit": "sentence", "speakers": "interviewees", "language": "en"}
    labelled = label(study, "ann", codes=codes, **options)
    features = see(study.corpus, labelled.passages, embed_once)
    return Guess(features, labelled, code_vectors(study.codebook, codes, embed_once))


def made_numbers(seed: int):
    """Give random marks, probabilities with many ties, and weights."""
    rng = np.random.default_rng(seed)
    coded = rng.random((60, 4)) < (0.1, 0.3, 0.5, 0.9)
    coded[0] = True
    probability = rng.integers(0, 8, (60, 4)) / 8
    weights = draw_weights(np.repeat(np.arange(12), 5), 6, rng)
    weights[:, :5] += 1  # the first interview, which has all codes, is never left out
    return coded, probability, weights


class TestScores:
    def test_average_precision_by_hand(self):
        coded = np.array([True, False, True, False])
        found = average_precision(coded, np.array([0.9, 0.8, 0.7, 0.1]), ONE)
        assert found == pytest.approx([(1 + 2 / 3) / 2])
        assert average_precision(coded, np.full(4, 0.5), ONE) == pytest.approx([0.5])

    @pytest.mark.parametrize("order", [[0, 1, 2, 3], [2, 0, 3, 1], [3, 2, 1, 0]])
    def test_the_order_of_equals_does_not_count(self, order):
        coded = np.array([True, False, False, True])[order]
        given = np.array([0.9, 0.5, 0.5, 0.5])[order]
        assert average_precision(coded, given, ONE) == pytest.approx([(1 + 2 / 4) / 2])

    @pytest.mark.parametrize("seed", range(5))
    def test_average_precision_is_another_librarys(self, seed):
        coded, probability, weights = made_numbers(seed)
        for code in range(4):
            ours = average_precision(coded[:, code], probability[:, code], weights)
            theirs = [
                average_precision_score(coded[:, code], probability[:, code], sample_weight=row)
                for row in weights
            ]
            assert ours == pytest.approx(theirs)

    @pytest.mark.parametrize("seed", range(5))
    def test_f1_is_another_librarys(self, seed):
        coded, probability, weights = made_numbers(seed)
        offered = probability > 0.6
        one, micro = f1_scores(coded, offered, weights)
        options = {"zero_division": 0.0}
        for row, each, whole in zip(weights, one, micro, strict=True):
            theirs = f1_score(coded, offered, average=None, sample_weight=row, **options)
            assert each == pytest.approx(theirs)
            theirs = f1_score(coded, offered, average="micro", sample_weight=row, **options)
            assert whole == pytest.approx(theirs)

    def test_a_code_nobody_gave_has_no_score(self):
        coded = np.array([[True, False], [True, False], [False, False], [False, False]])
        offered = np.array([[True, True], [False, False], [True, False], [False, False]])
        one, micro = f1_scores(coded, offered, ONE)
        assert one.tolist()[0][0] == pytest.approx(0.5)
        assert np.isnan(one[0, 1])
        assert micro == pytest.approx([2 / 5])
        assert np.isnan(average_precision(coded[:, 1], np.arange(4.0), ONE)).all()
        assert np.isnan(recall_at(coded, np.ones((4, 2)), ONE)[0, 1])

    def test_recall_at_three_by_hand(self):
        coded = np.array([[True, True, False, True], [False, True, False, False]])
        probability = np.array([[0.9, 0.1, 0.5, 0.7], [0.2, 0.8, 0.8, 0.8]])
        found = recall_at(coded, probability, np.ones((1, 2)))
        assert np.nan_to_num(found, nan=-1).tolist() == [[1.0, 0.5, -1.0, 1.0]]
        few = recall_at(coded[:, :2], probability[:, :2], np.ones((1, 2)))
        assert few.tolist() == [[1.0, 1.0]]

    def test_draws_are_of_whole_interviews(self):
        groups = np.array(["b", "a", "b", "c", "a", "d", "e"], dtype=object)
        weights = draw_weights(groups, 200, np.random.default_rng(1))
        assert weights[0].tolist() == [1] * 7
        assert (weights[:, 0] == weights[:, 2]).all()
        assert (weights[:, 1] == weights[:, 4]).all()
        assert (weights[:, [0, 1, 3, 5, 6]].sum(axis=1) == 5).all()
        assert len({tuple(row) for row in weights.tolist()}) > 50

    def test_of_four_interviews_nothing_is_drawn(self):
        groups = np.array(["b", "a", "c", "d"], dtype=object)
        assert draw_weights(groups, 200, np.random.default_rng(1)).tolist() == [[1] * 4]

    def test_draws_that_never_differ_are_no_interval(self):
        assert np.isnan(interval(np.full(20, 0.5))).all()

    @pytest.mark.parametrize("seed", range(5))
    def test_an_interval_holds_the_estimate(self, seed):
        rng = np.random.default_rng(seed)
        values = np.append(rng.random(), rng.random(50) ** 3)
        low, high = interval(values)
        assert 0 <= low <= values[0] <= high <= 1
        assert low < high

    def test_an_interval_holds_the_estimate_where_one_interview_decides(self):
        low, high = interval(np.array([0.2, *[0.0] * 199, 1.0]))
        assert low == pytest.approx(0.195)
        assert high == 0.2

    @pytest.mark.parametrize("values", [[0.5], [0.5, np.nan], [np.nan, 0.3, 0.4]])
    def test_an_interval_of_nothing_is_nan(self, values):
        assert np.isnan(interval(np.array(values))).all()


class TestDeciding:
    @pytest.mark.parametrize(
        ("probability", "marks", "threshold"),
        [
            ([0.9, 0.3, 0.8, 0.6], [1, 0, 0, 1], 0.7),
            ([0.9, 0.6, 0.6, 0.6], [1, 0, 0, 1], 0.6),
            ([0.9, 0.8], [1, 1], 0.4),
            ([0.5, 0.5, 0.5], [0, 1, 0], 0.5),
        ],
    )
    def test_the_threshold_by_hand(self, probability, marks, threshold):
        found = best_threshold(np.array(probability), np.array(marks, dtype=bool))
        assert found == pytest.approx(threshold)

    @pytest.mark.parametrize("seed", range(5))
    def test_as_many_are_offered_as_are_coded(self, seed):
        rng = np.random.default_rng(seed)
        probability, marks = rng.random(80), rng.random(80) < 0.2
        offered = probability >= best_threshold(probability, marks)
        assert offered.sum() == marks.sum()

    @pytest.mark.parametrize("seed", range(3))
    def test_platts_curve_is_the_one_that_fits_best(self, seed):
        rng = np.random.default_rng(seed)
        scores = rng.normal(size=90)
        marks = rng.random(90) < 1 / (1 + np.exp(-2 * scores + 1))
        target = np.where(marks, (marks.sum() + 1) / (marks.sum() + 2), 1 / ((~marks).sum() + 2))

        def loss(curve):
            log_odds = curve[0] * scores + curve[1]
            return np.sum(np.logaddexp(0, log_odds) - target * log_odds)

        assert _platt(scores, marks) == pytest.approx(minimize(loss, [1, 0]).x, abs=1e-3)

    def test_platt_where_nothing_can_be_fitted(self):
        flat = np.zeros(4)
        assert _platt(flat, np.array([True, False, False, False])) == (0.0, np.log(2 / 4))
        assert _platt(np.arange(4.0), np.zeros(4, dtype=bool)) == (0.0, np.log(1 / 5))
        assert _platt(np.arange(4.0), np.ones(4, dtype=bool)) == (0.0, np.log(5))
        nearly = 1 + np.arange(36.0) * 1e-16
        assert _platt(nearly, np.arange(36) % 2 == 0) == (0.0, 0.0)
        assert _platt(np.empty(0), np.zeros(0, dtype=bool)) == (0.0, 0.0)

    def test_marks_that_scores_part_wholly_do_not_push_a_curve_to_the_end(self):
        scores, marks = np.append(np.full(5, 3.0), np.full(95, -3.0)), np.arange(100) < 5
        slope, offset = _platt(scores, marks)
        found = 1 / (1 + np.exp(-slope * np.array([3.0, -3.0]) - offset))
        assert found == pytest.approx([6 / 7, 1 / 97], abs=1e-4)

    def test_a_code_of_which_nothing_is_known_is_never_offered(self):
        scores, coded = np.arange(6.0).reshape(3, 2), np.zeros((3, 2), dtype=bool)
        known = np.array([[True, False]] * 3)
        found = decide(scores, coded, known)
        assert found.threshold.tolist() == [np.inf, np.inf]
        assert not (found.probabilities(scores) >= found.threshold).any()

    @pytest.mark.parametrize(("right", "count"), [(7, 10), (1, 40), (10, 10), (0, 3), (0, 0)])
    @pytest.mark.parametrize("share", [10, 30, 59])
    def test_chance_is_another_librarys(self, right, count, share):
        marks, offered = np.zeros(60, dtype=bool), np.arange(60) < count
        marks[:right] = True
        marks[count : count + share - right] = True
        theirs = right > 0 and binomtest(right, count, marks.mean(), "greater").pvalue <= 0.05
        assert beats_chance(offered, marks) == theirs

    def test_labels_at_random_seldom_beat_chance(self):
        rng = np.random.default_rng(3)
        marks = rng.random((400, 80)) < 0.12
        offered = rng.random((400, 80)) < 0.1
        passed = [beats_chance(*both) for both in zip(offered, marks, strict=True)]
        assert 0 < np.mean(passed) <= 0.07

    def test_a_threshold_is_judged_on_others_than_it_was_chosen_on(self):
        probability = np.array([0.9, 0.8, 0.3, 0.7, 0.6, 0.1])
        marks = np.array([True, True, False, True, False, False])
        folds = [np.arange(3), np.arange(3, 6)]
        # 0.65 is chosen on the last three, 0.55 on the first three
        found = held_out_offers(probability, marks, folds)
        assert found.tolist() == [True, True, False, True, True, False]
        assert held_out_offers(probability, marks, []).tolist() == [False] * 6


class TestNothingIsSeen:
    @pytest.mark.parametrize("count", [2, 3, 5, 14])
    def test_folds_never_split_an_interview(self, guess, count):
        groups = guess.labelled.groups
        folds = folds_of(groups, count)
        whose = [set(groups[fold]) for fold in folds]
        assert len(folds) == count
        assert sum(len(some) for some in whose) == len(set().union(*whose)) == 14
        assert sorted(np.concatenate(folds)) == list(range(len(groups)))

    def test_one_interview_has_no_folds(self):
        assert folds_of(np.array(["a", "a"], dtype=object)) == []

    @pytest.mark.parametrize("method", METHODS)
    def test_labels_of_held_out_interviews_change_nothing_there(self, guess, method):
        folds = folds_of(guess.labelled.groups, 3)
        before = hold_out(method, guess, folds)
        changed = 0
        for held in folds:
            coded = guess.labelled.coded.copy()
            coded[held] = np.random.default_rng(1).random(coded[held].shape) < 0.4
            other = Guess(
                guess.features,
                type(guess.labelled)(
                    guess.labelled.passages, guess.labelled.codes, coded, guess.labelled.known
                ),
                guess.definitions,
            )
            after = hold_out(method, other, folds)
            assert np.array_equal(after.probability[held], before.probability[held])
            assert np.array_equal(after.threshold[held], before.threshold[held])
            changed += not np.array_equal(after.probability, before.probability)
            changed += not np.array_equal(after.threshold, before.threshold)
        assert changed, "the labels of the others do count"

    def test_a_text_that_is_held_out_weighs_no_word(self, guess):
        rows = np.arange(60)
        whole = guess.features.fitted(rows).blocks[0].tfidf
        part = guess.features.take(rows).fitted(rows).blocks[0].tfidf
        index = np.unique(guess.features.blocks[0].index[rows])
        assert np.array_equal(whole[index].toarray(), part.toarray())

    def test_codes_given_at_random_are_found_as_by_chance(self):
        transcripts, said = talks(30, seed=5)
        given = shuffled(made_given(said), said, seed=2)
        found = evaluate_suggestions(
            study_of(transcripts, given),
            level="code",
            unit="sentence",
            methods=[*LEARNED, "the most frequent code"],
            draws=20,
        ).scores.set_index("method")
        chance = found.loc["the most frequent code", "map"]
        assert 0.2 < chance < 0.32
        assert (found["map"] < chance + 0.1).all()
        assert (found["macro_f1"] < 0.36).all()

    def test_the_same_study_is_found_well_where_codes_are_not_random(self, study):
        found = evaluate_suggestions(study, level="code", unit="sentence", draws=0)
        scores = found.scores.set_index("method")["map"]
        assert (scores[["meaning alone", "words alone"]] > 0.6).all()
        codes = found.codes.set_index("code_id")
        assert (codes.loc[["sleep", "meals", "buses"], "ap"] > 0.9).all()


@pytest.fixture(scope="module")
def found(study):
    with pytest.MonkeyPatch.context() as patch:
        embed_with(patch)
        return evaluate_suggestions(study, level="code", unit="sentence", draws=30)


class TestTables:
    def test_methods_stand_in_the_order_asked_for(self, study, found):
        assert found.scores["method"].tolist() == list(METHODS)
        assert dict(zip(found.scores["method"], found.scores["note"], strict=True)) == NOTES
        asked = ["words alone", "the most frequent code", "words alone"]
        few = evaluate_suggestions(study, methods=asked, draws=0)
        assert few.scores["method"].tolist() == asked[:2]

    def test_frames_are_whole(self, found):
        assert found.scores.dtypes.astype(str).to_dict() == FRAMES["suggestion_scores"]
        assert found.codes.dtypes.astype(str).to_dict() == FRAMES["suggestion_codes"]
        assert found.held_out.dtypes.astype(str).to_dict() == FRAMES["held_out"]
        assert (
            repr(found) == "SuggestionScores(ann: 139 sentences of 14 interviews, 4 codes, 5 folds)"
        )
        assert len(found.held_out) == 139 * 6
        likely = found.held_out["probability"] >= found.held_out["threshold"]
        assert likely.equals(found.held_out["suggested"])

    def test_the_tables_agree_with_what_was_held_out(self, found):
        held = found.held_out
        codes = found.codes.set_index("code_id")
        for code, some in held.groupby("code_id"):
            if not some["coded"].any():
                assert np.isnan(codes.loc[code, "f1"])
                assert codes.loc[code, "note"] == "nobody gave this code"
                continue
            theirs = f1_score(some["coded"], some["suggested"], zero_division=0.0)
            assert codes.loc[code, "f1"] == pytest.approx(theirs)
            assert codes.loc[code, "passages"] == some["coded"].sum()
        first = found.scores.iloc[0]
        assert first["macro_f1"] == pytest.approx(codes["f1"].mean())
        assert first["map"] == pytest.approx(codes["ap"].mean())
        micro = f1_score(held["coded"], held["suggested"])
        assert first["micro_f1"] == pytest.approx(micro)

    def test_intervals_hold_the_estimates(self, found):
        for name in ("macro_f1", "micro_f1", "map", "recall_at_3"):
            some = found.scores
            known = some[some[f"{name}_low"].notna()]
            assert len(known) >= 1
            assert (known[f"{name}_low"] <= known[name]).all()
            assert (known[name] <= known[f"{name}_high"]).all()

    def test_another_coder_by_hand(self):
        found = evaluate_suggestions(
            example_study(), coder="ann", methods=["the most frequent code"], draws=10
        )
        # ann's segments in ward-2 and ward-3: staffing; rest; rest. ben has the first two.
        row = found.scores.set_index("method").loc["coder ben"]
        assert row["macro_f1"] == pytest.approx((1 + 2 / 3) / 2)
        assert row["micro_f1"] == pytest.approx(2 * 2 / (3 + 2))
        assert row[["passages", "codes", "interviews"]].tolist() == [3, 2, 2]
        assert row[["map", "recall_at_3"]].isna().all()
        assert row["note"] == "what ben coded, against ann, in the interviews that both have read"
        human = found.codes.set_index("code_id")["human_f1"]
        assert human[["rest", "staffing"]].tolist() == pytest.approx([2 / 3, 1.0])

    @pytest.mark.parametrize(("beside", "rows"), [([], 0), ("ben", 1), (["ben"], 1)])
    def test_whom_to_stand_beside(self, beside, rows):
        options = {"coder": "ann", "methods": "the most frequent code", "draws": 0}
        found = evaluate_suggestions(example_study(), beside=beside, **options)
        assert len(found.scores) == 1 + rows
        assert found.codes["human_f1"].notna().any() == bool(rows)

    def test_at_themes_a_code_counts_for_the_theme_it_is_below(self, study):
        found = evaluate_suggestions(study, methods="words alone", draws=0)
        counts = found.codes.set_index("code_id")["passages"].to_dict()
        given = study.segments()["theme_id"].value_counts().to_dict()
        assert counts == {"rest": given["rest"], "food": given["food"], "buses": given["buses"]} | {
            "wages": 1
        }


class TestRefusals:
    def test_fewer_than_three_interviews(self, study):
        two = study_of(list(study.corpus.values())[:2], made_given(talks(2)[1]))
        with pytest.raises(TooFewError, match=r"ann has coded 2 interviews; .* three or more"):
            evaluate_suggestions(two)

    @pytest.mark.parametrize(
        ("options", "what"),
        [
            ({"methods": ["magic"]}, "no method is 'magic'.*'words alone'"),
            ({"methods": []}, "no method is asked for.*'words alone'"),
            ({"level": "page"}, "no level is 'page'.*'code', 'theme'"),
            ({"unit": "page"}, "no unit is 'page'"),
            ({"coder": "zoe"}, "no coder is 'zoe'.*'ann'"),
            ({"beside": ["zoe"]}, "zoe"),
            ({"folds": 1}, "1 folds leave nothing to learn from"),
            ({"speakers": "nurses", "unit": "turn"}, "no speakers is 'nurses'"),
            ({"precision": "float8"}, "no precision is 'float8'"),
        ],
    )
    def test_what_there_is_not(self, study, monkeypatch, options, what):
        monkeypatch.undo()
        with pytest.raises(UnknownValueError, match=what):
            evaluate_suggestions(study, **{"methods": "the most frequent code"} | options)

    def test_nobody_has_coded(self):
        study = study_of(talks(3)[0], [])
        bare = Study.from_parts(study.corpus, study.codebook, Codings(()))
        with pytest.raises(StudyError, match="nobody has coded anything yet"):
            evaluate_suggestions(bare)


@pytest.fixture(scope="module")
def parts():
    """Suggestions from ten interviews, and a study of what ann coded in four others."""
    transcripts, said = talks(14)
    late = [f"talk-{number}" for number in range(11, 15)]
    with pytest.MonkeyPatch.context() as patch:
        embed_with(patch)
        early = study_of(transcripts, made_given(said, unread=late))
        using = suggest(early)
    given = [one for one in made_given(said) if one[0] in late]
    return using, study_of(transcripts, given), late


class TestUsing:
    def test_unseen_interviews_are_scored(self, parts):
        using, study, late = parts
        found = evaluate_suggestions(study, using=using, level="code", unit="sentence", draws=20)
        held = found.held_out
        assert found.scores["method"].tolist() == ["suggestions"]
        assert set(held["transcript_id"]) == set(late)
        codes = found.codes.set_index("code_id")
        for code in ("sleep", "meals", "buses"):
            some = held[held["code_id"] == code]
            theirs = average_precision_score(some["coded"], some["probability"])
            assert codes.loc[code, "ap"] == pytest.approx(theirs)
            assert codes.loc[code, "ap"] > 0.8
        judged = using.judge(using.passages, tuple(using.codes["code_id"]))
        there = using.passages["transcript_id"].isin(late).to_numpy()
        assert np.array_equal(judged.probability[there].ravel(), held["probability"].to_numpy())
        assert found.folds == 1

    def test_seen_interviews_are_not(self, parts):
        using = parts[0]
        transcripts, said = talks(14)
        with pytest.raises(SeenDataError, match=r"10 of 14 interviews.*talk-1 among them"):
            evaluate_suggestions(
                study_of(transcripts, made_given(said)), using=using, level="code", unit="sentence"
            )

    def test_what_was_decided_in_an_interview_is_seen(self, parts):
        _, study, _ = parts
        transcripts, said = talks(14)
        late = [f"talk-{number}" for number in range(11, 15)]
        using = suggest(study_of(transcripts, made_given(said, unread=late)))
        one = next(one for one in said if one.transcript_id == "talk-12")
        using.learn([Decision(*one[:3], "buses", accepted=False)])
        with pytest.raises(SeenDataError, match=r"1 of 4 interviews.*talk-12"):
            evaluate_suggestions(study, using=using, level="code", unit="sentence")

    @pytest.mark.parametrize(
        ("options", "what"),
        [
            ({"level": "theme", "unit": "sentence"}, "other codes were learned.*level="),
            ({"level": "code", "unit": "turn"}, "other passages were learned.*unit="),
        ],
    )
    def test_what_was_learned_on_something_else(self, parts, options, what):
        using, study, _ = parts
        with pytest.raises(UnknownValueError, match=what):
            evaluate_suggestions(study, using=using, **options)


SCRIPT = """
import sys
from tests.machine._made_talk import made_given, study_of, talks
from qualcode import evaluate_suggestions
transcripts, said = talks(6)
found = evaluate_suggestions(
    study_of(transcripts, made_given(said)), level="code", unit="sentence", draws=5
)
for frame in (found.scores, found.codes, found.held_out):
    sys.stdout.write(frame.to_csv())
"""


class TestTheSameAgain:
    def test_in_two_processes(self, root):
        runs = [
            subprocess.Popen(
                [sys.executable, "-c", SCRIPT],
                cwd=root,
                env={"PYTHONHASHSEED": seed, "PATH": "", "CI": "true"},
                stdout=subprocess.PIPE,
                text=True,
            )
            for seed in ("1", "2")
        ]
        outs = [one.communicate()[0] for one in runs]
        assert outs[0] == outs[1]
        assert "definitions alone" in outs[0]

    def test_whatever_the_order_of_the_codings(self):
        transcripts, said = talks(6)
        given = made_given(said)
        mixed = Random(1).sample(given, len(given))
        options = {"level": "code", "draws": 5}
        one, two = (
            evaluate_suggestions(study_of(transcripts, some), **options) for some in (given, mixed)
        )
        for name in ("scores", "codes", "held_out"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


def hostile(text: str, name: str) -> Transcript:
    return Transcript(name, text, body=name, speakers=(Speaker("A", "Nurse"),))


HOSTILE = {
    "empty": "",
    "yeah": "A: Yeah.\n",
    "signs": "A: ... !!! ??? 12 -- 7.\n",
    "emoji": "A: \U0001f36a\U0001f36a \U0001f469\u200d\U0001f52c. \U0001f36a!\n",
    "right-to-left": "A: שלום עולם. אין הפסקה.\n",
    "long": "A: " + "the bus comes late " * 1250 + "\n",
    "half": "A: a\u0301 \u0000 <script>alert(1)</script> {{7*7}}.\n",
}


class TestHostile:
    @pytest.mark.parametrize("unit", ["segment", "turn", "sentence"])
    def test_hostile_texts(self, monkeypatch, unit):
        transcripts = [hostile(text, name) for name, text in HOSTILE.items()]
        given = [
            (name, 3, len(text.rstrip()), code)
            for name, text in HOSTILE.items()
            if text
            for code in ("sleep", "buses")[: 1 + (len(text) % 2)]
        ]
        found = evaluate_suggestions(study_of(transcripts, given), unit=unit, draws=10)
        assert found.scores["method"].tolist() == list(METHODS)
        assert np.isfinite(found.held_out["probability"]).all()
        assert found.held_out["transcript_id"].nunique() == len(HOSTILE) - 1

    def test_not_one_word_in_all_texts(self):
        transcripts = [hostile("A: \U0001f36a! ...\n", f"t{number}") for number in range(8)]
        given = [(f"t{number}", 3, 5, "sleep") for number in range(8)]
        found = evaluate_suggestions(study_of(transcripts, given), unit="turn", draws=3)
        assert found.scores["macro_f1"].tolist() == [1.0] * 5  # every passage has the code

    def test_no_turns(self):
        transcripts, said = talks(9)
        bare = [
            Transcript(one.id, one.text.replace("INT: ", "").replace("NN: ", ""))
            for one in transcripts
        ]
        texts = {one.id: one.text for one in bare}
        given = []
        for one, two in zip(transcripts, bare, strict=True):
            for said_there in said:
                if said_there.transcript_id == one.id and said_there.subject == "buses":
                    words = one.text[said_there.start : said_there.end]
                    at = texts[two.id].index(words)
                    given.append((one.id, at, at + len(words), "buses"))
        found = evaluate_suggestions(study_of(bare, given), unit="sentence", draws=5)
        assert found.scores["map"][0] > 0.8
        assert found.held_out["turn"].isna().all()

    def test_a_codebook_of_one_code(self):
        transcripts, said = talks(6)
        given = [one for one in made_given(said) if one[3] == "buses"]
        codes = [Code("buses", "Buses", "The bus.")]
        found = evaluate_suggestions(study_of(transcripts, given, codes), unit="sentence", draws=5)
        assert found.codes["code_id"].tolist() == ["buses"]
        assert found.scores["recall_at_3"].tolist() == [1.0] * 5

    def test_codes_nobody_gave_change_no_mean(self):
        transcripts, said = talks(6)
        given = made_given(said)
        more = (*CODES, Code("ghost", "Ghost", "Never seen."))
        options = {"level": "code", "unit": "sentence", "methods": ["words alone"], "draws": 0}
        one, two = (
            evaluate_suggestions(study_of(transcripts, given, codes), **options).scores
            for codes in (CODES, more)
        )
        pd.testing.assert_frame_equal(
            one.drop(columns="recall_at_3"), two.drop(columns="recall_at_3")
        )
