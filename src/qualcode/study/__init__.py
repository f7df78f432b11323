"""The study: one folder opened, checked, and joined to what a report published of it."""

from __future__ import annotations

from qualcode.study.opening import Study, open_study

__all__ = ["Study", "open_study"]
