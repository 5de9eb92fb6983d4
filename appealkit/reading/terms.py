"""Until when a notice is to be answered, and how often."""

from datetime import date

from appealkit.due import days_in, due, number_in, sent_on
from appealkit.notice import Cue
from appealkit.pasted import PASTED, plain
from appealkit.phrases import holds
from appealkit.reading.page import Page


def deadline(page: Page) -> tuple[int | None, list[Cue]]:
    """Tell how many days a notice gives for the answer.

    Args:
        page: the notice.

    Returns:
        The days, and the words that tell them; with words and no days it names a date and not its own.
    """
    sent = _sent(page)
    dated: list[Cue] = []
    for told in page.telling:
        if not told.has("deadline", "seller"):
            continue
        found = told.find("deadline", "phrases")
        if found and not holds(told.clause(found), "deadline", "not"):
            return days_in(told.words(found)), [("deadline", found)]
        day = None if told.has("deadline", "not") else due(told.text, sent)
        if day and day[2] is not None:
            return day[2], [("deadline", told.at(*day[:2]))]
        dated += [("deadline", told.at(*day[:2]))] if day else []
    return None, dated[:1]


def _sent(page: Page) -> date | None:
    """Return the day on which it was sent, if it tells."""
    end = page.told[0].piece.end if page.told else 0
    clean = plain(page.text[:PASTED]).lower()
    return sent_on(clean[:end]) or sent_on(clean[end:])


def attempts(page: Page) -> tuple[int | None, list[Cue]]:
    """Tell how many appeals a notice allows, or leaves.

    Args:
        page: the notice.

    Returns:
        The number, and the words that tell it.
    """
    for told in page.telling:
        if told.has("attempts", "seller") and not told.has("attempts", "not"):
            last = told.find("attempts", "last")
            found = last or told.find("attempts", "phrases")
            if found:
                return 1 if last else number_in(told.words(found)), [("attempts", found)]
    return None, []
