"""Heavy packages are fetched when needed; what is set for the whole process is put back."""

from __future__ import annotations

import os
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from qualcode.errors import ModelError
from qualcode.machine import _packages
from qualcode.machine._packages import need, offline


def state():
    return {name: os.environ.get(name) for name in _packages._OFFLINE}, list(warnings.filters)


def test_inside_the_network_is_off_and_nothing_warns(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
    before = state()
    with offline():
        assert set(state()[0].values()) == {"1"}
        warnings.warn("nobody hears this", stacklevel=1)
        with offline():
            pass
        assert set(state()[0].values()) == {"1"}, "the inner one puts nothing back"
    assert state() == before


def test_it_is_put_back_after_an_error():
    before = state()
    with pytest.raises(KeyError, match="this"), offline():
        raise KeyError("this")
    assert state() == before


def test_threads_that_overlap_leave_nothing_behind():
    before = state()
    first_in, second_in, first_out = Event(), Event(), Event()

    def first():
        with offline():
            first_in.set()
            assert second_in.wait(10)
        first_out.set()

    def second():
        assert first_in.wait(10)
        with offline():
            second_in.set()
            assert first_out.wait(10)
            return set(state()[0].values())

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(first), pool.submit(second)
        one.result()
        assert two.result() == {"1"}, "the one who leaves last puts it back"
    assert state() == before


def test_many_threads_leave_nothing_behind():
    before = state()
    together = Barrier(8)

    def enter(number):
        together.wait(10)
        for _ in range(50):
            with offline():
                need("json")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(8)))
    assert state() == before


def test_what_is_there_is_given_at_once(monkeypatch):
    import json

    def refuse():
        raise AssertionError("the process was changed")

    monkeypatch.setattr(_packages, "offline", refuse)
    assert need("json") is json


def test_what_is_half_imported_is_waited_for(monkeypatch):
    import json

    half = type(sys)("half")
    half.__spec__ = type("Spec", (), {"_initializing": True})()
    monkeypatch.setitem(sys.modules, "json", half)
    monkeypatch.setattr(_packages, "import_module", lambda name: json)
    assert need("json") is json


def test_what_is_missing_is_said_in_a_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(ModelError, match=r"needs the package sklearn.*qualcode\[machine\]") as no:
        need("sklearn.linear_model")
    assert "\n" not in str(no.value)
