"""Words of numbers and of the calendar: each of them is known wherever it is read."""

import pytest

from appealkit.annotate import annotate
from appealkit.cues import cues_of
from appealkit.exercises.given import not_given
from appealkit.ledger import ledger
from appealkit.reading import read_notice
from appealkit.segment import segment
from appealkit.span import Span
from appealkit.stated.numbers import numbers
from appealkit.stated.rates import rates
from appealkit.topics import stems
from appealkit.vocabulary import ONE_TO_TEN, months, weekdays
from tests.cases import in_words

UP_TO_99 = range(1, 100)


def in_chinese(number: int) -> str:
    """Write a number under a hundred in Chinese numerals."""
    tens, digit = divmod(number, 10)
    written = f"{ONE_TO_TEN[tens - 1] if tens > 1 else ''}{ONE_TO_TEN[-1] if tens else ''}"
    return written + (ONE_TO_TEN[digit - 1] if digit else "")


def found(letter: str) -> set[str]:
    """Return the ids of what a letter is told."""
    return {finding.rule.id for finding in annotate(letter).findings}


@pytest.mark.parametrize("number", UP_TO_99)
def test_a_notice_gives_so_many_days_hours_and_attempts(number: int) -> None:
    """A time to answer is read, and how often one may, whether the parts of the number are joined by a hyphen or not."""
    for words in {in_words(number), in_words(number).replace("-", " ")}:
        asked = f"Your account is deactivated. Please send us the root cause of late shipments within {words}"
        assert read_notice(f"{asked} days.").deadline_days == number
        assert read_notice(f"{asked} hours.").deadline_days == -(-number // 24)
        assert read_notice(f"{asked} days. You have {words} more attempts.").attempts == number


@pytest.mark.parametrize("number", UP_TO_99)
def test_a_chinese_notice_gives_so_many_days_and_attempts(number: int) -> None:
    """A Chinese notice is read alike, with the numerals of Chinese."""
    words = in_chinese(number)
    for day in ("\u5929", "\u65e5"):
        asked = f"您的帳戶已停用。請在{words}{day}內說明延遲出貨的根本原因。您還可以申訴{words}次。"
        assert (read_notice(asked).deadline_days, read_notice(asked).attempts) == (number, number)


@pytest.mark.parametrize(
    ("time", "days"),
    [("within a dozen days", 12), ("within one hundred and eighty days", 180), ("一百零五天內", 105), ("卅天內", 30), ("廿一天內", 21)],
)
def test_a_notice_gives_days_in_other_words(time: str, days: int) -> None:
    """Dozens and hundreds are read, and in Chinese a zero between the digits, and the one character for twenty or thirty."""
    assert read_notice(f"Please explain the root cause of late shipments {time}. 請{time}說明延遲出貨的根本原因。").deadline_days == days


@pytest.mark.parametrize("number", UP_TO_99)
def test_papers_may_be_so_old(number: int) -> None:
    """The age of papers is told in the words of the notice, whole."""
    age = f"dated within the last {in_words(number)} days"
    removed = "We removed your listing because buyers complained that your product is not authentic."
    assert read_notice(f"{removed} Please send us invoices {age}.").words("papers") == (age,)


@pytest.mark.parametrize("number", UP_TO_99)
def test_so_many_orders_are_a_figure(number: int) -> None:
    """A letter that counts in words has a figure, however far the number stands from what it counts; it is read as that number."""
    told = f"in march 2026 we were late with {in_words(number)} small, light and round parcels."
    assert "no-figure" not in found(f"We are sorry and it was our fault. {told.capitalize()} Our clerk was ill.\n\nWe now pack each day.")
    assert [one.value for one in numbers(told, Span(0, len(told)))] == [number]
    assert "f=count" in cues_of(f"We had {in_words(number)} late parcels.").marked or number == 1
    assert list(not_given(annotate(f"We refunded {in_words(number)} buyers."), [f"They refunded {number} buyers."])) == []


@pytest.mark.parametrize(
    ("words", "value"), [("twenty-nine", 1.29), ("twenty nine", 1.29), ("two nine", 1.29), ("zero five", 1.05), ("two", 1.2)]
)
def test_decimals_in_words_are_those_in_digits(words: str, value: float) -> None:
    """The decimals of a rate are said one by one or as a number; it is as exact as that."""
    told = f"it was one point {words} per cent"
    (rate,) = rates(told, Span(0, len(told)), [])
    assert rate.value == value
    assert rate.rounding == pytest.approx(0.5 * 10 ** -len(str(value).partition(".")[2]))


@pytest.mark.parametrize("number", UP_TO_99)
def test_so_many_measure_a_step(number: int) -> None:
    """A step that tells how many, or every how many weeks, can be measured."""
    steps = [f"We check every {in_words(number)} weeks that labels are right."]
    if number > 1:
        steps.append(f"We let {in_words(number)} parcels be checked.")
    for step in steps:
        assert "unmeasurable-plan" not in found(f"We are sorry. The cause was that our labels were wrong.\n\nOur plan:\n- {step}")


@pytest.mark.parametrize("number", UP_TO_99)
def test_steps_are_numbered_so(number: int) -> None:
    """The mark of a list may be a number in words, and it is no part of the step."""
    assert segment(f"Step {in_words(number)}: We count the shelf.")[0].start == len(f"Step {in_words(number)}: ")


def test_no_number_and_no_day_is_what_a_sentence_is_about() -> None:
    """Two sentences that share a number, a month or a weekday share nothing by it."""
    words = [*(in_words(number) for number in UP_TO_99), *months(), *weekdays()]
    assert [word for word in words if stems(f"{word} lamps") != {"lamp"}] == []


@pytest.mark.parametrize("name", ["Maria", "Mark", "Julia", "Martin", "Octavia"])
def test_a_person_is_no_month(name: str) -> None:
    """A name that begins as a month does is that of the person who does the step; days and numbers are none."""
    assert done_by(f"{name} will check each parcel") == name
    assert [
        word for word in (*months(), *weekdays(), *map(in_words, UP_TO_99)) if done_by(f"{word.capitalize()} will check each parcel")
    ] == []


def done_by(step: str) -> str:
    """Return who does a step, as it is read in a letter."""
    return ledger(f"Dear Seller Performance Team,\n\nOur plan:\n- {step}\n")[0].who
