"""Made-up passages about four things, which nobody said: beds, meals, buses and wages."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import pandas as pd

from qualcode.frames import make_frame
from qualcode.machine.topics.topics import Topics, topics_of

SEED = 3
SUBJECTS = {
    "sleep": (
        ("I sleep badly by day", "the bedroom is never dark", "my pillow is over my head"),
        ("when the neighbours drill", "since I work nights", "with the curtains shut"),
    ),
    "meals": (
        ("The canteen sells cold soup", "we eat our sandwiches", "I bring my own dinner"),
        ("at three in the morning", "because the kitchen is closed", "with bread and cheese"),
    ),
    "buses": (
        ("The bus comes late", "I wait at the bus stop", "the last bus has gone"),
        ("when my shift is over", "and the driver waves", "so I walk along the road"),
    ),
    "wages": (
        ("The wages are too low", "they pay us by the hour", "my payslip is wrong"),
        ("and the overtime is unpaid", "says the union", "after the tax is taken"),
    ),
}
_ENDS = ("", ", every week of the year", " and nobody cares")


def spoken() -> pd.DataFrame:
    """Give the frame ``passages``: four subjects in turn, in nine interviews, and some 'Yeah.'."""
    each = [
        [f"{start} {middle}{end}." for start, middle, end in product(starts, middles, _ENDS)]
        for starts, middles in SUBJECTS.values()
    ]
    texts = [text for several in zip(*each, strict=True) for text in several] + ["Yeah."] * 3
    rows = [
        {
            "transcript_id": f"ward-{number % 9 + 1}",
            "body": f"Ward {number % 9 + 1}",
            "body_type": "",
            "speaker": "NN",
            "role": "Night nurse",
            "turn": number // 9 + 1,
            "start": number * 100,
            "end": number * 100 + len(text),
            "text": text,
        }
        for number, text in enumerate(texts)
    ]
    return make_frame("passages", rows)


def subject_of(text: str) -> str:
    """Say which subject a passage was made for."""
    for name, (starts, _) in SUBJECTS.items():
        if text.startswith(starts):
            return name
    return ""


def find(read: pd.DataFrame, **options: object) -> Topics:
    """Find topics as the tests do."""
    return topics_of(read, seed=SEED, **{"runs": 2, "note": "Nobody said this."} | options)


@lru_cache(maxsize=1)
def found() -> Topics:
    """Give the topics of `spoken`, found once."""
    return find(spoken())


def made_topics(topic: list[int | None], texts: list[str] | None = None) -> Topics:
    """Make a value of topics by hand: passages of 10 letters, one after the other, in ward-1."""
    count = len(topic)
    rows = [
        {"transcript_id": "ward-1", "body": "Ward 1", "body_type": "", "speaker": "NN"}
        | {"role": "Night nurse", "turn": number, "start": number * 10, "end": number * 10 + 10}
        | {"topic": given, "strength": 1.0, "x": number / count, "y": 0.5}
        | {"text": texts[number] if texts else f"passage {number}"}
        for number, given in enumerate(topic)
    ]
    numbers = sorted({one for one in topic if one is not None})
    table = [
        {"topic": one, "label": f"topic {one}", "passages": topic.count(one)}
        | {"share": topic.count(one) / count, "interviews": 1, "stability": 0.7}
        | {"top_words": "", "quotes": [f"quote {one}"], "sources": ["ward-1"]}
        for one in numbers
    ]
    from qualcode.frames import empty_frame
    from qualcode.machine.topics._settings import settings_for

    return Topics(
        make_frame("topics", table) if table else empty_frame("topics"),
        make_frame("topic_texts", rows),
        empty_frame("topic_stability"),
        settings_for(60, seed=1),
        "turn",
        0,
        "",
        {},
    )


def coded(rows: list[tuple[int, int, str]]) -> pd.DataFrame:
    """Make the frame ``segments`` of (start, end, code) in ward-1."""
    columns = {"transcript_id": "ward-1", "body": "Ward 1", "body_type": "", "speaker": "NN"}
    return make_frame(
        "segments",
        [
            columns
            | {"coding_id": str(number), "role": "", "turn": 1, "code_id": code.lower()}
            | {"theme_id": code.split(" > ")[0].lower(), "code_path": code, "coder": "ann"}
            | {"start": start, "end": end, "quote": "", "memo": "", "source": "manual"}
            | {"created_at": pd.Timestamp("2026-01-06", tz="UTC")}
            for number, (start, end, code) in enumerate(rows)
        ],
    )
