"""The verbs that give a changed codebook; whether it keeps the rules is for `Codebook` to say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Self

from qualcode.coding._code import Code
from qualcode.coding._codebook_rules import near_words
from qualcode.coding._codebook_tree import without_given_colours
from qualcode.errors import CodebookError, clip

__all__ = ["CanChange"]


class CanChange(ABC):
    """The verbs of a codebook that give a changed one; none changes the codebook itself."""

    codes: tuple[Code, ...]

    @abstractmethod
    def resolve(self, code_id: str) -> str:
        """Give the id of the code that an id stands for."""

    @abstractmethod
    def descendants(self, code_id: str) -> tuple[str, ...]:
        """Give the ids of a code and of all below it."""

    @abstractmethod
    def _with_codes(self, codes: Iterable[Code]) -> Self:
        """Give the codebook with other codes."""

    def add_code(self, code: Code) -> Self:
        """Add a code at the end.

        Parameters
        ----------
        code : Code
            With an id and a name of its own.

        Returns
        -------
        Codebook
            A new one; this one stays as it is.

        Raises
        ------
        CodebookError
            If the codebook would break a rule.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> book = Codebook((Code("a", "A", "First."),))
        >>> book.add_code(Code("b", "B", "Second.", "a"))
        Codebook('', 2 codes, 1 theme)
        """
        return self._with_codes((*self.codes, code))

    def change_code(self, code_id: str, **fields: Any) -> Self:
        """Change fields of a code.

        A new `id` is taken over by the codes below, and the old id goes into `was`, so that
        journals need no change.

        Parameters
        ----------
        code_id : str
            As for `resolve`.
        **fields
            Fields of `Code` and their new values.

        Returns
        -------
        Codebook
            A new one; this one stays as it is.

        Raises
        ------
        UnknownCodeError
            If there is no such code.
        CodebookError
            If there is no such field, or the codebook would break a rule.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> book = Codebook((Code("a", "A", "First."),)).change_code("a", id="first", name="First")
        >>> book["a"].id, book["a"].name
        ('first', 'First')
        """
        code_id = self.resolve(code_id)
        codes = self.codes
        if "parent" in fields:  # shades go with the theme
            codes = without_given_colours(codes, self.descendants(code_id))
        return self._with_codes(change(codes, code_id, fields))

    def move_code(self, code_id: str, parent: str | None) -> Self:
        """Put a code, with all below it, under another one.

        Parameters
        ----------
        code_id : str
            As for `resolve`.
        parent : str or None
            The id of the code to stand under; None makes it a theme.

        Returns
        -------
        Codebook
            A new one; this one stays as it is.

        Raises
        ------
        UnknownCodeError
            If there is no such code or parent.
        CodebookError
            If the parent is the code itself or below it.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a")))
        >>> book.move_code("b", None).themes[1].name
        'B'
        """
        above = None if parent is None else self.resolve(parent)
        return self.change_code(code_id, parent=above)

    def merge_codes(self, from_id: str, into_id: str) -> Self:
        """Merge a code into another one.

        The code merged goes, and its id stands in the other's `was`, so that journals need no
        change. What stood below it stands below the other.

        Parameters
        ----------
        from_id : str
            The id of the code that goes.
        into_id : str
            The id of the code that stays, with its own texts.

        Returns
        -------
        Codebook
            A new one; this one stays as it is.

        Raises
        ------
        UnknownCodeError
            If there is no such code.
        CodebookError
            If both are one code.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a")))
        >>> book.merge_codes("b", "a")["b"].name
        'A'
        """
        gone, stays = self.resolve(from_id), self.resolve(into_id)
        if gone == stays:
            what = f"{clip(from_id)!r} and {clip(into_id)!r} are one code already"
            raise CodebookError(what, mend="name two codes")
        below = self.descendants(gone)
        codes = without_given_colours(self.codes, below)
        return self._with_codes(merge(codes, gone, stays, below=stays in below))


def change(codes: Sequence[Code], code_id: str, changes: Mapping[str, Any]) -> tuple[Code, ...]:
    """Change fields of one code; a new id is taken over by its children and kept in `was`."""
    known = [field.name for field in fields(Code)]
    unknown = [name for name in changes if name not in known]
    if unknown:
        mend = near_words(unknown[0], known) or f"the fields are {', '.join(known)}"
        raise CodebookError(f"a code has no field {clip(unknown[0])!r}", mend=mend)
    new_id = changes.get("id", code_id)

    def changed(code: Code) -> Code:
        if code.id == code_id:
            code = replace(code, **changes)
            was = tuple(one for one in code.was if one != new_id)
            return code if new_id == code_id else replace(code, was=(*was, code_id))
        return replace(code, parent=new_id) if code.parent == code_id != new_id else code

    return tuple(changed(code) for code in codes)


def merge(codes: Sequence[Code], gone: str, stays: str, *, below: bool) -> tuple[Code, ...]:
    """Merge one code into another; `below` says that the one that stays stands below."""
    old = next(code for code in codes if code.id == gone)
    merged = []
    for code in codes:
        if code.id == stays:
            # Below the code that goes, it takes that one's place, or it would stand under itself.
            parent = old.parent if below else code.parent
            merged.append(replace(code, parent=parent, was=(*code.was, *old.was, gone)))
        elif code.id != gone:
            merged.append(replace(code, parent=stays) if code.parent == gone else code)
    return tuple(merged)
