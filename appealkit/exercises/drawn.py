"""Letters to find faults in, drawn by a number: they do not run out."""

import re
from collections.abc import Mapping
from functools import cache

from appealkit.exercises.bank import Find, bank
from appealkit.exercises.practice import make
from appealkit.language import LANGS, Lang, beside, say

Titles = Mapping[str, Mapping[Lang, str]]
_NO_TITLES: Titles = {}

DRAWN = re.compile(r"practice-([0-9]{1,9})-(0|[1-9][0-9]?)")
"""The ids of letters that can be drawn: seed and number of faults."""

LARGEST = 999_999_999
"""The largest number of a letter."""


def drawn(seed: int, number: int) -> Find:
    """Make an exercise of a practice letter.

    Args:
        seed: any whole number from 0; the same one gives the same exercise.
        number: how many faults are put in; 0 for a sound letter.

    Returns:
        The exercise; its id is `practice-SEED-FAULTS`.

    Raises:
        ValueError: when so many faults do not go together.

    >>> drawn(7, 2).id
    'practice-7-2'
    """
    letter = make(seed, number)
    values = {"seed": seed, "faults": number}
    told = {part: {lang: say(f"practice.drawn.{part}", lang, **values) for lang in LANGS} for part in ("title", "about", "hint", "done")}
    metric = letter.case.metric.id if letter.case.metric else "odr"
    return Find.model_validate(
        {
            "id": f"practice-{seed}-{number}", "kind": "find", "level": min(3, max(1, number)), "situation": letter.case.situation,
            "metric": metric, **told, "letter": letter.text, "faults": letter.injected,
        }
    )  # fmt: skip


def listed_at(exercise: str) -> tuple[int, ...]:
    """Tell where an exercise stands in a list: the kit's own as in the bank, kind by kind, then drawn letters by number, then others.

    Args:
        exercise: its id.

    Returns:
        What to sort by.

    >>> sorted(["practice-12-1", "mugs-courier", "practice-7-2", "sort-vases", "kettles-silent"], key=listed_at)
    ['kettles-silent', 'sort-vases', 'practice-7-2', 'practice-12-1', 'mugs-courier']
    """
    if exercise in bank():
        return 0, _places()[exercise]
    match = DRAWN.fullmatch(exercise)
    return (1, *map(int, match.groups())) if match else (2,)


@cache
def _places() -> dict[str, int]:
    """Return where each exercise stands in the bank."""
    return {exercise: place for place, exercise in enumerate(bank())}


def title(exercise: str, lang: Lang, own: Titles = _NO_TITLES) -> str:
    """Name an exercise.

    Args:
        exercise: its id.
        lang: `en` or `zh-Hant`.
        own: the titles of a trainer's own exercises, as far as they are known.

    Returns:
        Its title, if it is one of the kit's or a letter that can be drawn; else the id that a trainer gave it, behind its title.

    >>> title("practice-7-2", "en"), title("mugs-courier", "en")
    ('Drawn letter 7-2', 'mugs-courier')
    >>> title("mugs-courier", "en", {"mugs-courier": {"en": "Mugs"}})
    'Mugs (mugs-courier)'
    """
    if exercise in bank():
        return bank()[exercise].title[lang]
    if match := DRAWN.fullmatch(exercise):
        return say("practice.drawn.title", lang, seed=match[1], faults=match[2])
    return beside(own[exercise][lang], exercise, lang) if exercise in own else exercise
