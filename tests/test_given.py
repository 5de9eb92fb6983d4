"""What an answer tells that nobody gave: days, figures and names."""

from time import process_time

import pytest

from appealkit.annotate import annotate
from appealkit.exercises.given import not_given

TOLD = (
    "We are sorry that nine of 560 tins arrived damaged between 9 and 20 April 2026; the target is under 1%.\n"
    "Since 4 May 2026 Anna Chen drops one carton every morning at 9:00, and two people pack. In March we bought 1,200 boxes."
)


@pytest.mark.parametrize(
    "answer",
    [
        "We wrote on 4 May 2026, on May 4, on 2026-05-04 and on the 4th.",
        "From April 9 to April 20, 2026, 9 of 560 tins (1.6%) arrived damaged.",
        "Nine of 560 tins, that is 1.61 per cent, went wrong in April 2026.",
        "The target is under 1%, and since May we bought 1200 boxes.",
        "Anna now drops a carton every morning, on Saturdays and Sundays too.",
        "For twelve days, from 9 to 20 April, tins arrived damaged, and after 14 days two people packed.",
        "Our Customer Service desk is open. May we ask for your answer?",
        "Amazon can see this in Seller Central from Monday on.",
        "One of them, the second person, checks each of the two cartons.",
        "Each carton is dropped by Anna Chen, Operations Manager, every morning.",
        "Each carton is dropped by Anna Chen, Manager of Packing, every morning.",
        "Each carton is dropped by Anna Chen (Operations Manager) every morning.",
        "Each carton is dropped by our Operations Manager Anna Chen every morning.",
        "Since 4 May 2026 Customer Service Anna drops one carton every morning.",
    ],
)
def test_what_is_given_is_known_in_any_form(answer: str) -> None:
    """Days, figures and names of the task are known in digits and words, and so is what its counts make."""
    assert list(not_given(annotate(answer), [TOLD])) == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("We wrote on 5 May 2026.", [("day", "5 May 2026")]),
        ("We wrote on 4 May 2027.", [("day", "4 May 2027")]),
        ("We were away from 9 April to 20 April 2062.", [("day", "9 April to 20 April 2062")]),
        ("It was in June.", [("day", "June")]),
        ("It was on 2026-05-05.", [("day", "2026-05-05")]),
        ("We dropped it from 90 cm.", [("figure", "90")]),
        ("It was 1.7% of all.", [("figure", "1.7%")]),
        ("We refunded twelve buyers.", [("figure", "twelve")]),
        ("It took ten years and two weeks.", [("figure", "ten")]),
        ("We closed for 13 days.", [("figure", "13")]),
        ("Since May Bob drops one carton.", [("name", "Bob")]),
        ("Since David came, we pack.", [("name", "David")]),
        ("David packs, and Mary Brown helps.", [("name", "David"), ("name", "Mary"), ("name", "Brown")]),
        ("Since May our Operations Manager Mary Brown drops one.", [("name", "Mary"), ("name", "Brown")]),
        ("We bought boxes from Uline.", [("name", "Uline")]),
        ("Xandra drops one carton.", [("name", "Xandra")]),
        ("We drop cartons (responsible: Bob, packing table).", [("name", "Bob")]),
    ],
)
def test_what_nobody_gave_is_named(answer: str, found: list[tuple[str, str]]) -> None:
    """Another day, year, month, figure or name is found, each once."""
    assert list(not_given(annotate(f"{answer} {answer}"), [TOLD])) == found


def test_frames_are_left_alone() -> None:
    """Greetings, headings and sign-offs may name whom they like; a percentage may be one that follows from the facts."""
    letter = "Dear Mr Smith,\n\nWhat Bob did\nWe counted 2.5% of them.\n\nKind regards,\nBob Uline\n"
    assert list(not_given(annotate(letter), [TOLD], [2.5])) == []


def test_many_names_take_no_longer_than_as_much_text() -> None:
    """A hundred kilobytes of names are looked through in a few times the time in which they are annotated, not in hundreds of it."""
    start = process_time()
    answer = annotate(f"We are sorry, {'Xqzt ' * 20_000}")
    annotated = process_time() - start
    assert list(not_given(answer, [TOLD])) == [("name", "Xqzt")]
    assert process_time() - start < 30 * annotated + 1
