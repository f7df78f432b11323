"""The tree of codes: what it answers, and the changed codebooks it gives."""

from __future__ import annotations

import dataclasses
import pickle
from collections import Counter
from uuid import UUID

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import CodebookError, UnknownCodeError
from qualcode.frames import FRAMES


@pytest.fixture
def book() -> Codebook:
    """Give two themes; the file's order is not that of the tree."""
    return Codebook(
        (
            Code("post", "Post", "Letters that come late.", parent="delay"),
            Code("money", "Money", "Payments.", colour="#C80"),
            Code("delay", "Delay", "Waiting.", was=("late", "slow")),
            Code("stamps", "Stamps", "No stamps.", parent="post"),
            Code("courts", "Courts", "Slow courts.", parent="delay"),
        ),
        "Complaints",
    )


def test_codes_stay_in_the_order_of_the_file(book):
    assert [code.id for code in book.codes] == ["post", "money", "delay", "stamps", "courts"]


def test_iteration_goes_down_the_tree(book):
    assert [code.id for code in book] == ["money", "delay", "post", "stamps", "courts"]


def test_tree_questions(book):
    assert [code.id for code in book.themes] == ["money", "delay"]
    assert [code.id for code in book.children("delay")] == ["post", "courts"]
    assert book.children("courts") == ()
    assert book.children() == book.themes
    assert book.descendants("delay") == ("delay", "post", "stamps", "courts")
    assert book.descendants("stamps") == ("stamps",)
    assert book.theme_of("stamps") == "delay"
    assert book.path_of("stamps") == "Delay > Post > Stamps"
    assert [book.depth_of(code.id) for code in book] == [0, 0, 1, 2, 1]


def test_a_merged_id_stands_for_its_code_everywhere(book):
    assert book["late"] is book["delay"]
    assert book.resolve("slow") == "delay"
    assert "slow" in book
    assert book.descendants("late") == book.descendants("delay")
    assert book.children("late") == book.children("delay")
    assert (book.theme_of("late"), book.path_of("late"), book.depth_of("late")) == (
        "delay",
        "Delay",
        0,
    )


def test_what_is_not_an_id_is_not_in_it(book):
    assert [one in book for one in ("Delay", "", None, 3, ["delay"])] == [False] * 5


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("stamp", "did you mean 'stamps'"),
        ("Delay", "did you mean 'delay'"),
        ("Slow courts!", "did you mean 'courts'"),
        ("zzz", "the codes are money, delay, post, stamps, courts"),
        (None, "no code has the id .None."),
        ([], "the codes are money"),
    ],
)
def test_an_unknown_id_gets_the_near_ones(book, asked, near):
    with pytest.raises(UnknownCodeError, match=near):
        book[asked]


def test_every_question_refuses_an_unknown_id(book):
    for ask in (book.theme_of, book.path_of, book.depth_of, book.children, book.descendants):
        with pytest.raises(UnknownCodeError, match="no code has the id 'speed'"):
            ask("speed")


def test_frame(book):
    expected = pd.DataFrame(
        {
            "code_id": ["money", "delay", "post", "stamps", "courts"],
            "name": ["Money", "Delay", "Post", "Stamps", "Courts"],
            "theme_id": ["money", "delay", "delay", "delay", "delay"],
            "code_path": [
                "Money",
                "Delay",
                "Delay > Post",
                "Delay > Post > Stamps",
                "Delay > Courts",
            ],
            "depth": [0, 0, 1, 2, 1],
            "definition": [
                "Payments.",
                "Waiting.",
                "Letters that come late.",
                "No stamps.",
                "Slow courts.",
            ],
        }
    ).astype(FRAMES["codes"])
    pd.testing.assert_frame_equal(book.frame, expected)


def test_texts_are_normalised_once():
    code = Code(
        "a",
        "  Cafe\u0301\n of  the\tday ",
        "\r\n One. \r\n\r\nTwo.\t\n",
        colour="#FA0",
        guid="{6DC966B8-5C6F-5C11-B8A4-CEA95A933F06}",
        was=["b"],
        parent="",
    )
    assert dataclasses.astuple(code) == (
        "a",
        "Caf\u00e9 of the day",
        "One.\n\nTwo.",
        None,
        "",
        "",
        "",
        "#ffaa00",
        "6dc966b8-5c6f-5c11-b8a4-cea95a933f06",
        ("b",),
        "",
    )


def test_a_code_without_guid_gets_one_from_its_id():
    assert Code("delay", "Delay", "x").guid == Code("delay", "Other", "y").guid
    assert Code("delay", "Delay", "x").guid != Code("delays", "Delay", "x").guid
    assert UUID(Code("delay", "Delay", "x").guid).version == 5


def test_colours_left_out_are_given_by_theme():
    codes = [Code(f"t{number}", f"Theme {number}", "x") for number in range(9)]
    codes += [Code(f"c{number}", f"Code {number}", "x", parent="t0") for number in range(4)]
    book = Codebook(tuple(codes))
    colours = [code.colour for code in book]
    assert len(set(colours)) == 13
    assert colours == [code.colour for code in Codebook(tuple(codes))]
    brightness = [sum(bytes.fromhex(book[f"c{number}"].colour[1:])) for number in range(4)]
    assert sum(bytes.fromhex(book["t0"].colour[1:])) < brightness[0]
    assert brightness == sorted(brightness)


def test_shades_follow_the_colour_of_the_theme():
    white = Codebook((Code("a", "A", "x", colour="#fff"), Code("b", "B", "x", parent="a")))
    assert white["b"].colour == "#ffffff"


def test_a_colour_given_is_kept(book):
    assert book["money"].colour == "#cc8800"


def test_faults_of_values_built_in_python_are_all_named():
    codes = (
        Code("Bad Id", "A", ""),
        Code("a", 5, "x", colour="red"),
        Code("a", "B", "x", parent="c", guid="1"),
    )
    with pytest.raises(CodebookError, match=r"^7 faults") as caught:
        Codebook(codes)
    assert [fault.what for fault in caught.value.faults] == [
        "code 'a': 'name' is 5 (int), not text",
        "the id 'Bad Id' is not a slug",
        "the id 'a' is given twice: also at code number 2",
        "code 'Bad Id' has no definition",
        "code 'a': the parent 'c' is not a code",
        "code 'a': 'red' is not a colour",
        "code 'a': '1' is not a guid",
    ]
    assert {fault.line for fault in caught.value.faults} == {None}


@pytest.mark.parametrize(
    ("codes", "what"),
    [
        ((), "no codes"),
        (("delay",), "codes hold 'str'"),
        ((Code(None, "A", "x"),), "'id' is None"),
        ((Code("a", "A", ["x"]),), "'definition' is .* not text"),
        ((Code("a", "A", "x", was="b"),), "'was' is 'b', not a list"),
        ((Code("a", "A", "x", was=(1,)),), "not a list of code ids"),
        ((Code("a", "A", "x", parent=7),), "'parent' is 7"),
        ((Code("a", "A\x07", "x"),), r"control character \(U\+0007\)"),
        ((Code("a", "A", "x\ud800"),), r"control character \(U\+D800\)"),
        ((Code("a", "\u200b", "x"),), "has no name"),
    ],
)
def test_a_wrong_value_is_refused(codes, what):
    with pytest.raises(CodebookError, match=what):
        Codebook(codes)


@pytest.mark.parametrize(("title", "what"), [(3, "'title' is 3"), ("a\x00b", "control character")])
def test_a_wrong_title_is_refused(title, what):
    with pytest.raises(CodebookError, match=what):
        Codebook((Code("a", "A", "x"),), title)


def test_a_long_slug_is_refused_at_61():
    Codebook((Code("a" * 60, "A", "x"),))
    with pytest.raises(CodebookError, match="is not a slug"):
        Codebook((Code("a" * 61, "A", "x"),))


def test_add_code(book):
    more = book.add_code(Code("pay", "Pay", "x", parent="money"))
    assert more.codes == (*book.codes, more["pay"])
    assert more.path_of("pay") == "Money > Pay"


def test_add_code_that_is_there_is_refused(book):
    with pytest.raises(CodebookError, match="the id 'post' is given twice"):
        book.add_code(Code("post", "New", "x"))


def test_change_code(book):
    changed = book.change_code("late", definition=" Waiting long. ", name="Time lag")
    assert changed.path_of("stamps") == "Time lag > Post > Stamps"
    assert changed["delay"] == dataclasses.replace(
        book["delay"], definition="Waiting long.", name="Time lag"
    )
    assert [code for code in changed.codes if code.id != "delay"] == [
        code for code in book.codes if code.id != "delay"
    ]


def test_change_of_an_id_keeps_journals_and_children_right(book):
    changed = book.change_code("delay", id="time_lag")
    assert changed["time_lag"].was == ("late", "slow", "delay")
    assert changed["delay"].id == "time_lag"
    assert changed["time_lag"].guid == book["delay"].guid
    assert changed.descendants("delay") == ("time_lag", "post", "stamps", "courts")


def test_change_back_of_an_id(book):
    there = book.change_code("delay", id="time_lag")
    assert there.change_code("time_lag", id="delay")["delay"].was == ("late", "slow", "time_lag")


def test_change_of_an_unknown_field_is_refused(book):
    with pytest.raises(CodebookError, match=r"no field 'color'.*did you mean 'colour'"):
        book.change_code("delay", color="#fff")


def test_move_code(book):
    moved = book.move_code("post", "money")
    assert moved.path_of("stamps") == "Money > Post > Stamps"
    assert moved.move_code("post", None).depth_of("post") == 0


def test_moved_codes_take_the_colours_of_the_theme(book):
    moved = book.move_code("post", "money")
    fresh = Codebook((Code("money", "M", "x", colour="#c80"), Code("p", "P", "x", "money")))
    assert moved["post"].colour == fresh["p"].colour != book["post"].colour
    own = book.change_code("post", colour="#123456").move_code("post", "money")
    assert own["post"].colour == "#123456"


@pytest.mark.parametrize("parent", ["post", "stamps"])
def test_move_below_itself_is_refused(book, parent):
    with pytest.raises(CodebookError, match=r"own parent|parents in a loop"):
        book.move_code("post", parent)


def test_merge_codes(book):
    merged = book.merge_codes("delay", "money")
    assert [code.id for code in merged] == ["money", "post", "stamps", "courts"]
    assert merged["money"].was == ("late", "slow", "delay")
    assert merged["late"].id == merged["delay"].id == "money"
    assert [code.id for code in merged.children("money")] == ["post", "courts"]


@pytest.mark.parametrize("into", ["post", "stamps"])
def test_merge_into_a_code_below(book, into):
    merged = book.merge_codes("delay", into)
    assert merged.theme_of("courts") == into
    assert {code.id for code in merged.themes} == {"money", into}
    assert merged["delay"].id == into


def test_merge_of_one_code_is_refused(book):
    with pytest.raises(CodebookError, match="'late' and 'delay' are one code already"):
        book.merge_codes("late", "delay")


@pytest.mark.parametrize("verb", ["change_code", "move_code", "merge_codes"])
def test_changes_of_an_unknown_code_are_refused(book, verb):
    arguments = {"change_code": (), "move_code": (None,), "merge_codes": ("delay",)}[verb]
    with pytest.raises(UnknownCodeError, match="did you mean 'post'"):
        getattr(book, verb)("posts", *arguments)


def test_changes_no_mutate(book):
    before = pickle.dumps((book.codes, book.title))
    book.add_code(Code("new", "New", "x"))
    book.change_code("post", id="letters", name="Letters")
    book.move_code("post", None)
    book.merge_codes("delay", "stamps")
    assert pickle.dumps((book.codes, book.title)) == before
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign"):
        book.title = "x"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign"):
        book["post"].name = "x"


def test_repr_is_short(book):
    assert repr(book) == "Codebook('Complaints', 5 codes, 2 themes)"
    assert len(repr(Codebook(book.codes, "x" * 500))) < 100


def test_html_is_escaped():
    hostile = "<script>alert('x')</script>&\""
    page = Codebook((Code("a", hostile, hostile),), hostile)._repr_html_()
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;&quot;") == 3


def test_a_deep_tree_needs_no_stack():
    codes = [Code("c0", "Code 0", "x")]
    codes += [Code(f"c{n}", f"Code {n}", "x", parent=f"c{n - 1}") for n in range(1, 1500)]
    book = Codebook(tuple(reversed(codes)))
    assert book.depth_of("c1499") == 1499
    assert len(book.descendants("c0")) == 1500


@st.composite
def trees(draw: st.DrawFn) -> Codebook:
    """Draw a codebook of any shape, in any order."""
    size = draw(st.integers(1, 12))
    codes = []
    for number in range(size):
        above = draw(st.none() | st.integers(0, number - 1)) if number else None
        parent = None if above is None else f"c{above}"
        codes.append(Code(f"c{number}", f"Code {number}", "x", parent))
    return Codebook(tuple(draw(st.permutations(codes))))


@settings(deadline=None)
@given(trees())
def test_every_code_is_met_once_below_its_parent(book):
    order = [code.id for code in book]
    assert Counter(order) == Counter(code.id for code in book.codes)
    for code in book:
        below = [other.id for other in book if code.id in ancestors(book, other)]
        assert sorted(book.descendants(code.id)) == sorted([code.id, *below])
        start = order.index(code.id)
        assert tuple(order[start : start + len(below) + 1]) == book.descendants(code.id)
        assert book.depth_of(code.id) == len(ancestors(book, code))
        assert book.theme_of(code.id) == [code.id, *ancestors(book, code)][-1]


def ancestors(book: Codebook, code: Code) -> list[str]:
    above = []
    while code.parent is not None:
        above.append(code.parent)
        code = next(other for other in book.codes if other.id == code.parent)
    return above


@settings(deadline=None)
@given(trees(), st.data())
def test_a_merge_loses_no_id(book, data):
    if len(book) < 2:
        return
    gone, stays = data.draw(st.permutations([code.id for code in book]))[:2]
    merged = book.merge_codes(gone, stays)
    assert {code.id for code in merged} == {code.id for code in book} - {gone}
    assert merged.resolve(gone) == stays
    for code in book:
        if stays not in book.descendants(gone) and code.id != gone:
            assert merged.theme_of(code.id) in {book.theme_of(code.id), merged.theme_of(stays)}
