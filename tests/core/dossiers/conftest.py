"""What the tests of dossiers share."""

import pytest
from dossier_shelf import Shelf


@pytest.fixture
def shelf(tmp_path):
    """An empty one."""
    return Shelf(tmp_path)
