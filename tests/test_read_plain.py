"""Reading plain text with speaker labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import EncodingError, TranscriptError
from qualcode.model import Speaker
from qualcode.sources._labels import clock_seconds
from qualcode.sources.plain import looks_like_plain, parse_plain

if TYPE_CHECKING:
    from qualcode.sources._reading import Reading

Turns = list[tuple[str, float | None, str]]


def read(text: str) -> Reading:
    return parse_plain(text.encode(), path="Baker talk.txt")


def turns(text: str | Reading) -> Turns:
    found = (read(text) if isinstance(text, str) else text).transcript
    return [(t.speaker, t.time, found.text[t.words_start : t.end]) for t in found.turns]


def notes(text: str) -> list[tuple[int | None, str]]:
    return [(note.line, note.what) for note in read(text).notes]


ASK = [
    ("Ann", None, "Who bakes?"),
    ("Bo", None, "I do."),
    ("Ann", None, "Alone?"),
    ("Bo", None, "Yes."),
]


@pytest.mark.parametrize(
    "text",
    [
        "Ann: Who bakes?\nBo: I do.\nAnn: Alone?\nBo: Yes.\n",
        "Ann: Who bakes?\n\nBo: I do.\n\nAnn: Alone?\n\nBo: Yes.",
        "Ann:\tWho bakes?\r\nBo :  I do.\r\nAnn: Alone?\r\nBo: Yes.\r\n",
        "Ann:\nWho bakes?\n\nBo:\nI do.\n\nAnn:\nAlone?\n\nBo:\nYes.\n",
        "  Ann: Who bakes?\n  Bo: I do.\n  Ann: Alone?\n  Bo: Yes.\n",
        "\ufeffAnn:\u00a0Who bakes?\nBo: I do.\nANN: Alone?\nbo: Yes.\n",
        "**Ann:** Who bakes?\n\n**Bo**: I do.\n\n**Ann:** Alone?\n\n**Bo:** Yes.\n",
        "Ann： Who bakes?\nBo： I do.\nAnn： Alone?\nBo： Yes.\n",
    ],
)
def test_labels_with_a_colon(text):
    assert turns(text) == ASK
    assert notes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:03] Ann: Who?\n[00:01:10] Bo: I.\n[01:00:00] Ann: Oh.\n",
        "[00:03] Ann: Who?\n\n[01:10] Bo: I.\n\n[60:00] Ann: Oh.\n",
        "(00:03) Ann: Who?\n(1:10) Bo: I.\n(1:00:00) Ann: Oh.\n",
        "00:03 Ann: Who?\n01:10 - Bo: I.\n1:00:00 Ann: Oh.\n",
        "Ann (00:03): Who?\nBo (01:10): I.\nAnn (1:00:00): Oh.\n",
        "Ann [00:00:03.250]:\nWho?\n\nBo [00:01:10,900]:\nI.\n\nAnn [01:00:00]:\nOh.\n",
        "Ann 00:00:03: Who?\nBo 00:01:10: I.\nAnn 01:00:00: Oh.\n",
        "Ann: [00:03] Who?\nBo: [01:10] I.\nAnn: [1:00:00] Oh.\n",
        "Ann: (00:03) Who?\nBo: (01:10) I.\nAnn: (1:00:00) Oh.\n",
        "Ann [00:03]\nWho?\n\nBo [01:10]\nI.\n\nAnn [1:00:00]\nOh.\n\nBo (1:00:00)\n",
        "00:03\nAnn: Who?\n\n[01:10]\nBo: I.\n\n(1:00:00)\nAnn: Oh.\n",
    ],
)
def test_times_before_or_after_the_label(text):
    expected = [("Ann", 3.0, "Who?"), ("Bo", 70.0, "I."), ("Ann", 3600.0, "Oh.")]
    assert turns(text)[:3] == expected


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("I: Who?\nR: Me.\n", ["I", "R"]),
        ("I1: Who?\nR12: Me.\n", ["I1", "R12"]),
        ("Q: Who?\nA: Me.\n", ["Q", "A"]),
        ("Q. Who?\nA. Me.\nQ. Why?\nA. For fun.\n", ["Q", "A"]),
        ("INTERVIEWER: Who?\n\nINTERVIEWEE: Me.\n", ["INTERVIEWER", "INTERVIEWEE"]),
        ("Interviewer 1: Who?\n\nParticipant 3: Me.\n", ["Interviewer 1", "Participant 3"]),
        ("Speaker 1 (00:03): Who?\nSpeaker 2 (00:05): Me.\n", ["Speaker 1", "Speaker 2"]),
        ("Moderator: Who?\nP1: Me.\nP2: Me too.\nP1: Ha.\nP2: Ha.", ["Moderator", "P1", "P2"]),
        (
            "Dr. J. O'Neil-Smith: Who?\nCllr Müller (Chair): Me.\n" * 2,
            ["Dr. J. O'Neil-Smith", "Cllr Müller (Chair)"],
        ),
        ("Head of Ovens: Who?\nBO: Me.\nHead of Ovens: Oh.\nBO: Yes", ["Head of Ovens", "BO"]),
        ("דנה: שלום\nיוסי: היי\nדנה: מי?\nיוסי: אני\n", ["דנה", "יוסי"]),
        ("アン: だれ\n次郎: 私\nアン: そう\n次郎: はい\n", ["アン", "次郎"]),
    ],
)
def test_labels_that_transcripts_use(text, labels):
    found = read(text)
    assert [speaker.label for speaker in found.transcript.speakers] == labels
    assert found.notes == ()


def test_only_labels_that_say_so_are_given_a_role():
    found = read("Q: Who?\nA: Me.\n").transcript.speakers
    assert found == (Speaker("Q", "Interviewer"), Speaker("A"))
    assert read("Ann: Who?\nBo: Me.\n" * 2).transcript.speakers == (Speaker("Ann"), Speaker("Bo"))


def test_lines_without_a_label_belong_to_the_turn_above():
    text = "I: Who bakes\nand who sells?\n\nReally?\n\n\nR: I bake.\n   She sells.\n\n[coughs]\n"
    assert turns(text) == [
        ("I", None, "Who bakes\nand who sells?\nReally?"),
        ("R", None, "I bake.\nShe sells.\n[coughs]"),
    ]


PROSE = (
    "I: What does it take?\n"
    "R: It goes as follows: flour,\n"
    "as follows: water, salt.\n"
    "Note: no sugar.\n"
    "The point is: patience.\n"
    "The point is: patience again.\n"
    "http://example.org/bread\n"
    "See 10:30: the oven is hot\n"
    "Three things, then: a, b, c.\n"
    "First: knead.\nFirst: wait.\n"
    "So he said to me very slowly and clearly: no.\n"
    "I: Thanks.\n"
    "R: Bye.\n"
)


def test_words_before_a_colon_are_not_taken_for_speakers():
    found = turns(PROSE)
    assert [speaker for speaker, _, _ in found] == ["I", "R", "I", "R"]
    assert found[1][2].count("\n") == 10
    assert [line for line, _ in notes(PROSE)] == [5, 10]


@pytest.mark.parametrize(
    "label",
    [
        "Council officer",
        "SEND officer",
        "mother",
        "The mother",
        "Participant 3 (parent)",
        "Deputy head of children's services",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("words", ["Well.", "Well,\nwell.\nYes."])
def test_a_label_in_small_letters_that_recurs_is_a_speaker(label, between, words):
    text = f"Interviewer: How?{between}{label}: {words}{between}" * 3
    assert turns(text) == [("Interviewer", None, "How?"), (label, None, words)] * 3
    assert notes(text) == []


def test_a_speaker_in_small_letters_says_several_paragraphs():
    text = "Interviewer: How?\n\nCouncil officer: So.\n\nThen so.\n\nAnd so.\n\n" * 4
    said = [("Interviewer", None, "How?"), ("Council officer", None, "So.\nThen so.\nAnd so.")]
    assert turns(text) == said * 4
    assert notes(text) == []


@pytest.mark.parametrize(
    "names", [("Interviewer", "Council officer"), ("Ann", "Bo"), ("me", "mum")]
)
def test_a_question_with_its_answer_is_a_paragraph(names):
    text = f"{names[0]}: How?\n{names[1]}: So.\n\n" * 4
    assert turns(text) == [(names[0], None, "How?"), (names[1], None, "So.")] * 4


def test_a_rare_label_in_small_letters_is_read_as_words_and_the_note_says_what_to_do():
    talk = "Ann: How?\n\nBo: So.\n\nThen so.\n\n" * 8
    text = f"{talk}mother: Hm.\n\nAnn: Oh?\n\nmother: Yes.\n"
    assert {speaker for speaker, _, _ in turns(text)} == {"Ann", "Bo"}
    (note,) = read(text).notes
    assert (note.line, note.what) == (49, "'mother' is read as words, not a speaker")
    assert note.mend.endswith("with a time and the label: '[00:00:00] mother:'")
    mended = re.sub(r"^(?=Ann:|Bo:|mother:)", "[00:00:00] ", text, flags=re.MULTILINE)
    assert [speaker for speaker, _, _ in turns(mended)][-3:] == ["mother", "Ann", "mother"]
    assert notes(mended) == []


def test_a_rare_label_is_believed_where_all_else_has_one_and_reported():
    text = "Ann: How?\nBo: So.\n" * 8 + "next door: Hm.\nAnn: Oh?\nnext door: Yes.\n"
    assert [speaker for speaker, _, _ in turns(text)][-3:] == ["Ann", "Bo", "Ann"]
    text = text.replace("next door", "old neighbour")
    assert [speaker for speaker, _, _ in turns(text)][-3:] == [
        "old neighbour",
        "Ann",
        "old neighbour",
    ]
    assert notes(text) == [(17, "'old neighbour' is read as the beginning of a turn")]


def test_words_before_a_colon_inside_paragraphs_are_no_speaker_in_small_letters_either():
    text = "Ann: Who?\n\nBo: I.\nmore costs: ten.\nmore costs: two.\n\nAnn: Oh.\nNo?\n\nBo: Yes.\n"
    assert [speaker for speaker, _, _ in turns(text)] == ["Ann", "Bo", "Ann", "Bo"]
    assert notes(text) == [(4, "'more costs' is read as words, not a speaker")]


def test_where_one_person_speaks_alone_every_label_is_reported():
    text = "Interviewer: How?\nCouncil officer: So.\nBut: no.\nNote: ten.\n"
    assert turns(text) == [
        ("Interviewer", None, "How?\nCouncil officer: So.\nBut: no.\nNote: ten.")
    ]
    assert (2, "'Council officer' is read as words, not a speaker") in notes(text)


def test_somebody_who_speaks_once_is_heard_where_every_paragraph_has_a_label():
    text = "Ann: Who?\n\nBo: I.\n\nReceptionist: The post is here.\n\nAnn: Oh.\n\nBo: Thanks.\n"
    assert ("Receptionist", None, "The post is here.") in turns(text)
    assert notes(text) == [(5, "'Receptionist' is read as the beginning of a turn")]


def test_a_lone_label_in_running_text_is_read_as_words_and_reported():
    text = "Ann: Who?\nBo: I did\nit all.\nBudget: ten pounds.\nMore text.\nAnn: Oh.\nBo: Yes\n"
    assert turns(text)[1] == ("Bo", None, "I did\nit all.\nBudget: ten pounds.\nMore text.")
    assert notes(text) == [(4, "'Budget' is read as words, not a speaker")]


def test_a_label_inside_a_paragraph_is_words_where_turns_are_paragraphs():
    text = "Ann: Who?\n\nBo: I did.\nCosts: ten pounds.\n\nAnn: Oh.\n\nBo: Yes.\n"
    assert [speaker for speaker, _, _ in turns(text)] == ["Ann", "Bo", "Ann", "Bo"]


def test_a_label_that_recurs_inside_paragraphs_only_is_words_and_reported():
    text = "Ann: Who?\n\nBo: I.\nCosts: ten.\nCosts: two.\n\nAnn: Oh.\nNo?\n\nBo: Yes.\n"
    assert turns(text)[1] == ("Bo", None, "I.\nCosts: ten.\nCosts: two.")
    assert notes(text) == [(4, "'Costs' is read as words, not a speaker")]


def test_labels_without_a_time_in_a_timed_file_are_words():
    text = "".join(f"[00:0{n}:00] {'AB'[n % 2]}nn: Well.\nPlan: wait.\n\n" for n in range(6))
    assert {speaker for speaker, _, _ in turns(text)} == {"Ann", "Bnn"}
    assert notes(text) == [(2, "'Plan' is read as words, not a speaker")]


def test_two_people_who_speak_once_each():
    assert turns("Anna: Hello.\nBen: Hi.\n") == [("Anna", None, "Hello."), ("Ben", None, "Hi.")]
    assert turns("anna: hello\nben: hi\n") == [("anna", None, "hello"), ("ben", None, "hi")]


def test_a_time_after_the_colon_is_words_where_few_turns_have_one():
    text = "Ann: When?\nBo: (10:30) is best.\nAnn: Oh.\nBo: Yes.\nAnn: Good.\n"
    assert turns(text)[1] == ("Bo", None, "(10:30) is best.")


def test_what_stands_above_the_first_turn_is_kept_and_reported():
    text = (
        "Talk with a baker\nInterviewer: Ann Lee\nDate: 3 May\n\nIn the yard.\n\nI: Who?\nR: Me.\n"
    )
    found = read(text)
    assert found.transcript.attributes == {
        "preface": "Talk with a baker\nInterviewer: Ann Lee\nDate: 3 May\nIn the yard.",
        "imported_from": "plain text",
    }
    assert [note.what for note in found.notes] == [
        "4 lines above the first turn kept as attribute 'preface'"
    ]
    assert [speaker for speaker, _, _ in turns(found)] == ["I", "R"]


def test_invisible_and_control_characters_are_dropped_and_counted():
    found = read(
        "I: zero\u200bwidth\u00ad\x07\x0cnext\u2028last\u00a0one\nR: 👩\u200d🍳 می\u200cخواهم\n"
    )
    assert turns(found) == [
        ("I", None, "zerowidth\nnext\nlast one"),
        ("R", None, "👩\u200d🍳 می\u200cخواهم"),
    ]
    assert [note.what for note in found.notes] == [
        "2 invisible characters dropped",
        "1 control character dropped",
    ]


def test_decomposed_letters_are_composed():
    assert turns("I: cafe\u0301\nR: yes\n")[0][2] == "café"


def test_marks_of_direction_are_taken_out_of_names():
    text = "\u200fדנה\u200f: שלום\nBo: hi\nדנה: \u200fכן\nBo: yes\n"
    assert [speaker for speaker, _, _ in turns(text)] == ["דנה", "Bo", "דנה", "Bo"]


def test_the_id_comes_of_the_name_and_the_body_is_left_open():
    found = read("I: Who?\nR: Me.\n").transcript
    assert (found.id, found.body, str(found.path)) == ("baker-talk", "", "Baker talk.txt")
    assert parse_plain(b"I: Who?\nR: Me.\n").transcript.id == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No speaker here.\nNone at all.\n",
        "As follows: a\n\nSee also: b\n",
        "Just words.\nNothing more: see?\n",
        "10:30\n11:30\n",
        ": x\n: y\n",
        "Title: a\nDate: b\n",
    ],
)
def test_a_text_with_no_speaker_is_refused(text):
    assert not looks_like_plain(text)
    with pytest.raises(TranscriptError, match=r"talk\.txt:1: no speaker was found\. Mend: begin"):
        read(text)


def test_other_encodings_are_read_only_when_named():
    text = "I: Käse?\nR: “Ja”\n"
    with pytest.raises(EncodingError, match=r"byte 0xE4 .*--encoding latin-1"):
        parse_plain(text.encode("cp1252"))
    with pytest.raises(EncodingError, match="--encoding utf-16"):
        parse_plain(text.encode("utf-16"))
    for encoding in ("cp1252", "utf-16", "utf-16-le", "UTF_8", "utf-8-sig"):
        assert turns(parse_plain(text.encode(encoding), encoding=encoding))[1][2] == "“Ja”"
    for encoding, saved, mark in [
        ("latin-1", "utf-16", "UTF-16"),
        ("cp1252", "utf-32", "UTF-32"),
        ("utf-16", "utf-32", "UTF-32"),
        ("latin-1", "utf-8-sig", "UTF-8"),
    ]:
        said = rf"a:1: not {encoding}: .* mark of {mark}\. Mend: import it with --encoding {mark.lower()}"
        with pytest.raises(EncodingError, match=said):
            parse_plain(text.encode(saved), path="a", encoding=encoding)
    marked = b"\xff\xfe" + text.encode("utf-16-le")
    assert turns(parse_plain(marked, encoding="utf-16-le"))[1][2] == "“Ja”"
    with pytest.raises(EncodingError, match="mark of UTF-16"):
        parse_plain(marked, encoding="utf-16-be")
    with pytest.raises(EncodingError, match=r"no text encoding 'klingon'\. Mend: use a name"):
        parse_plain(b"I: x", encoding="klingon")
    with pytest.raises(EncodingError, match="no text encoding 'zlib'"):
        parse_plain(b"I: x", encoding="zlib")
    with pytest.raises(EncodingError, match=r":1: not utf-16: it cannot be decoded from byte 1"):
        parse_plain(b"x", path="a", encoding="utf-16")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("[1:02:03]", 3723.0),
        ("(00:03)", 3.0),
        ("100:00:00", 360000.0),
        ("75:10.9", 4510.0),
        ("10", None),
        ("a", None),
        ("", None),
        ("[1:2:3]", None),
    ],
)
def test_clock_times(text, seconds):
    assert clock_seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000 + ": b",
        "I: " + " " * 500_000 + "x\nR: y",
        ("Ann Lee " * 8 + "\n") * 20_000 + "I: a\nR: b",
        "[" * 100_000 + ": x\nI: a\nR: b",
        "1:" * 200_000 + "\nI: a\nR: b",
        "\n".join(f"Name{n}: words" for n in range(20_000)),
        "I: a\n" * 20_000,
        "**" * 100_000 + "\nI: a\nR: b",
    ],
)
def test_hostile_text_is_read_in_a_moment(text):
    assert isinstance(looks_like_plain(text), bool)


names = st.sampled_from(["I", "R", "Ann Lee", "BO", "Speaker 1", "Dr. Noor", "דנה", "P1"])
spoken = st.lists(
    st.tuples(
        names,
        st.none() | st.integers(0, 400_000),
        st.text(st.sampled_from("ab é🥖\u202b.,?\n[]"), max_size=30).map(
            lambda words: re.sub(r"\s*\n\s*", "\n", words.strip())
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(spoken)
def test_what_was_said_is_found_again(said):
    """Write turns as people do, each label twice so that it recurs, and read them."""
    said = [*said, *[(name, None, "so") for name, _, _ in said]]
    lines = []
    for name, time, words in said:
        clock = "" if time is None else f"[{time // 3600}:{time // 60 % 60:02}:{time % 60:02}] "
        lines.append(f"{clock}{name}: {words}")
    found = turns("\n\n".join(lines))
    assert found == [(n, None if t is None else float(t), w) for n, t, w in said]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("AbI:R [](0123)\n.Q–\u200f\x0b\u2028é "), max_size=80))
def test_any_text_is_read_or_refused(text):
    if looks_like_plain(text):
        assert read(text).transcript.turns
    else:
        with pytest.raises(TranscriptError, match="no speaker"):
            read(text)
