"""A notice cut into its pieces, each read beside those around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from appealkit.notice import QUESTIONS, Question
from appealkit.pasted import PASTED, Piece, behind_closing, pieces, without_markup
from appealkit.phrases import found_in, holds, lists_of
from appealkit.reading.frames import Frame, frames
from appealkit.reading.mentions import settle
from appealkit.reading.told import SHORT, TABLES, Around, Told
from appealkit.span import Span

_READ = 30_000  # characters of Amazon's own words; no notice has as many, and what lies beyond is told as not understood
_TICKED = frozenset("\u2611\u2612\u2713\u2714")
_EMPTY = "\u2610"
_BOX = 5  # characters of a box and the space behind it


@dataclass(frozen=True, slots=True)
class Page:
    """A notice, piece by piece.

    Args:
        text: the notice as it was pasted.
        told: its pieces in order.
        telling: those of them that tell something and are no quotation of what the seller sent.
        points: the points of each list, by the number of the piece that leads it in.
        unread: what asks for something behind the closing, and what is too long to be read.
    """

    text: str
    told: tuple[Told, ...]
    telling: tuple[Told, ...]
    points: dict[int, list[Told]]
    unread: tuple[Span, ...]

    def asks(self, strength: str, *questions: Question) -> bool:
        """Tell whether one of these questions is asked by words of a strength, `phrases`, `weak` or `faint`."""
        return any(question in questions and told.has("question", question, strength) for told in self.told for question in told.questions)

    def asked_in(self, span: Span) -> bool:
        """Tell whether a stretch that was not read holds the words of a question."""
        lower = self.text[span.start : min(span.end, span.start + _READ)].lower()
        return any(holds(lower, "question", question, "phrases") for question in QUESTIONS)


def page_of(text: str, *, settled: bool = True) -> Page:
    """Cut a notice into its pieces, and read each of them.

    Args:
        text: what was pasted.
        settled: questions that are only mentioned are left out.

    Returns:
        Its pieces.
    """
    cut = pieces(text[:PASTED])
    lengths = accumulate(max(piece.end - piece.start, SHORT) for piece in cut)
    last = next((number for number, length in enumerate(lengths) if length > _READ), len(cut))
    beyond = cut[last].start if last < len(cut) else PASTED
    unread = (*_asked_behind(text[:PASTED]), *([Span(beyond, len(text))] if text[beyond:].strip() else ()))
    cut = cut[:last]
    told: list[Told] = []
    found = found_in([piece.lower for piece in cut], lists_of(*TABLES))
    boxes = [_ticked(text, piece) for piece in cut]
    for number, (piece, (heading, asides)) in enumerate(zip(cut, frames(cut, found), strict=True)):
        lead = told[piece.lead] if piece.lead is not None else None
        above = told[-1] if told else None
        before = above if above and (above.piece.block == piece.block or (above.short and above.metrics)) else _label(above)
        left_empty = boxes[number] is False and True in boxes
        frame = Frame(heading, asides | {"waived"} if left_empty else asides)
        told.append(Told(piece, number, found[number], Around(lead, before, above, frame)))
    for one, after in pairwise(told):
        if after.questions and after.text.endswith("?"):
            one.ask_with_next()
    if settled:
        settle(told)
    points: dict[int, list[Told]] = {}
    for one in told:
        if one.lead:
            points.setdefault(one.lead.number, []).append(one)
    return Page(text, tuple(told), tuple(one for one in told if one.found and not one.cited), points, unread)


def _asked_behind(text: str) -> Iterator[Span]:
    """Yield what asks the seller for something behind the closing: a postscript of Amazon's, or a remark of whoever passed it on."""
    for start, end in behind_closing(text):
        words = without_markup(text)[start:end].lower()
        if holds(words, "deadline", "seller") and (holds(words, "request", "phrases") or holds(words, "attempts", "phrases")):
            yield Span(start, end)


def _label(above: Told | None) -> Told | None:
    """Return the line that names a metric, from which a line of its value is parted by one with another value."""
    return (
        above.before
        if above and above.short and ":" in above.text and above.before and above.before.short and above.before.metrics
        else None
    )


def _ticked(text: str, piece: Piece) -> bool | None:
    """Tell whether the box before a point is ticked; None when it has no box."""
    box = text[max(text.rfind("\n", 0, piece.start), piece.start - _BOX) : piece.start + 3].lower()
    if "[x]" in box or not _TICKED.isdisjoint(box):
        return True
    return False if "[ ]" in box or _EMPTY in box else None
