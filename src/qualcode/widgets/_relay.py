"""The thin part of every widget: it holds the session and passes messages on, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import anywidget
import traitlets

from qualcode.widgets._static import module_text, style_text

if TYPE_CHECKING:
    from qualcode.widgets._base_session import BaseSession

__all__ = ["Relay"]


class Relay(anywidget.AnyWidget):
    """A widget that shows what its session says and asks it for every change.

    Parameters
    ----------
    session : BaseSession
        Decides.
    module : str
        The front end's module, a file of ``static/``.
    height : int
        Height in pixels at first; a view can be made higher by its lower edge.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    snapshot = traitlets.Dict().tag(sync=True)
    session = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(640).tag(sync=True)

    def __init__(self, session: BaseSession, module: str, *, height: int) -> None:
        self._session = session
        super().__init__(
            _esm=module_text(module), _css=style_text(), height=height, session=uuid4().hex
        )
        self.on_msg(self._receive)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Give the front end its state; the snapshot is made when it is asked for."""
        if key is None or key == "snapshot" or (isinstance(key, Iterable) and "snapshot" in key):
            # Not by assignment, which would send the whole once more.
            self._trait_values["snapshot"] = self._session.snapshot()
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        return state

    def _receive(self, _: Any, message: Any, __: Any) -> None:
        for answer in self._session.handle(message):
            self.send(answer)
