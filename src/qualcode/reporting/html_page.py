"""A web page as text that shows itself in a notebook and saves itself."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Self

from qualcode._files import write_whole
from qualcode.errors import ExportError
from qualcode.reporting._folders import make_folder

__all__ = ["HtmlPage"]

# A frame of its own keeps the page's styles from the notebook's, and the sandbox keeps it from
# doing anything. JupyterLab's theme is the page's too: inside the frame it cannot be seen.
_FRAME = """<style>
[data-jp-theme-light="true"] iframe.qualcode-page { color-scheme: light; }
[data-jp-theme-light="false"] iframe.qualcode-page { color-scheme: dark; }
</style>
<iframe class="qualcode-page" sandbox title="Page made by qualcode" srcdoc="%s"
 style="width:100%%;height:42rem;border:1px solid #8888;resize:vertical">
The page is shown once the notebook is trusted.</iframe>"""

# Without it a link within the page would load the notebook into the frame.
_HEAD = '<head><base href="about:srcdoc">'


class HtmlPage(str):
    """A whole HTML page: text like any other, which a notebook shows as the page it is.

    Parameters
    ----------
    page : str
        The page's source.

    Examples
    --------
    >>> HtmlPage("<!doctype html><title>Nights</title>")
    HtmlPage(36 characters)
    """

    __slots__ = ()

    def __new__(cls, page: str) -> Self:
        """Make a page of its source."""
        return super().__new__(cls, page)

    def save(self, path: Path | str) -> Path:
        """Write the page to a file, whole or not at all.

        Parameters
        ----------
        path : Path or str
            The file, whose name ends in ``.html``; folders are made as needed.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        ExportError
            If the name ends otherwise, or the file cannot be written.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     HtmlPage("<p>Nights").save(Path(folder) / "nights.html").read_text()
        '<p>Nights'
        """
        path = Path(path)
        if path.suffix.lower() not in {".html", ".htm"}:
            raise ExportError("a page is HTML", file=path, mend="end its name in .html")
        make_folder(path)
        write_whole(path, self.encode(), error=ExportError)
        return path

    def __repr__(self) -> str:
        return f"HtmlPage({len(self):,} characters)"

    def _repr_html_(self) -> str:
        return _FRAME % escape(self.replace("<head>", _HEAD, 1))
