"""What a decision on a difference comes to: the codings to write, or why it cannot be so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.analysis.agreement._pairing import AGREE, ONE_ONLY, OTHER_CODE, Mark, Pair
from qualcode.analysis.stance import speaks_against
from qualcode.coding.journal import NewCoding
from qualcode.errors import StudyError, clip
from qualcode.widgets._compare_desk import differs, takes
from qualcode.widgets._intents import IntentError
from qualcode.widgets._settling import link_to, settled_memo

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.widgets._compare_desk import Compared
    from qualcode.widgets._compare_intents import Settle

__all__ = ["Settler", "check_who", "decisions_on"]

_LONGEST_NAME = 60


def decisions_on(pair: Pair) -> dict[str, bool]:
    """Give the decisions that a difference allows, and whether each needs a reason."""
    keep = [pair.first and "first", pair.second and "second"]
    keep += ["both"] if pair.kind == OTHER_CODE else []
    changed = ("recode", "resize", "neither")
    return {name: differs(pair) for name in keep if name} | dict.fromkeys(changed, True)


@dataclass(frozen=True)
class Settler:
    """Who settles between which coders.

    Parameters
    ----------
    coders : (str, str)
        Who is compared.
    who : str
        Who settles: a name, or names.
    """

    coders: tuple[str, str]
    who: str

    def settle(self, transcript: Transcript, pair: Pair, asked: Settle) -> list[NewCoding]:
        """Make what is to be written; of ``neither``, what is to be declined."""
        why = " ".join(asked.why.split())
        if decisions_on(pair).get(asked.decision) and not why:
            raise IntentError("a decision needs a reason", mend="say why first: press w")
        if asked.decision in ("recode", "resize"):
            return [self._other(transcript, pair, asked, why)]
        if asked.decision == "neither":
            # Nothing is kept, so nothing speaks against anything: the memo is the reason alone.
            return [self._coding(transcript, pair, replace(_base(pair), contrary=False), why)]
        marks = self._kept(pair, asked.decision)
        if speaks_against(why) and not all(mark.contrary for mark in marks):
            what = "a reason that begins with 'contrary' would make it a voice against the code"
            raise IntentError(what, mend="begin with another word")
        return [
            self._coding(transcript, pair, mark, why or _both_agree(pair, mark)) for mark in marks
        ]

    def take_over(self, transcript: Transcript, now: Compared) -> list[NewCoding]:
        """Make a coding of each agreement that the third journal has not, each words once."""
        new: dict[tuple[int, int, str], NewCoding] = {}
        for name, pair in now.pairs.items():
            mark = pair.narrower
            if mark is None or not takes(pair) or name in now.outcomes:
                continue
            # A contrary voice keeps its coder's reason, which tables show.
            why = now.codings[mark.id]["memo"] if mark.contrary else _both_agree(pair, mark)
            coding = self._coding(transcript, pair, mark, why)
            new.setdefault((mark.start, mark.end, mark.code), coding)
        return list(new.values())

    def _kept(self, pair: Pair, decision: str) -> tuple[Mark, ...]:
        """Give the codings that are kept."""
        if decision == "both":
            if pair.kind != OTHER_CODE:
                what = "only one coder has this" if pair.kind == ONE_ONLY else "it is one code"
                raise IntentError(f"there are no two codings to keep: {what}", mend="keep one")
            return pair.marks
        mark = pair.first if decision == "first" else pair.second
        if mark is None:
            coder = self.coders[0 if decision == "first" else 1]
            mend = "keep the other's, or neither"
            raise IntentError(f"{coder} has no coding here to keep", mend=mend)
        return (mark,)

    def _other(self, transcript: Transcript, pair: Pair, asked: Settle, why: str) -> NewCoding:
        """Make a coding with another code, on other words, or both."""
        base, span = _base(pair), asked.span
        if asked.decision == "resize" and span is None:
            raise IntentError("no words are selected", mend="select them in the text")
        if asked.decision == "resize" and pair.kind == OTHER_CODE and not asked.code:
            mend = "choose it with r, the words selected"
            raise IntentError("the two gave different codes: which one?", mend=mend)
        if span is not None:
            span.check(transcript)
        start, end = (base.start, base.end) if span is None else (span.start, span.end)
        code = asked.code or ("" if asked.decision == "recode" else base.code)
        contrary = all(mark.contrary for mark in pair.marks)
        return self._coding(transcript, pair, Mark(start, end, code, "", contrary), why)

    def _coding(self, transcript: Transcript, pair: Pair, mark: Mark, why: str) -> NewCoding:
        memo = settled_memo(why, self.who, contrary=mark.contrary)
        source = link_to(pair, self.coders)
        return NewCoding(transcript, mark.start, mark.end, mark.code, memo, source)


def check_who(name: str) -> str:
    """Check who settles: the name stands between brackets in memos."""
    plain = " ".join(name.split()) if isinstance(name, str) else ""
    if not plain or len(plain) > _LONGEST_NAME or set(plain) & set("()"):
        mend = f"give a name, or names, of up to {_LONGEST_NAME} characters without brackets"
        raise StudyError(f"{clip(str(name))!r} cannot be who settles", mend=mend)
    return plain


def _base(pair: Pair) -> Mark:
    """Give the words that a new coding stands on: the narrower, else the first coder's."""
    return pair.narrower or pair.marks[0]


def _both_agree(pair: Pair, mark: Mark) -> str:
    """Say why what both gave is settled without more words."""
    if pair.kind == AGREE:
        return "both agree"
    narrower = mark == pair.narrower
    return "both agree; the narrower words" if narrower else "both agree on the code"
