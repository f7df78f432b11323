"""The codebook: a frozen tree of codes, held flat, in which everything is found at once.

The codes stand in the order of the file, each with its parent. A codebook that breaks a rule
cannot be made: all faults are named in one error.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from qualcode.coding._code import Code, one_line
from qualcode.coding._codebook_places import CanPlace
from qualcode.coding._codebook_rules import find_faults, near_ids, title_faults
from qualcode.coding._codebook_tree import Tree, grow_tree, with_colours
from qualcode.errors import CodebookError, UnknownCodeError, clip

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Code", "Codebook"]


@dataclass(frozen=True, repr=False)
class Codebook(CanPlace):
    """The codes of a study, as a tree.

    Iterating gives the codes in tree order: a theme, what is below it, the next theme. ``in`` and
    ``[]`` take ids, and follow the ids in `was` to the code they were merged into.

    Parameters
    ----------
    codes : tuple of Code
        In the order of the file, parents before or after children.
    title : str
        The codebook's title.
    path : Path, optional
        The file it was read from.
    file_hash : str
        Fingerprint of that file, for `write_codebook`'s `expect`.

    Raises
    ------
    CodebookError
        If a rule is broken; all faults are named.

    Examples
    --------
    >>> codebook = Codebook((
    ...     Code("delay", "Delay", "Waiting beyond a limit.", was=("lateness",)),
    ...     Code("post", "Post", "Letters that come late.", parent="delay"),
    ... ))
    >>> codebook
    Codebook('', 2 codes, 1 theme)
    >>> codebook["lateness"].name, codebook.path_of("post"), "speed" in codebook
    ('Delay', 'Delay > Post', False)
    """

    codes: tuple[Code, ...]
    title: str = ""
    path: Path | None = field(default=None, compare=False)
    file_hash: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        codes = tuple(self.codes)
        if isinstance(self.title, str):
            object.__setattr__(self, "title", one_line(self.title))
        faults = [*title_faults(self.title), *find_faults(codes)]
        if faults:
            raise CodebookError.from_faults(faults)
        object.__setattr__(self, "codes", with_colours(codes))

    @cached_property
    def _tree(self) -> Tree:
        return grow_tree(self.codes)

    @cached_property
    def _living(self) -> Mapping[str, str]:
        """Each id that may be asked for, and that of the code it stands for."""
        merged = {was: code.id for code in self.codes for was in code.was}
        return {**merged, **{code.id: code.id for code in self.codes}}

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Code]:
        return iter(self._tree.order)

    def __contains__(self, code_id: object) -> bool:
        return isinstance(code_id, str) and code_id in self._living

    def __getitem__(self, code_id: str) -> Code:
        return self._tree.code[self.resolve(code_id)]

    def resolve(self, code_id: str) -> str:
        """Give the id of the code that an id stands for, following `was`.

        Parameters
        ----------
        code_id : str
            The id of a code, or of one merged into another.

        Returns
        -------
        str
            The id of a code of this codebook.

        Raises
        ------
        UnknownCodeError
            If there is none; the nearest ids are named.

        Examples
        --------
        >>> Codebook((Code("delay", "Delay", "Waiting.", was=("wait",)),)).resolve("wait")
        'delay'
        """
        try:
            return self._living[code_id]
        except (KeyError, TypeError):
            what = f"no code has the id {clip(str(code_id))!r}"
            mend = near_ids(str(code_id), self)
            raise UnknownCodeError(what, file=self.path, mend=mend) from None

    @property
    def themes(self) -> tuple[Code, ...]:
        """The codes without a parent, in the order of the file."""
        return self._tree.children[None]

    def theme_of(self, code_id: str) -> str:
        """Give the id of the theme that a code belongs to.

        Parameters
        ----------
        code_id : str
            As for `resolve`.

        Returns
        -------
        str
            The id of the theme; the code's own if it is one.

        Raises
        ------
        UnknownCodeError
            If there is no such code.

        Examples
        --------
        >>> Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a"))).theme_of("b")
        'a'
        """
        return self._tree.theme[self.resolve(code_id)]

    def children(self, code_id: str | None = None) -> tuple[Code, ...]:
        """Give the codes directly below one.

        Parameters
        ----------
        code_id : str, optional
            As for `resolve`; None gives the themes.

        Returns
        -------
        tuple of Code
            In the order of the file.

        Raises
        ------
        UnknownCodeError
            If there is no such code.

        Examples
        --------
        >>> book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a")))
        >>> [code.name for code in book.children("a")]
        ['B']
        """
        return self._tree.children.get(None if code_id is None else self.resolve(code_id), ())

    def descendants(self, code_id: str) -> tuple[str, ...]:
        """Give the ids of a code and of all below it.

        Parameters
        ----------
        code_id : str
            As for `resolve`.

        Returns
        -------
        tuple of str
            Its own id first, then in tree order.

        Raises
        ------
        UnknownCodeError
            If there is no such code.

        Examples
        --------
        >>> book = Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a")))
        >>> book.descendants("a")
        ('a', 'b')
        """
        return self._tree.descendants(self.resolve(code_id))

    def path_of(self, code_id: str) -> str:
        """Give the names from the theme down to a code.

        Parameters
        ----------
        code_id : str
            As for `resolve`.

        Returns
        -------
        str
            Names with `` > `` between.

        Raises
        ------
        UnknownCodeError
            If there is no such code.

        Examples
        --------
        >>> Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a"))).path_of("b")
        'A > B'
        """
        return self._tree.path[self.resolve(code_id)]

    def depth_of(self, code_id: str) -> int:
        """Give how many codes stand above one.

        Parameters
        ----------
        code_id : str
            As for `resolve`.

        Returns
        -------
        int
            0 for a theme.

        Raises
        ------
        UnknownCodeError
            If there is no such code.

        Examples
        --------
        >>> Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a"))).depth_of("b")
        1
        """
        return self._tree.depth[self.resolve(code_id)]

    @property
    def frame(self) -> pd.DataFrame:
        """The codes as the frame ``codes``, in tree order."""
        from qualcode.frames import make_frame

        columns: dict[str, list[Any]] = {
            "code_id": [code.id for code in self],
            "name": [code.name for code in self],
            "theme_id": [self.theme_of(code.id) for code in self],
            "code_path": [self.path_of(code.id) for code in self],
            "depth": [self.depth_of(code.id) for code in self],
            "definition": [code.definition for code in self],
        }
        return make_frame("codes", columns)

    def _with_codes(self, codes: Iterable[Code]) -> Self:
        return replace(self, codes=tuple(codes))

    def __repr__(self) -> str:
        codes, themes = len(self.codes), len(self.themes)
        return (
            f"Codebook({clip(self.title)!r}, {codes} code{'s' * (codes != 1)}, "
            f"{themes} theme{'s' * (themes != 1)})"
        )

    def _repr_html_(self) -> str:
        counts = f"{len(self.codes)} codes, {len(self.themes)} themes"
        rows = "".join(_html_row(code, self.depth_of(code.id)) for code in self)
        return (
            f"<table><caption>{html.escape(self.title)} ({counts})</caption>"
            "<thead><tr><th>code</th><th>id</th><th>definition</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _html_row(code: Code, depth: int) -> str:
    swatch = f'<span style="color:{code.colour}" aria-hidden="true">&#9632;</span>'
    name, definition = html.escape(code.name), html.escape(code.definition)
    left = "text-align:left"
    return (
        f'<tr><td style="{left};padding-left:{0.5 + 1.5 * depth}em">{swatch} {name}</td>'
        f'<td style="{left}"><code>{html.escape(code.id)}</code></td>'
        f'<td style="{left}">{definition}</td></tr>'
    )
