"""Days that a text has to tell, in whatever form."""

import pytest

from appealkit.exercises.answers import judge_written
from appealkit.exercises.bank import Build, bank
from appealkit.language import Lang
from appealkit.letter import assemble
from appealkit.stated.days import tells_day

FORMS = [
    "From 8 February 2026 to 27 February 2026",
    "Between 8 and 27 February 2026",
    "From 8 to 27 February 2026",
    "Between 8 February and 27 February 2026",
    "From February 8, 2026 to February 27, 2026",
    "Between Feb. 8 and Feb. 27, 2026",
    "From the 8th to the 27th of February 2026",
    "8\u201327 Feb 2026",
    "On 8 February",
    "Since 2026-02-08",
    "Since 08/02/2026",
    "Since 02/08/2026",
    "Since 8/Feb/2026",
    "Since 08-Feb-2026",
    "Since Feb-8-2026",
    "Since 8. Feb. 2026",
    "Since 8Feb2026",
    "Since 2026-Feb-08",
    "Since 2026/Feb/8",
    "Since 08/Feb/26",
    "Since 8-Feb-26",
    "In the 20 days\nup to February\n8th, 2026",
]
OTHERS = [
    "From 8 February to 27 February 2025",
    "Between 9 and 27 February 2026",
    "8 of 27 orders of February 2026",
    "From 8 to 27 March 2026",
    "On 8 February 2025",
    "In February 2026",
    "Since 2026-08-20",
    "Since 18/Feb/2026",
    "Since 8-Feb-2025",
    "On 18 February 2026",
    "Since Feb82026",
    "Since Feb 82026",
    "Since 8//Feb//2026",
    "Since 38/Feb/2026",
    "Since 2026-Feb-81",
    "Since 8-Feb/26",
    "Since 8-Feb-25",
]


@pytest.mark.parametrize("told", FORMS)
def test_a_day_is_told_in_any_form(told: str) -> None:
    """A day is told whatever comes first in it, and when month or year stand behind the end of its period."""
    assert tells_day(f"Good day.\n{told} five of 278 orders went wrong.", "8 February 2026")
    assert tells_day(told.upper(), "8 February")


@pytest.mark.parametrize("told", OTHERS)
def test_another_day_is_none(told: str) -> None:
    """Another day, month or year, and figures that only look like a day, do not tell it; words that are no day are never told as one."""
    assert not tells_day(f"{told} five of 278 orders went wrong.", "8 February 2026")
    assert not tells_day(told, told)


@pytest.mark.parametrize("told", FORMS[1:7])
def test_a_letter_may_write_its_days_as_it_likes(told: str, lang: Lang) -> None:
    """A built letter is judged by the days that it tells, and one that leaves a day out is told so."""
    task = bank()["build-baskets"]
    assert isinstance(task, Build)
    model = assemble(task.case).text
    period = "between February 8, 2026 and February 27, 2026"
    assert period in model
    judged = judge_written(task, model.replace(period, told), lang)
    assert judged.outcome == "correct", judged
    assert "February 8, 2026" in str(judge_written(task, model.replace(period, "in February 2026"), lang))
