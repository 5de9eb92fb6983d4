"""A practice reviewer: it answers a draft as a refusal would, in our own words, and asks for exactly what the draft leaves open."""

from dataclasses import dataclass
from difflib import unified_diff

from appealkit.annotate import annotate
from appealkit.coverage import Coverage, coverage
from appealkit.language import Lang, say
from appealkit.notice import Notice


@dataclass(frozen=True, slots=True)
class Round:
    """One draft and its answer.

    Args:
        number: from 1.
        draft: the draft.
        reply: the answer.
        diff: the lines that differ from the draft before, as `diff -u` writes them; empty in the first round.
    """

    number: int
    draft: str
    reply: str
    diff: str


def review(draft: str, notice: Notice, lang: Lang) -> str:
    """Answer a draft: ask for more detail on each question of the notice that it leaves open.

    Args:
        draft: the letter.
        notice: what it has to answer, as `read_notice` returns it.
        lang: language of the answer, `en` or `zh-Hant`.

    Returns:
        The answer, never an outcome. Where nothing is open it says so, and that the decision is Amazon's.

    >>> from appealkit.reading import read_notice
    >>> notice = read_notice("Tell us the root cause of late shipments, and how you will prevent late shipments.")
    >>> print(review("The cause was that one person packed all parcels.", notice, "en").splitlines()[2])
    - late shipment: the steps you have taken to prevent a repeat
    """
    asked = [f"- {question}" for question in open_questions(coverage(annotate(draft), notice), lang)]
    rest = [say("reviewer.open", lang), *asked, say("reviewer.more", lang)]
    lines = [say("reviewer.thanks", lang), *(rest if asked else [say("reviewer.closed", lang)])]
    return "\n".join(lines)


def open_questions(matrix: Coverage, lang: Lang) -> list[str]:
    """Ask, in the words of a refusal, what a draft leaves open.

    Args:
        matrix: the draft beside its notice.
        lang: `en` or `zh-Hant`.

    Returns:
        What is to be told in greater detail, one entry for each question about an issue.
    """
    gaps = ((row.issue, cell.question) for row in matrix.rows for cell in row.cells if cell.gap)
    return [say(f"reviewer.ask.{question}", lang, issue=issue.name(lang)) for issue, question in gaps]


class Rounds:
    """The drafts of one exercise and what the practice reviewer answered, round by round.

    Args:
        notice: what the drafts have to answer.
        lang: language of the answers, `en` or `zh-Hant`.

    >>> from appealkit.reading import read_notice
    >>> rounds = Rounds(read_notice("Tell us the root cause of late shipments."), "en")
    >>> [rounds.send(draft).number for draft in ("We are sorry.", "The cause was a broken printer.")]
    [1, 2]
    >>> print(rounds.all[1].diff, end="")
    -We are sorry.
    +The cause was a broken printer.
    """

    def __init__(self, notice: Notice, lang: Lang) -> None:
        """Begin without a draft."""
        self._notice, self._lang = notice, lang
        self._all: list[Round] = []

    @property
    def all(self) -> tuple[Round, ...]:
        """All rounds, the first one first."""
        return tuple(self._all)

    def send(self, draft: str) -> Round:
        """Hand in a draft. The same draft twice in a row is one round.

        Args:
            draft: the letter.

        Returns:
            The round with the answer.
        """
        before = self._all[-1] if self._all else None
        if before and before.draft.split() == draft.split():
            return before
        diff = "" if before is None else _diff(before.draft, draft)
        self._all.append(Round(len(self._all) + 1, draft, review(draft, self._notice, self._lang), diff))
        return self._all[-1]


def _diff(before: str, after: str) -> str:
    lines = unified_diff(before.strip().splitlines(), after.strip().splitlines(), n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines if not line.startswith(("---", "+++", "@@")))
