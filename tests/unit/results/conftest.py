import pytest

from tests.unit.results.lives import Lives


@pytest.fixture
def lives(suite, as_actor):
    return Lives(suite, as_actor)
