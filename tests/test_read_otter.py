"""Reading Otter's TXT export."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import EncodingError, TranscriptError
from qualcode.model import Speaker
from qualcode.sources._otter_preface import find_date
from qualcode.sources.otter import looks_like_otter, parse_otter

Turns = list[tuple[str, float | None, str]]

EXPORT = """\
Lighthouse talk
Tue, Mar 4, 2025 10:05AM • 45:12

SUMMARY KEYWORDS
lamp, fog, night watch, supply boat

SPEAKERS
Mary O'Neil, Speaker 2, Unknown Speaker

Mary O'Neil  00:03
So, how long have you kept the lamp?

Speaker 2  0:09
Eleven years. Note: the first was the longest.
We begin at 10:30.

Unknown Speaker  1:02:03
The boat is here.

Mary O'Neil  1:02:09
Shall we stop?

Transcribed by https://otter.ai
"""


def turns(text: str) -> Turns:
    found = parse_otter(text.encode(), path="talk.txt").transcript
    return [(t.speaker, t.time, found.text[t.words_start : t.end]) for t in found.turns]


def notes(text: str) -> list[tuple[int | None, str]]:
    return [(n.line, n.what) for n in parse_otter(text.encode(), path="talk.txt").notes]


def test_a_whole_export():
    found = parse_otter(EXPORT.encode(), path="Lighthouse talk_otter_ai.txt")
    assert found.notes == ()
    transcript = found.transcript
    assert transcript.text == (
        "[00:00:03] Mary O'Neil: So, how long have you kept the lamp?\n\n"
        "[00:00:09] Speaker 2: Eleven years. Note: the first was the longest.\n"
        "We begin at 10:30.\n\n"
        "[01:02:03] Unknown Speaker: The boat is here.\n\n"
        "[01:02:09] Mary O'Neil: Shall we stop?\n"
    )
    assert transcript.speakers == tuple(
        map(Speaker, ("Mary O'Neil", "Speaker 2", "Unknown Speaker"))
    )
    assert transcript.date == date(2025, 3, 4)
    assert transcript.attributes == {
        "title": "Lighthouse talk",
        "recorded": "Tue, Mar 4, 2025 10:05AM • 45:12",
        "keywords": ("lamp", "fog", "night watch", "supply boat"),
        "imported_from": "otter",
    }
    assert transcript.id == "lighthouse-talk-otter-ai"


TWO = [("Mary", 3.0, "Who?"), ("Jo", 5.0, "Me.")]


@pytest.mark.parametrize(
    "text",
    [
        "Mary  0:03\nWho?\n\nJo  0:05\nMe.\n",
        "Mary  0:03  \nWho?\n\nJo  0:05  \nMe.\n\nTranscribed by https://otter.ai\n\n",
        "Mary     00:03\r\nWho?\r\n\r\nJo\t00:05\r\nMe.\r\n",
        "\ufeffMary\u00a0\u00a00:03\nWho?\n\nJo \u00a00:05\nMe.\n\nTranscribed by otter.ai",
        "\n\nMary  0:00:03\n\nWho?\n\n\n\nJo  0:00:05\nMe.",
        "Mary  0:03\nWho?\nJo  0:05\nMe.\nMary  0:07\nOh\nJo  0:08\nYes",
    ],
)
def test_the_ways_a_turn_begins(text):
    assert turns(text)[:2] == TWO


@pytest.mark.parametrize(
    ("time", "seconds"),
    [("0:00", 0), ("59:59", 3599), ("1:00:00", 3600), ("123:45:06", 445506), ("99:59", 5999)],
)
def test_times(time, seconds):
    assert turns(f"Jo  {time}\nMe.\n") == [("Jo", float(seconds), "Me.")]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Jean-Luc d'Œuvre (Chair)", "Jean-Luc d'Œuvre (Chair)"),
        ("דנה לוי", "דנה לוי"),
        ("\u200fדנה לוי\u200f", "דנה לוי"),
        ("Room 4", "Room 4"),
        ("10", "10"),
        ("X", "X"),
        ("李雷", "李雷"),
        ("Team: North [2]", "Team- North (2)"),
        ("Jose\u0301", "José"),
    ],
)
def test_names(name, label):
    assert turns(f"{name}  0:03\nHello\n\nJo  0:05\nMe.\n")[0] == (label, 3.0, "Hello")


def test_names_that_become_one_stay_two_people():
    found = parse_otter(b"A:B  0:03\nx\n\nA-B  0:05\ny\n\nA:B  0:07\nz\n")
    assert turns("A:B  0:03\nx\n\nA-B  0:05\ny\n") == [("A-B", 3.0, "x"), ("A-B (2)", 5.0, "y")]
    assert [note.what for note in found.notes] == [
        "speaker 'A:B' is written 'A-B'",
        "speaker 'A-B' is written 'A-B (2)'",
    ]


def test_paragraphs_of_one_speaker_become_one_turn_with_the_first_time():
    text = "Jo  0:03\nOne.\n\nJo  0:09\nTwo.\n\nMary  0:12\nThree.\n\nJo  0:15\nFour.\n"
    assert turns(text) == [
        ("Jo", 3.0, "One.\nTwo."),
        ("Mary", 12.0, "Three."),
        ("Jo", 15.0, "Four."),
    ]
    assert notes(text) == [(None, "1 paragraph joined to the same speaker's words above")]


def test_paragraphs_within_a_turn_stay_in_it():
    text = "Jo  0:03\nOne.\n\nMary: two.\n\n[00:00:09] Jo: three.\n\nMary  0:12\nFour.\n"
    assert turns(text) == [
        ("Jo", 3.0, "One.\nMary: two.\n[00:00:09] Jo: three."),
        ("Mary", 12.0, "Four."),
    ]


def test_words_that_end_in_a_time_are_words():
    text = (
        "Jo  0:03\nWe met at  10:30\nand again at  11:30\n\nNot later than  0:01\nhe said.\n\n"
        "Mary  0:12\nGood, then  0:20\n\nJo  0:30\nBye.\n"
    )
    assert [speaker for speaker, _, _ in turns(text)] == ["Jo", "Mary", "Jo"]
    assert [line for line, _ in notes(text)] == [2, 3, 5, 9]
    assert notes(text)[2][1] == "'Not later than 0:01' is read as words"


def test_a_turn_of_a_known_name_with_one_space_and_one_without_a_name_are_reported():
    text = "Jo  0:03\nOne.\n\nMary  0:05\nTwo.\n\nJo 0:09\nThree.\n\n0:12\nFour.\n\nJo  0:15\nx\n"
    assert [(name, time) for name, time, _ in turns(text)] == [
        ("Jo", 3.0),
        ("Mary", 5.0),
        ("Jo", 9.0),
        ("Unknown Speaker", 12.0),
        ("Jo", 15.0),
    ]
    assert notes(text) == [
        (7, "'Jo 0:09' is read as the beginning of a turn"),
        (10, "'0:12' is read as the beginning of a turn"),
    ]


def test_a_turn_without_words_is_kept():
    assert turns("Jo  0:03\n\nMary  0:05\nHi\n") == [("Jo", 3.0, ""), ("Mary", 5.0, "Hi")]


def test_only_the_last_line_is_otters_own():
    text = "Jo  0:03\nTranscribed by https://otter.ai\n\nMary  0:05\nNo\n\nTranscribed by https://otter.ai"
    assert turns(text)[0][2] == "Transcribed by https://otter.ai"
    assert turns(text)[1][2] == "No"


def test_other_blocks_above_the_turns():
    text = (
        "Keywords: lamp, fog\n\nSummary:\nThey talk.\n\nThen they stop.\n\nOutline\nOne\n\n"
        "Speakers: Jo, Al\n\nJo  0:03\nHi\n"
    )
    found = parse_otter(text.encode())
    assert found.transcript.attributes == {
        "keywords": ("lamp", "fog"),
        "summary": "They talk.\nThen they stop.",
        "outline": "One",
        "imported_from": "otter",
    }
    assert [note.what for note in found.notes] == [
        "'Al' is among Otter's speakers and never speaks"
    ]


def test_lines_that_nobody_knows_are_kept_and_reported():
    text = "Title\nA line\nanother\n\nJo  0:03\nHi\n"
    found = parse_otter(text.encode())
    assert found.transcript.attributes["preface"] == "A line\nanother"
    assert notes(text) == [(1, "2 lines above the first turn kept as attribute 'preface'")]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Tue, Mar 4, 2025 10:05AM • 45:12", date(2025, 3, 4)),
        ("March 4th, 2025", date(2025, 3, 4)),
        ("4 March 2025", date(2025, 3, 4)),
        ("Sept 9 2025", date(2025, 9, 9)),
        ("2025-03-04 10:05", date(2025, 3, 4)),
        ("Feb 30, 2025", None),
        ("03/04/2025", None),
        ("marching 4, 2025", None),
        ("decide 4, 2025", None),
        ("45:12", None),
    ],
)
def test_days_that_cannot_be_mistaken(line, day):
    assert find_date(line) == day


@pytest.mark.parametrize(
    ("text", "otter"),
    [
        (EXPORT, True),
        ("Jo  0:03\nHi\n", True),
        ("Title\n\nJo  0:03\nHi\n\nTranscribed by https://otter.ai\n", True),
        ("SPEAKERS\nJo\n\nJo  0:03\nHi\n", True),
        ("", False),
        ("Notes of a talk\n\nMeeting room B  10:30\n\nAnn: Hello\nBo: Hi\n", False),
        ("Ann: Hello\nBo: We meet at 10:30\n\nAnn: at  11:30\n", False),
        ("Mar 4, 2025  10:30\nAnn: Hello\nBo: Hi\n", False),
        ("[00:00:03] Jo: Hi\n\n[00:00:04] Mary: Hi\n", False),
        ("Jo 0:03\nHi\n\nMary 0:04\nHi\n", False),
        ("0:03\nHi\n\n0:04\nHi\n", False),
    ],
)
def test_telling_otter_from_other_texts(text, otter):
    assert looks_like_otter(text) is otter


@pytest.mark.parametrize("text", ["", "words", "Jo: Hi\n", "0:03\nHi\n"])
def test_a_text_without_otters_turns_is_refused(text):
    with pytest.raises(
        TranscriptError, match=r"talk\.txt:1: no turn as Otter writes them\. Mend: e"
    ):
        turns(text)


def test_latin_1_and_utf_16_are_refused_unless_named():
    with pytest.raises(EncodingError, match=r":2: not UTF-8: the byte 0xE9"):
        parse_otter("Jo  0:03\ncafé\n".encode("latin-1"), path="talk.txt")
    data = "Jo  0:03\r\ncafé\r\n".encode("utf-16")
    with pytest.raises(EncodingError, match="UTF-16"):
        parse_otter(data)
    assert parse_otter(data, encoding="utf-16").transcript.text == "[00:00:03] Jo: café\n"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000 + "  0:03",
        ("  " * 50 + "0:03\n") * 5000,
        "Jo  0:03\n\n" * 5000,
        "".join(f"N{n}  0:03\nx\n\n" for n in range(5000)),
        "1:1:1:1:" * 100_000,
    ],
)
def test_hostile_text_is_read_in_a_moment(text):
    if looks_like_otter(text):
        try:
            assert turns(text)
        except TranscriptError as error:
            assert "5,000 speakers" in str(error)  # noqa: PT017
    else:
        assert "otter" not in text


said = st.lists(
    st.tuples(
        st.sampled_from(["Jo", "Mary O'Neil", "Speaker 1", "דנה", "Dr. No", "X"]),
        st.text(st.sampled_from("ab é🥖\u202b.,?:\n[]\u200d"), max_size=30),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(said, st.integers(0, 400_000))
def test_what_was_said_is_found_again(said, start):
    expected: Turns = []
    export = "Title\n\n"
    for n, (name, words) in enumerate(said):
        time = start + n
        export += f"{name}  {time // 3600}:{time // 60 % 60:02}:{time % 60:02}\n{words}\n\n"
        flat = re.sub(r"\n\s*\n", "\n", words.strip())
        if expected and expected[-1][0] == name:
            expected[-1] = (name, expected[-1][1], f"{expected[-1][2]}\n{flat}".strip())
        else:
            expected.append((name, float(time), flat))
    flat_turns = [(n, t, re.sub(r"\n\s*\n", "\n", w)) for n, t, w in expected]
    assert turns(export + "Transcribed by https://otter.ai\n") == flat_turns


def test_a_time_may_stand_alone_below_the_name():
    text = "Plots\n\nBob\n0:42\nHello.\nYou?\n\nAnn Lee\n0:45\nFine.\n\nBob\n1:02:03\nBye.\n"
    assert looks_like_otter(text)
    found = parse_otter(text.encode())
    assert found.transcript.text == (
        "[00:00:42] Bob: Hello.\nYou?\n\n[00:00:45] Ann Lee: Fine.\n\n[01:02:03] Bob: Bye.\n"
    )
    assert found.transcript.attributes == {"title": "Plots", "imported_from": "otter"}
    assert found.notes == ()


def test_among_other_turns_only_known_names_are_believed_above_a_time():
    text = "Ann  0:03\nHi.\n\nBob  0:05\nYes.\n\nAnn\n0:42\nSo.\n\nAt noon\n0:45\nThen.\n"
    found = parse_otter(text.encode(), path="a.txt")
    assert found.transcript.text == (
        "[00:00:03] Ann: Hi.\n\n[00:00:05] Bob: Yes.\n\n[00:00:42] Ann: So.\nAt noon\n0:45\nThen.\n"
    )
    assert [str(note) for note in found.notes] == [
        "a.txt:11: 'At noon' stands above a time and is read as words. Mend: if a turn begins "
        "here, write name and time on one line: 'Name  0:03'"
    ]


def test_words_above_a_time_in_a_plain_text_are_no_turn():
    assert not looks_like_otter("Ann: Look.\n\nThe clock says:\n10:30\nAnn: Oh.\n")
