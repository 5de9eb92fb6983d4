"""What all tests share."""

import os

import pytest
from hypothesis import HealthCheck, settings

from appealkit.case import Case
from appealkit.language import LANGS, Lang
from tests.cases import FULL

# No test measures time: the machine may be busy. In CI the same examples come every time.
settings.register_profile(
    "kit", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("kit")


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """Give each language in turn."""
    chosen: Lang = request.param
    return chosen


@pytest.fixture
def full() -> Case:
    """Give a case in which no fact is missing."""
    return Case.model_validate(FULL)
