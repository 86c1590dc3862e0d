"""Shared by the tests of mixing: the shipped library, read once."""

import pytest

from enthesis.knowledge import Library


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()
