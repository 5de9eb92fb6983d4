"""The words that decided a judgement: chosen from all that weighed for it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from appealkit.cues import Cues
from appealkit.lexicon import Word, named, places_of, words_of

_FAIR = 4  # a word decides with at least 1 / 4 of the weight of the heaviest
_ROW = 1.5  # and a row of words is shown with at least 2 / 3 of that
_SHOWN = 3  # rows
_BETWEEN = 2  # lighter words that may stand between two deciding ones of one row
_GROWN = 5  # words; a shorter row takes in its neighbours as far as they weighed too
_LED = 8  # words; a row is led on no further than so many
_PARTED = re.compile(r"[,.;:!?\n|]")  # no row reaches over these

_Row = tuple[int, int]
"""The numbers of the first and of the last of some words in a row."""


def deciding(cues: Cues, weights: Mapping[str, int], *, figures: bool = False) -> list[tuple[int, int]]:
    """Choose the words of a sentence that show why it got a label.

    What weighs for a label are words, pairs, phrases, figures, and several of these together; each of their words has its share in that.
    Shown are the words with a fair part in the decision. Those that stand near one another are one row, with what stands between them,
    and a short row has the neighbours with it that weighed as well. What decided little and tells a reader nothing, such as “the” or
    “Mr”, is cut off the ends; a row that would end in “will” or “every” goes on to what follows. A row of nothing that tells, or of
    figures for a label that is not about figures, is left out; if it is the heaviest of all, it is shown with the words that it leads to.
    A date, a rate, “48 hours”, “Mr Lee” and a word with a hyphen stay whole, and of a clause no last word is left over.

    Args:
        cues: what the words show.
        weights: what each cue weighs for the label.
        figures: whether the label is about figures, so that several in a row tell a reader something.

    Returns:
        Where the rows begin and end in the sentence, the heaviest first; none when no word weighed for the label.
    """
    worth = _worth(cues, weights)
    most = max(worth, default=0)
    if most <= 0:
        return []
    sentence = cues.sentence
    places = places_of(sentence)
    words = _words(words_of(sentence), [sentence[one[1] : after[0]] for one, after in pairwise(places)])
    decisive = [value * _FAIR >= most for value in worth]
    shown, whole = bytearray(len(worth)), bytearray(len(worth))
    for row in _rows(decisive, words.parted, _BETWEEN):
        first, last = words.grown(*row, worth)
        shown[first : last + 1] = b"\1" * (last + 1 - first)
    for first, last in [words.trimmed(*row, decisive) for row in _rows(shown, words.parted)]:
        whole[first : last + 1] = b"\1" * (last + 1 - first)
    together = {row: sum([value for value in worth[row[0] : row[1] + 1] if value > 0]) for row in _rows(whole, words.parted)}
    rows = [row for row, value in together.items() if value * _ROW >= most]
    rows = sorted(rows, key=lambda row: -max(worth[row[0] : row[1] + 1]))
    telling = [row for row in rows if words.tell(*row, figures=figures)]
    if rows[0] not in telling:
        led = words.led_on(*rows[0])
        met = [row for row in telling if row[0] <= led[1] and led[0] <= row[1]]
        telling = [(min([led, *met])[0], max(last for _, last in [led, *met])), *(row for row in telling if row not in met)]
    return [_stretch(sentence, places[first][0], places[last][1]) for first, last in telling[:_SHOWN]]


def _worth(cues: Cues, weights: Mapping[str, int]) -> list[float]:
    """Return what each word weighs: its share of every cue that it is part of."""
    worth = [0.0] * len(cues.words)
    of_whom = named("seller") | named("reader")
    who = next((range(number, number + 1) for number, word in enumerate(cues.words) if word in of_whom), range(0))
    for cue, weight in weights.items():
        if weight:
            parts = cue.split("&") if "=" in cue else [cue]
            of_parts = [numbers for part in parts if (numbers := _numbers(part, cues, who))]
            for numbers in of_parts:
                for number in numbers:
                    worth[number] += weight / len(of_parts) / len(numbers)
    return worth


def _numbers(cue: str, cues: Cues, who: range) -> range:
    """Return the numbers of the words that show a cue; none show that there is no verb, or nobody who acts or is spoken of."""
    if cue.startswith("speaks="):
        return who
    if cue in {"t=", "subject=noun"}:
        return range(0)
    first, last = cues.ends(cue)
    return range(first, last + 1)


class _Words(NamedTuple):
    """What is known of each word: whether it tells a reader something, is a figure, and is parted from the one before or joined to it."""

    telling: Sequence[bool]
    figure: Sequence[bool]
    parted: Sequence[bool]
    joined: Sequence[bool]

    def tell(self, first: int, last: int, *, figures: bool) -> bool:
        """Tell whether a row says something to a reader; a single figure does not."""
        return any(self.telling[first : last + 1]) or (figures and first < last)

    def grown(self, first: int, last: int, worth: Sequence[float]) -> _Row:
        """Add neighbours that weighed too, the heavier one first."""
        while last - first + 1 < _GROWN:
            before = 0 if self.parted[first] else worth[first - 1]
            after = 0 if self.parted[last + 1] else worth[last + 1]
            if before <= 0 and after <= 0:
                break
            first, last = (first - 1, last) if before > after else (first, last + 1)
        return first, last

    def trimmed(self, first: int, last: int, decisive: Sequence[bool]) -> _Row:
        """Cut off both ends what did not decide and tells nothing, lead on from what did, and keep whole what is joined."""
        while first < last and not (self.telling[first] or self.figure[first] or decisive[first]):
            first += 1
        while last > first and not (self.telling[last] or self.figure[last] or decisive[last]):
            last -= 1
        if not (self.telling[last] or self.figure[last]) and any(self.telling[first:last]):
            first, last = self.led_on(first, last)
        begin, end = first, last
        while self.joined[begin] and begin > first - _LED:
            begin -= 1
        while self.joined[end + 1] and end < last + _LED:
            end += 1
        if not self.parted[end + 1] and self.parted[end + 2]:  # the last word of its clause is not left over
            end += 1
        return begin, end

    def led_on(self, first: int, last: int) -> _Row:
        """Lead a row on to the next word that tells something, or else back to the one before it, as far as its clause goes."""
        ahead = last
        while not self.telling[ahead] and not self.parted[ahead + 1] and ahead < last + _LED:
            ahead += 1
        begin = first
        while not self.telling[ahead] and not self.telling[begin] and not self.parted[begin]:
            begin -= 1
        return (begin, last) if self.telling[begin] and not self.telling[ahead] else (begin, ahead)


def _words(words: Sequence[Word], gaps: Sequence[str]) -> _Words:
    """Look at words and at what stands between them."""
    figure = [bool(word.figure) or word.text[0] in "0%$\u20ac\u00a3" for word in words]
    telling = [
        not of_figure and len(word.text) > 1 and word.text[0].isalpha() and word.text not in named("empty")
        for word, of_figure in zip(words, figure, strict=True)
    ]
    parted, joined = [True], [False]
    for (word, after), gap, figures in zip(pairwise(words), gaps, pairwise(figure), strict=True):
        titled = word.text in named("title") and gap.strip() in {"", "."}
        measured = figures[0] and after.text in named("duration")
        whole = gap in {"", "-"} or titled or measured or (all(figures) and gap.strip() in {"", ","})
        joined.append(whole)
        parted.append(not whole and bool(_PARTED.search(gap)))
    return _Words(telling, figure, [*parted, True], [*joined, False])


def _rows(shown: Sequence[object], parted: Sequence[bool], between: int = 0) -> Iterator[_Row]:
    """Yield the rows of words that are shown, with at most so many other words between two of them."""
    first = last = -1
    for number in [number for number, one in enumerate(shown) if one]:
        if first >= 0 and (number - last - 1 > between or any(parted[last + 1 : number + 1])):
            yield first, last
            first = -1
        first, last = (number if first < 0 else first), number
    if first >= 0:
        yield first, last


def _stretch(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Close the bracket that some words open."""
    return start, end + (sentence[end : end + 1] == ")" and "(" in sentence[start:end])
