"""The verbs of a codebook that say where a code stands; none changes the codebook itself."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from qualcode.coding._codebook_changes import CanChange
from qualcode.errors import CodebookError, clip

if TYPE_CHECKING:
    from qualcode.coding._code import Code

__all__ = ["CanPlace"]


class CanPlace(CanChange):
    """The verbs that need to know what stands below what, and in which order."""

    @abstractmethod
    def children(self, code_id: str | None = None) -> tuple[Code, ...]:
        """Give the codes directly below one."""

    def place_code(self, code_id: str, parent: str | None, *, before: str | None = None) -> Self:
        """Put a code, with all below it, at a place among those below another one.

        Parameters
        ----------
        code_id : str
            As for `resolve`.
        parent : str or None
            The id of the code to stand under; None makes it a theme.
        before : str, optional
            The id of the code to stand before, one of those below `parent`; by default it stands
            last among them.

        Returns
        -------
        Codebook
            A new one; this one stays as it is.

        Raises
        ------
        UnknownCodeError
            If there is no such code.
        CodebookError
            If the parent is the code itself or below it, or `before` does not stand under it.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second."), Code("c", "C", "3.")))
        >>> [code.id for code in book.place_code("c", None, before="a")]
        ['c', 'a', 'b']
        """
        code_id = self.resolve(code_id)
        above = None if parent is None else self.resolve(parent)
        stands_under = next(code.parent for code in self.codes if code.id == code_id)
        moved = self if above == stands_under else self.move_code(code_id, above)
        block = set(moved.descendants(code_id))
        rest = [code for code in moved.codes if code.id not in block]
        place = self._place_in(rest, above, None if before is None else self.resolve(before))
        stays = (code for code in moved.codes if code.id in block)
        return moved._with_codes((*rest[:place], *stays, *rest[place:]))

    def _place_in(self, rest: list[Code], above: str | None, before: str | None) -> int:
        """Find the index, in the order of the file, at which a code is to stand."""
        if before is not None:
            for place, code in enumerate(rest):
                if code.id == before and code.parent == above:
                    return place
            what = f"{clip(before)!r} does not stand there"
            raise CodebookError(what, mend="name one of the codes directly below the parent")
        if above is None:
            return len(rest)
        around = set(self.descendants(above))
        return 1 + max(place for place, code in enumerate(rest) if code.id in around)

    def remove_code(self, code_id: str) -> Self:
        """Take out a code that has none below it.

        Journals may still hold its id: whoever removes a code sees to it that none does.

        Parameters
        ----------
        code_id : str
            As for `resolve`.

        Returns
        -------
        Codebook
            A new one; this one stays as it is.

        Raises
        ------
        UnknownCodeError
            If there is no such code.
        CodebookError
            If codes stand below it, or it is the last.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a")))
        >>> book.remove_code("b")
        Codebook('', 1 code, 1 theme)
        """
        code_id = self.resolve(code_id)
        below = [code.id for code in self.children(code_id)]
        if below:
            named = ", ".join(clip(one) for one in below[:4])
            what = f"codes stand below {clip(code_id)!r}: {named}{', …' * (len(below) > 4)}"
            raise CodebookError(what, mend="move or merge those first, or merge the code")
        return self._with_codes(code for code in self.codes if code.id != code_id)

    def split_code(self, code_id: str, new: Code, *, below: bool = False) -> Self:
        """Add a code that takes a part of another one's meaning.

        Which codings take the new code is for their coders to say (`Journal.recode_many`).

        Parameters
        ----------
        code_id : str
            The id of the code that is split.
        new : Code
            The new code; its `parent` is given here.
        below : bool, default False
            Whether it stands under the code that is split, or right after it.

        Returns
        -------
        Codebook
            A new one; this one stays as it is.

        Raises
        ------
        UnknownCodeError
            If there is no such code.
        CodebookError
            If the codebook would break a rule.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second.")))
        >>> [code.id for code in book.split_code("a", Code("a2", "A too", "A part of it."))]
        ['a', 'a2', 'b']
        """
        code_id = self.resolve(code_id)
        parent = next(code.parent for code in self.codes if code.id == code_id)
        above = code_id if below else parent
        grown = self.add_code(replace(new, parent=above))
        beside = [code.id for code in self.children(above)]
        after = None if below else beside[beside.index(code_id) + 1 :][:1]
        return grown.place_code(new.id, above, before=after[0] if after else None)
