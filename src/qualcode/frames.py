"""Every public frame's columns and dtypes, in one place.

A frame has the same columns, in the same order and with the same dtypes, even when it is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["FRAMES", "empty_frame", "make_frame"]

_DTYPES = {
    "": "str",
    "int": "int64",
    "int?": "Int64",  # may be missing
    "float": "float64",
    "bool": "bool",
    "day": "datetime64[s]",
    "time": "datetime64[us, UTC]",
    "list": "object",
}

# A column is text unless a kind stands after its name.
_COLUMNS: dict[str, str] = {
    "segments": (
        "coding_id, transcript_id, body, body_type, speaker, role, turn: int?, code_id, "
        "theme_id, code_path, coder, start: int, end: int, quote, memo, source, "
        "created_at: time"
    ),
    "interviews": (
        "transcript_id, body, body_type, date: day, speakers: int, roles, synthetic: bool, "
        "turns: int, words: int, minutes: float"
    ),
    "turns": (
        "transcript_id, body, turn: int, speaker, role, time: float, start: int, end: int, text"
    ),
    "codes": "code_id, name, theme_id, code_path, depth: int, definition",
    "code_counts": (
        "code_id, code_path, theme_id, codings: int, interviews: int, bodies: int, "
        "coders: int, words: int"
    ),
    "theme_table": (
        "theme_id, theme, codings: int, interviews: int, bodies: int, of_bodies: int, "
        "share: float, roles, example, example_source"
    ),
    "quote_table": "coding_id, theme, code_path, quote, speaker, role, body, place, footnote, coder",
    "adrift": "coding_id, transcript_id, code_id, coder, start: int, end: int, quote, reason",
    "history": (
        "event_id, at: time, coder, event, coding_id, transcript_id, code_id, detail, undone: bool"
    ),
    "footnotes": (
        "footnote: int, body, role, role_printed, section, kind, passages: list, "
        "pull_quote: bool, mark_line: int?, definition_line: int?, confidence: float, doubt"
    ),
    "unattributed": "section, line: int, passages: list, speaker, why",
    "evidence": (
        "footnote: int, body, role, kind, section, themes, counter, hash, length: int, "
        "transcript_id, start: int?, end: int?, begins"
    ),
    "evidence_places": (
        "footnote: int, body, role, themes, counter, transcript_id, speaker, turn: int, "
        "time: float, start: int, end: int, words"
    ),
    "people": "transcript_id, body, body_type, speaker, role, turns: int, words: int",
    "theme_voices": (
        "theme_id, theme, role, people: int, of_people: int, people_share: float, "
        "bodies: int, contrary_people: int, codings: int"
    ),
    "theme_ways": (
        "theme_id, theme, code_path, people: int, bodies: int, codings: int, contrary: int, "
        "example, example_source"
    ),
    "contrary_table": "theme, code_path, quote, role, body, place, memo",
    "section_comparison": (
        "section, theme_id, theme, footnotes, report_bodies: int, transcript_bodies: int, "
        "report_only, placed: int, borne: int, mark"
    ),
    "coding_differences": (
        "transcript_id, kind, first_code, second_code, start: int, end: int, quote, first_id, "
        "second_id, first_start: int?, first_end: int?, second_start: int?, second_end: int?, "
        "first_memo, second_memo"
    ),
    "code_growth": (
        "position: int, transcript_id, body, date: day, new_codes: int, codes: int, new_names"
    ),
    "coding_days": (
        "coder, date: day, interviews: int, added: int, recoded: int, removed: int, memos: int"
    ),
    "coreq": "item: int, domain, topic, answer, source",
    "report_figures": (
        "figure_id, section, topic, label, body, period, value: float, upper: float, unit, "
        "qualifier, footnote: int?, line: int?, check"
    ),
    "sum_checks": (
        "figure_id, label, body, period, unit, qualifier, check, stated: float, "
        "computed: float, difference: float, outcome"
    ),
    "claim_quotes": "claim_id, stance, quote, role, body, place",
    "claim_table": (
        "claim_id, kind, section, claim, wording, needs, interviews: int, people: int, "
        "of_people: int, bodies: int, of_bodies: int, quotes: int, contrary_people: int, "
        "in_transcripts, footnotes, report_people: int, report_bodies: int, report_contrary, "
        "figures, in_report, stands: bool"
    ),
    "claim_summary": (
        "claim_id, kind, claim, wording, needs, heard, in_transcripts, attributed, in_report"
    ),
    "section_table": (
        "section, theme_id, theme, footnotes, statements: int, quoted: int, bodies: int, "
        "roles, contrary, thin"
    ),
    "list_table": "list, number: int, claim, footnotes, bodies: int, who, contrary, thin",
    "saturation_runs": (
        "after: int, first: int, last: int, new_codes: int, base_codes: int, ratio: float, "
        "within: bool"
    ),
    "saturation_orders": "n: int, point, orders: int, of_orders: int, share_so_far: float",
    "saturation_curve": (
        "position: int, transcript_id, new_codes: int, codes: int, orders_mean: float, "
        "orders_low: float, orders_high: float, expected: float, expected_low: float, "
        "expected_high: float"
    ),
    "rarefaction": "interviews: int, codes: float, se: float, low: float, high: float, kind",
    "richness": (
        "measure, estimate: float, se: float, low: float, high: float, heard: int, "
        "interviews: int, reason"
    ),
    "group_comparison": (
        "theme_id, theme, code_id, code_path, group, people: int, of_people: int, bodies: int, "
        "of_bodies: int, codings: int, contrary_people: int, people_low: float, "
        "people_high: float, small: bool, note"
    ),
    "units": "transcript_id, turn: int?, speaker, start: int, end: int, weight: int",
    "agreement": (
        "code_id, code_path, units: int, both: int, first_only: int, second_only: int, "
        "neither: int, percent: float, kappa: float, ac1: float, alpha: float, "
        "alpha_low: float, alpha_high: float, span_f1: float, overlap_f1: float, "
        "character_f1: float, prevalence: float, share_coded: float, coverage: float, reading"
    ),
    "agreement_by_transcript": (
        "transcript_id, codes: int, units: int, both: int, first_only: int, second_only: int, "
        "neither: int, percent: float, kappa: float, ac1: float, alpha: float, "
        "alpha_low: float, alpha_high: float, span_f1: float, overlap_f1: float, "
        "character_f1: float, prevalence: float, share_coded: float, coverage: float, reading"
    ),
    "worst_disagreements": (
        "kind, transcript_id, place, speaker, given, words: int, quote, first_id, second_id"
    ),
    "stars": ("coding_id, transcript_id, code_id, begins, starred_by, starred_at: time, state"),
    "summaries": "kind, case, theme_id, summary, by, at: time, codings, state",
    "framework": (
        "kind, case, theme_id, theme, codings: int, people: int, contrary_people: int, "
        "coding_ids: list, quotes: list, sources: list, fingerprint, summary, by, at: time, "
        "stale: bool"
    ),
    "code_relations": (
        "coder, level, kind, within_turns: int?, first_id, first, second_id, second, pairs: int, "
        "interviews: int, bodies: int, first_codings: int, second_codings: int, c: float, c_note, "
        "turns_both: int, turns_either: int, jaccard: float, expected: float, p: float, q: float"
    ),
    "code_sequence": (
        "coding_id, transcript_id, position: int, minute: float, turn: int?, speaker, role, "
        "code_id, code_path, theme_id, coder, start: int, end: int, words: int"
    ),
    "query_hits": (
        "transcript_id, body, body_type, speaker, role, turn: int?, place, words, codes, coders, "
        "coding_ids: list, start: int, end: int"
    ),
    "kwic": (
        "left, match, right, speaker, role, body, place, transcript_id, turn: int, start: int, "
        "end: int"
    ),
    "search_hits": (
        "rank: int, transcript_id, body, body_type, speaker, role, turn: int?, place, words, "
        "codes, score: float, by_meaning: float, by_words: float, start: int, end: int"
    ),
    "passages": (
        "transcript_id, body, body_type, speaker, role, turn: int?, start: int, end: int, text"
    ),
    "suggestion_scores": (
        "method, macro_f1: float, macro_f1_low: float, macro_f1_high: float, micro_f1: float, "
        "micro_f1_low: float, micro_f1_high: float, map: float, map_low: float, map_high: float, "
        "recall_at_3: float, recall_at_3_low: float, recall_at_3_high: float, interviews: int, "
        "passages: int, codes: int, note"
    ),
    "suggestion_codes": (
        "code_id, code_path, passages: int, interviews: int, ap: float, ap_low: float, "
        "ap_high: float, f1: float, f1_low: float, f1_high: float, precision: float, "
        "recall: float, recall_at_3: float, recall_at_3_low: float, recall_at_3_high: float, "
        "threshold: float, human_f1: float, note"
    ),
    "suggestion_basis": (
        "code_id, code_path, basis, passages: int, interviews: int, threshold: float, "
        "precision: float, offered: int, note"
    ),
    "suggestions": (
        "transcript_id, body, speaker, role, place, code_id, code_path, words, probability: float, "
        "threshold: float, basis, why, start: int, end: int"
    ),
    "held_out": (
        "transcript_id, body, body_type, speaker, role, turn: int?, start: int, end: int, code_id, "
        "probability: float, threshold: float, suggested: bool, coded: bool"
    ),
    "calibration": (
        "bin_low: float, bin_high: float, passages: int, mean_probability: float, "
        "coded_share: float, coded_low: float, coded_high: float"
    ),
    "topics": (
        "topic: int, label, passages: int, share: float, interviews: int, stability: float, "
        "top_words, quotes: list, sources: list"
    ),
    "topic_texts": (
        "transcript_id, body, body_type, speaker, role, turn: int?, start: int, end: int, "
        "topic: int?, strength: float, x: float, y: float, text"
    ),
    "topic_stability": (
        "change, runs: int, ari: float, ari_low: float, ari_high: float, ami: float, "
        "topics_low: int, topics_high: int, outliers: float"
    ),
    "topic_agreement": (
        "measure, among, passages: int, value: float, chance: float, chance_high: float, p: float"
    ),
    "code_topics": (
        "code_id, code_path, passages: int, topic: int?, label, shared: int, precision: float, "
        "recall: float, f1: float, chance_f1: float, p: float, q: float, found: bool"
    ),
    "topic_codes": (
        "topic: int, label, passages: int, uncoded: int, code_id, code_path, shared: int, "
        "code_share: float, f1: float, chance_f1: float, p: float, q: float, stability: float, "
        "reading, quotes: list, sources: list"
    ),
    "coder_checks": (
        "kind, code_id, code_path, other_code_id, other_code_path, what, score: float, q: float, "
        "passages: int, coding_ids: list, places: list, quotes: list, other_coding_ids: list, "
        "other_places: list, other_quotes: list"
    ),
    "suggestion_bias": (
        "group, interviews: int, people: int, passages: int, decisions: int, coded: int, "
        "suggested: int, correct: int, missed_share: float, missed_share_low: float, "
        "missed_share_high: float, false_alarm_share: float, false_alarm_share_low: float, "
        "false_alarm_share_high: float, precision: float, precision_low: float, "
        "precision_high: float, recall: float, recall_low: float, recall_high: float, f1: float, "
        "f1_low: float, f1_high: float, calibration_gap: float, calibration_gap_low: float, "
        "calibration_gap_high: float, missed_p: float, missed_q: float, false_alarm_p: float, "
        "false_alarm_q: float, small: bool, note"
    ),
    "findings": "kind, footnote, line: int?, finding",
}


def _dtypes(columns: str) -> dict[str, str]:
    named = (column.partition(": ") for column in columns.split(", "))
    return {name: _DTYPES[kind] for name, _, kind in named}


#: name of the frame -> column -> dtype
FRAMES: dict[str, dict[str, str]] = {name: _dtypes(text) for name, text in _COLUMNS.items()}


def make_frame(name: str, data: Mapping[str, Any] | list[dict[str, Any]]) -> pd.DataFrame:
    """Build one of the public frames, with its columns, order and dtypes.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.
    data : mapping of columns, or list of records
        Every column of the frame; others are refused.

    Returns
    -------
    pandas.DataFrame
        With a fresh index from 0.

    Raises
    ------
    KeyError
        If the frame's name is unknown or a column is missing.
    ValueError
        If there is a column that the frame does not have.

    Examples
    --------
    >>> make_frame("findings", [{"kind": "sum", "footnote": "", "line": 3, "finding": "off by 1"}])
      kind footnote  line   finding
    0  sum              3  off by 1
    """
    columns = FRAMES[name]
    if isinstance(data, list):
        data = {column: [row[column] for row in data] for column in (data[0] if data else columns)}
    extra = set(data) - set(columns)
    if extra:
        raise ValueError(f"frame {name!r} has no column {sorted(extra)}; it has {list(columns)}")
    return pd.DataFrame(
        {column: pd.Series(data[column], dtype=dtype) for column, dtype in columns.items()}
    )


def empty_frame(name: str) -> pd.DataFrame:
    """Build one of the public frames with no rows.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.

    Returns
    -------
    pandas.DataFrame
        No rows, all columns, right dtypes.

    Examples
    --------
    >>> list(empty_frame("findings"))
    ['kind', 'footnote', 'line', 'finding']
    """
    return make_frame(name, {column: [] for column in FRAMES[name]})
