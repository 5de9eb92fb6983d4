"""The words of a sentence to cues: words, pairs of words, classes of phrases, forms of verbs and figures, each with its place.

The classes are data (`data/cues.toml`); what a cue is worth for which role is learned (`data/weights.json`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from appealkit.lexicon import NO_WORD, Word, headings, named, phrases, subjects, words_of
from appealkit.tables import load


@dataclass(eq=False)  # nothing changes it; to freeze it would triple the time in which it is made
class Cues:
    """What the words of one sentence show.

    Args:
        sentence: its text.
        words: its words, as `appealkit.lexicon` writes them.
        stems: how the longer ones begin (`refun~`).
        marked: what else its words show, with the words that show it in one number (see `ends`): `c=admit` (a class of phrases of
            `data/cues.toml`), `c=admit+` (two phrases of it), `v=step.past` (a verb of a class, with its form), `f=count` (a figure),
            `s=we` (the first word), `t=future` (form of the first verb), `speaks=we` (of whom it speaks), `subject=third` (who does what
            it tells), and pairs of these (`c=metric&c=limit`).
        classes: the classes of phrases among them.
        telling: what tells one part of a letter from another: figures, of whom it speaks, forms of its later verbs (`u=s`).
        speaks: of whom it speaks.
        tense: form of its first verb, empty when none is seen.
    """

    sentence: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    marked: Mapping[str, int]
    classes: tuple[str, ...]
    telling: tuple[str, ...]
    speaks: str
    tense: str

    @cached_property
    def shown(self) -> Mapping[str, int]:
        """Every cue with the words that show it: words, two in a row (`we failed`), how they begin, and what is marked."""
        places = range(len(self.words))
        pairs = zip(map(" ".join, pairwise(self.words)), range(_ONE_MORE, _ONE_MORE << 1), strict=False)
        stems = [(word.stem, place) for word, place in zip(words_of(self.sentence), places, strict=True) if word.stem]
        return {**dict(zip(self.words, places, strict=True)), **dict(pairs), **dict(stems), **self.marked}

    def ends(self, name: str) -> tuple[int, int]:
        """Return the numbers of the first and of the last of the words that show a cue."""
        more, first = divmod(self.shown[name], _ONE_MORE)
        return first, first + more


_ONE_MORE = 1 << 20
"""Added to the number of a cue's first word for each further word of it: sentences have fewer words than this."""


@lru_cache(maxsize=2048)
def cues_of(sentence: str) -> Cues:
    """Find the cues in the words of one sentence.

    Args:
        sentence: its text. A passage in double quotes counts as one word, since it is somebody else's.

    Returns:
        Its cues.

    >>> cues_of("We will refund four buyers.").ends("f=count")
    (3, 4)
    """
    known = words_of(sentence)
    words = tuple([word.text for word in known])
    if not words:
        return Cues(sentence, (), (), {}, (), (), "speaks=they", "")
    marked: dict[str, int] = {}
    for number, word in enumerate(known):
        for name in word.classes:
            marked[f"{name}+" if name in marked else name] = number
    for number, more, name in phrases().found_in(known):
        marked[f"{name}+" if name in marked else name] = number + more * _ONE_MORE
    classes = tuple([name for name in marked if name[-1] != "+"])
    for number, word in enumerate(known):
        for name in word.verbs:
            marked[f"{name}+" if name in marked else name] = number
    figures = dict(_figures(words, known))
    marked.update(figures)
    tenses = dict(_tenses(words, known))
    tense, *later = tenses or ("",)
    speaks = _speaks(words)
    marked[f"t={tense}"] = tenses.get(tense, 0)
    marked[f"s={words[0]}"] = marked[speaks] = 0
    _pair(marked, figures, classes, speaks, tense)
    _pair_subject(marked, classes, known, tense)
    stems = tuple([word.stem for word in known if word.stem])
    return Cues(sentence, words, stems, marked, classes, (*figures, speaks, *[f"u={form}" for form in later]), speaks, tense)


@lru_cache(maxsize=512)
def leads_into(heading: str) -> tuple[str, ...]:
    """Tell what a heading leads into, by its words.

    Args:
        heading: its text.

    Returns:
        Names of the classes of headings in `data/cues.toml`, in their order; `("plain",)` when there is none.

    >>> leads_into("2) Corrective and preventive actions")
    ('taken', 'planned')
    """
    names = {name for _, _, name in headings().found_in(words_of(heading[:_LONGEST_HEADING]))}
    return tuple(name for name in load("cues.toml")["headings"] if name in names) or ("plain",)


_LONGEST_HEADING = 200


def _figures(words: Sequence[str], known: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """Find what a reviewer can look up, and what only looks like it: name and words."""
    places = [number for number, word in enumerate(known) if word.figure]
    around = [NO_WORD, *known, NO_WORD, NO_WORD, NO_WORD] if places else []
    for number in places:
        if known[number].figure == "number":
            name, more = _number(words, number, around[number : number + 5])
            yield name, number + more * _ONE_MORE
            if not number and name in _COUNTED:
                yield "f=first", number
        elif number and (words[number] != "may" or words[number - 1] in named("before_month")):
            near = (*words[max(0, number - 3) : number], *words[number + 1 : number + 2])
            yield ("f=since" if "since" in near else "f=day" if "0" in near else "f=month"), number


def _number(words: Sequence[str], number: int, around: Sequence[Word]) -> tuple[str, int]:
    """Tell by the words around it what a number counts or measures: name, and how many words more than the number show it."""
    word, (before, _, after, second, third) = words[number], around
    name, more = "f=number", 0
    if word in {"0order", "0date", "0year", "0time"}:
        name = f"f={word[1:]}"
    elif after.text in {"%", "percent"} or (after.text == "per" and second.text == "cent"):
        rest = third if after.text == "per" else second
        bound = rest.text in named("after_limit") or not named("before_limit").isdisjoint(words[max(0, number - 3) : number])
        name, more = ("f=limit" if bound else "f=value"), 1
    elif after.text in {"of", "out", "from"} and "number" in (second.figure, third.figure):
        name, more = "f=ratio", 1
    elif "month" in (before.figure, after.figure, second.figure):
        name = "f=since" if "since" in words[max(0, number - 2) : number] else "f=day"
    elif after.text in named("duration"):
        name, more = "f=duration", 1
    elif after.text in named("unit"):
        name, more = "f=measure", 1
    elif word in named("loose"):
        name = "f=one"
    elif "c=thing" in (*after.classes, *second.classes, *third.classes):
        name, more = "f=count", 1
    elif not _PAST.isdisjoint((after.form, second.form, third.form)):
        name, more = "f=happened", 1
    return name, more


_COUNTED = frozenset(["f=count", "f=happened", "f=number"])
_PAST = frozenset(["past", "was", "had"])


def _tenses(words: Sequence[str], known: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """Find the forms of the verbs that stand for themselves, in order, each with its place."""
    done = -1  # the participle that an auxiliary has taken
    for number, word in [(number, word) for number, word in enumerate(known) if word.form]:
        if number <= done or (word.text == "may" and _is_month(words, known, number)):
            continue
        if word.form in _WITH_PARTICIPLE:
            ahead = range(number + 1, min(len(known), number + 4))
            done = next((k for k in ahead if known[k].form in {"past", "ing"}), done)
            kind = known[done].form if done > number and word.form != "future" else ""
            yield word.form + {"past": "-done", "ing": "-ing", "": ""}[kind], number
        elif not number:
            yield {"base": "bare", "past": "done", "s": "s-"}.get(word.form, word.form), number
        elif form := _finite(word.form, words[number - 1], after_number=known[number - 1].figure == "number"):
            yield form, number


_WITH_PARTICIPLE = frozenset(["have", "had", "is", "was", "future"])


def _is_month(words: Sequence[str], known: Sequence[Word], number: int) -> bool:
    """Is "may" a month, by the word before it?"""
    return number > 0 and (known[number - 1].figure == "number" or words[number - 1] in named("before_month"))


def _finite(form: str, before: str, *, after_number: bool) -> str:
    """Return the form of a verb by the word before it; empty when it is likely a noun, an adjective or a participle."""
    if form == "base":
        return "" if before not in named("before_base") else "present" if before in {"we", "i"} else "base"
    if form == "ing" or (form in {"s", "past"} and before in named("determiner")) or (form == "s" and after_number):
        return ""
    return form


def _speaks(words: Sequence[str]) -> str:
    """Tell of whom a sentence speaks: the seller, the reader, both, or somebody else."""
    seller = "" if named("seller").isdisjoint(words) else "we"
    reader = "" if named("reader").isdisjoint(words) else "you"
    return f"speaks={seller + reader or 'they'}"


_FOUND = ("f=count", "f=number", "f=happened", "f=value", "f=month", "f=day", "f=date", "c=period")
_PAIRS = {
    "c=third_party": ("c=accuse", "c=scorn", "c=excuse", "c=lapse", "c=disclaim", "c=own"),
    "c=metric": ("c=promise", "c=frequency", "c=watch", "c=trigger", "c=limit", "c=admit", "c=apology", "c=own", "f=limit", "f=value"),
    "c=frequency": ("c=staff", "c=watch", "c=tool"),
    "c=ask": ("c=reinstate", "c=offer", "c=plead", "c=deadline"),
    "c=admit": _FOUND,
    "c=apology": (*_FOUND, "c=writing"),
    "c=own": _FOUND,
    "c=lapse": _FOUND,
    "c=family": ("c=hardship", "c=feeling"),
    "c=tenure": ("c=weigh", "c=dispute"),
    "c=threat": ("c=deadline", "c=reinstate"),
    "c=deadline": ("c=reinstate",),
    "c=because": ("c=lapse", "c=vague_cause"),
    "c=vague_cause": ("c=lapse", "c=tool"),
    "c=vague_step": ("c=tool", "c=frequency", "c=staff", "f=number"),
}
"""Cues that mean more together than each by itself."""


def _pair(shown: dict[str, int], figures: Mapping[str, int], classes: Sequence[str], speaks: str, tense: str) -> None:
    shown[f"{speaks}&t={tense}"] = shown[speaks]
    for figure, span in figures.items():
        shown[f"{figure}&t={tense}"] = span
    if "c=third_party" in shown:
        shown[f"c=third_party&{speaks}"] = shown[f"c=third_party&t={tense}"] = shown["c=third_party"]
    for one in classes:
        for other in _PAIRS.get(one, ()):
            if other in shown:
                shown[f"{one}&{other}"] = shown[other]


_SUBJECT_WITHIN = 14  # words


def _pair_subject(shown: dict[str, int], classes: Sequence[str], known: Sequence[Word], tense: str) -> None:
    """Tell who does what the sentence tells, by the words before its first verb; pair that with the verb and the classes."""
    subject, place = _subject(known)
    shown[f"subject={subject}"] = shown[f"subject={subject}&t={tense}"] = place
    for name in classes:
        shown[f"subject={subject}&{name}"] = shown[name]


def _subject(known: Sequence[Word]) -> tuple[str, int]:
    who, place, known_subjects = "", 0, subjects()
    for number, word in enumerate(known[:_SUBJECT_WITHIN]):
        if word.text in {"we", "i"}:  # whatever stands before them
            return "we", number
        if number and word.form not in _NO_VERB:
            break
        if "c=third_party" in word.classes:
            who, place = "third", number
        elif not who and word.text in known_subjects:
            who, place = known_subjects[word.text], number
    return who or "noun", place


_NO_VERB = frozenset(["", "base", "ing"])  # forms that a noun or an adjective can have as well
