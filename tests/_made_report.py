"""A made-up published report about night nurses, and what is true of it.

Everything in it is invented: wards, nurses, figures and words.
"""

from __future__ import annotations

import re

from qualcode.sources.published import Interviewees

WARDS = Interviewees({"Ward": "ward", "Trust": "trust"})

TEXT = """\
Night work

4\tSummary
9\t1. The night shift

SUMMARY

Nurses feel they are left alone at night. The study draws on 12 interviews.

1. Staff rooms should open at night.
2. Pay should follow the hours.
3. Managers should visit.

1 The night shift

Hospitals never close.¹ Nights are hard to staff and the cost went up by 50 per cent between the two
surveys.²

1 National Nursing Survey, *Nights Awake* (2021) 4.

2 Department of Nights, ‘Cost of agency staff’ (3 May 2022), <https://example.org/cost>.

NURSES' VIEWS OF THE NIGHT

There are "not enough hands."³ "Nobody comes when you ring, and you learn to stop ringing."⁴ Another
nurse noted: “I have worked nights for nineteen years, and I still do not know who is in charge of
the building after ten.”⁵ By contrast, one ward sister offered a calmer view:

“I rather like nights. My mother used to say ‘the house is yours when it sleeps’, and she was right
about wards as well.”⁶

“ I rather like nights. My mother used to say ‘the house is yours when it sleeps’, and she was right
about wards as well.”⁶

3 Ward 2 (Night nurse)

4 Ward 2 (Night nurse)

5 Ward 11 (Night Nurse).

⁶ Ward 7 (Ward sister)

One ward had kept a paper diary since the spring, and the matron read it each morning.⁷ The matron of
another described the handover as “a shouting match in a corridor”, which she had asked the site team
to move into a room; it had been moved within a week.⁸ Other nurses called themselves “the ghosts”.
“We are on the rota and we are on the payroll, but we are not in

7 Ward 3 (Matron)

8 Ward 4. (Matron)

anybody's head when the meetings are planned.”⁹ The department has written that nights are “a
priority for the coming decade”.¹⁰

9 Ward 5

10 Department of Nights, *Plan* (2023) 2.

WHAT MANAGERS DO

A manager explained that visits were “rare and unannounced”, and that she was “ashamed of it”. The
site had no car for her. As she put it:

“You cannot manage what you have only read about in the morning, and I read about all of it in the
morning.¹¹

Another senior manager explained:

“The rota is written for the building we had ten years ago.”

The manager added that, even so, a new rota would need a second consultant, who was not to be had.¹²

42. We recognise that nights are short of staff.

“ You cannot manage what you have only read about in the morning”¹³

11 Trust 1 (Site manager)

12 Trust 1 (Site manager)

13 Trust 2 (Site manager)

Managers raised two points:

1. **Keys.** One manager was told by a porter that “nobody holds the master key at night.”¹⁴
2. **Food.** Some nurses felt that the canteen forgets them. “We eat from the machine,
and the machine is empty by two.”¹⁵ The survey found the same.¹⁶ Some night nurses felt that “soup would be enough”.

14 Trust 2 (Site manager)

15 Ward 2 (Night nurse)

Appendix 1

FIGURES

Some 100 visits were counted.

Ward\tVisits
North\t40
South\t31
East\t28
"""

#: footnote -> body, role, kind, passages, pull quote
TRUTH: dict[int, tuple[str, str, str, tuple[str, ...], bool]] = {
    3: ("Ward 2", "Night nurse", "mixed", ("not enough hands.",), False),
    4: (
        "Ward 2",
        "Night nurse",
        "direct",
        ("Nobody comes when you ring, and you learn to stop ringing.",),
        False,
    ),
    5: (
        "Ward 11",
        "Night nurse",
        "direct",
        (
            "I have worked nights for nineteen years, and I still do not know who is in charge of "
            "the building after ten.",
        ),
        False,
    ),
    6: (
        "Ward 7",
        "Ward sister",
        "direct",
        (
            "I rather like nights. My mother used to say ‘the house is yours when it sleeps’, and "
            "she was right about wards as well.",
        ),
        True,
    ),
    7: ("Ward 3", "Matron", "indirect", (), False),
    8: ("Ward 4", "Matron", "mixed", ("a shouting match in a corridor",), False),
    9: (
        "Ward 5",
        "",
        "mixed",
        (
            "the ghosts",
            "We are on the rota and we are on the payroll, but we are not in anybody's head when "
            "the meetings are planned.",
        ),
        False,
    ),
    11: (
        "Trust 1",
        "Site manager",
        "mixed",
        (
            "rare and unannounced",
            "ashamed of it",
            "You cannot manage what you have only read about in the morning, and I read about all "
            "of it in the morning.",
        ),
        True,
    ),
    12: (
        "Trust 1",
        "Site manager",
        "mixed",
        ("The rota is written for the building we had ten years ago.",),
        False,
    ),
    13: (
        "Trust 2",
        "Site manager",
        "direct",
        ("You cannot manage what you have only read about in the morning",),
        True,
    ),
    14: (
        "Trust 2",
        "Site manager",
        "mixed",
        ("nobody holds the master key at night.",),
        False,
    ),
    15: (
        "Ward 2",
        "Night nurse",
        "direct",
        ("We eat from the machine, and the machine is empty by two.",),
        False,
    ),
}

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"(?m)(?<!^)(?<![⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]+")
_NOTE = re.compile(r"(?m)^([⁰¹²³⁴-⁹]+|\d+) (?=Ward|Trust|National|Department)")


def unwrapped() -> str:
    """The same report with a paragraph a line."""
    paragraphs = TEXT.split("\n\n")
    keep = [p if "\t" in p else re.sub(r"\n(?!\d\. )", " ", p) for p in paragraphs]
    return "\n\n".join(keep)


def restyled(mark: str, note: str, *, text: str = TEXT, shift: int = 0) -> str:
    """The report with its marks and notes written in another way; ``{}`` is the number."""

    def number(written: str) -> int:
        return int(written.translate(_DIGITS)) + shift

    def superscript(n: int) -> str:
        return str(n).translate(_SUPER)

    marked = _MARK.sub(lambda m: mark.format(number(m[0]), s=superscript(number(m[0]))), text)
    return _NOTE.sub(lambda m: note.format(number(m[1]), s=superscript(number(m[1]))), marked)


def notes_at_end(text: str = TEXT) -> str:
    """The report with its notes gathered at its end."""
    paragraphs = unwrapped().split("\n\n") if text is TEXT else text.split("\n\n")
    notes = [p for p in paragraphs if _NOTE.match(p)]
    rest = [p for p in paragraphs if not _NOTE.match(p)]
    return "\n\n".join([*rest, "NOTES AND SOURCES", *notes])
