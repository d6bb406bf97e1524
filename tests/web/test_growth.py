"""Many requests leave nothing behind in the process: no open file, no request, no answer."""

import gc
import os
from pathlib import Path

import pytest
from addresses import MATRIX, address
from django.http import HttpRequest
from django.http.response import HttpResponseBase


HANDLES = Path("/proc/self/fd")
PUBLIC = [(name, row.found[0]) for name, row in MATRIX.items() if row.public and row.found]


def _read_all(client):
    for name, arguments in PUBLIC:
        response = client.get(address(name, arguments))
        if response.streaming:
            list(response.streaming_content)


def _left():
    """Open files, and requests and answers that something still holds."""
    gc.collect()
    kept = sum(issubclass(type(thing), HttpRequest | HttpResponseBase) for thing in gc.get_objects())
    return len(os.listdir(HANDLES)), kept


@pytest.mark.skipif(not HANDLES.exists(), reason="this system does not list open files")
def test_every_public_address_read_again_leaves_nothing_behind(client):
    """After the first time, when templates and files of the program are loaded."""
    _read_all(client)
    before = _left()
    _read_all(client)
    assert _left() == before
