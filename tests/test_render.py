"""The views: every word of the letter shown as it is, every judgement with its reason, readable in both themes and languages."""

import json
import re
from collections.abc import Iterator
from html import unescape
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from appealkit.annotate import Annotation, annotate
from appealkit.cards import card, cited
from appealkit.case import Case
from appealkit.fingerprints import SHINGLE, Samples, public_samples
from appealkit.language import LANGS, Lang, listed, role_name, rule_name, rule_named, say
from appealkit.letter import assemble
from appealkit.render import check, show, to_html, to_json, to_page, to_text
from appealkit.roles import Principle, Role
from appealkit.rules import rules
from appealkit.tables import load
from appealkit.view import View
from tests.cases import HOSTILE, cases
from tests.page import Element, Page
from tests.test_annotate import LETTER, TEXTS

CSS = files("appealkit").joinpath("templates", "annotation.css").read_text(encoding="utf-8")
FAULTY = "Dear Amazon,\n\nIt was the courier's fault. Please <b>reinstate</b> us by [date].\n"


def shape(element: Element) -> tuple[str, tuple[str, ...]]:
    """Return the tag of an element and the names of its attributes."""
    return element.tag, tuple(sorted(element.attributes))


# -- the letter's own words -----------------------------------------------------------------------------------------------


@given(TEXTS, st.sampled_from(LANGS))
def test_every_character_of_any_text_is_escaped(text: str, lang: Lang) -> None:
    """The text of the view is that of the letter, character by character: nothing of it becomes markup."""
    page = Page(to_html(annotate(text), lang))
    assert page.letter == text
    assert len(page.tags("script")) == 0


@given(cases(), st.sampled_from(LANGS))
def test_every_character_of_any_assembled_letter_is_escaped(case: Case, lang: Lang) -> None:
    """The view of a letter that the kit wrote holds the letter, character by character."""
    letter = assemble(case)
    assert Page(to_html(annotate(letter), lang)).letter == letter.text


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "</mark></pre><img src=x onerror=alert(1)>", '" onclick="x', "&lt;b&gt;", "{{ 7*7 }}"]
)
def test_markup_of_a_letter_does_nothing(words: str) -> None:
    """Markup in a letter adds no element and no attribute, be it in the letter, in a finding or in a title."""
    known = {shape(element) for text in (LETTER, FAULTY, "") for element in Page(to_html(annotate(text), "en")).elements}
    hostile = Page(to_html(annotate(f"It was {words} and the courier's fault. [date {words}]"), "en"))
    assert {shape(element) for element in hostile.elements} <= known
    assert hostile.letter.count(words) == 2
    page = Page("".join(to_page([(words, annotate(words))], "en")))
    assert page.tags("h2")[0].text == words
    assert page.tags("script") == page.tags("img") == []


def test_words_of_the_letter_in_findings_are_escaped() -> None:
    """A finding repeats words of the letter as words."""
    page = Page(to_html(annotate("We are sorry. <img src=x> [your <b>name</b>]"), "en"))
    assert "[your <b>name</b>]" in "".join(element.text for element in page.having("ak-findings"))


# -- what a mark says -------------------------------------------------------------------------------------------------------


def test_role_is_written_inside_each_mark(lang: Lang) -> None:
    """Each sentence is one mark that names its roles in words, and has the colour of a principle that they serve."""
    annotation = annotate(LETTER)
    marks = Page(to_html(annotation, lang)).tags("mark")
    assert len(marks) == len(annotation.sentences) > 5
    for mark, sentence in zip(marks, annotation.sentences, strict=True):
        names = [role_name(role, lang) for role in Role if role in sentence.roles]
        assert mark.text.startswith(" · ".join(names) + " ")
        principles = {f"ak-{role.principle}" for role in sentence.roles if role.principle}
        assert mark.classes <= (principles or {"ak-none"})


def test_words_that_decided_are_underlined() -> None:
    """The words that decided a role stand out without colour."""
    annotation = annotate(LETTER)
    shown = [element.text for element in Page(to_html(annotation, "en")).tags("b")]
    assert shown
    assert all(words in LETTER for words in shown)
    assert "text-decoration" in re.findall(r"mark b \{([^}]*)\}", CSS)[0]


def test_mark_points_to_its_findings(lang: Lang) -> None:
    """A sentence with a finding has the number that the finding has in the list."""
    annotation = annotate(FAULTY)
    page = Page(to_html(annotation, lang))
    numbers = [number for number, finding in enumerate(annotation.findings, 1) if finding.span]
    assert numbers
    assert sorted(element.text for element in page.having("ak-note")) == sorted(f"[{number}]" for number in numbers)
    assert {element.attributes["title"] for element in page.having("ak-note")} == {say("view.finding", lang, number=n) for n in numbers}


def test_finding_shows_reason_source_and_mend(lang: Lang) -> None:
    """Each finding is an item of a list with its message, severity, principle, reason, source and mend."""
    annotation = annotate(FAULTY)
    items = [element for element in Page(to_html(annotation, lang)).tags("li") if element.above and "ak-findings" in element.above.classes]
    assert len(items) == len(annotation.findings) > 3
    for item, finding in zip(items, annotation.findings, strict=True):
        source = load("cards.toml")[finding.rule.source]
        for words in (
            *(finding.message(lang), finding.rule.why[lang], finding.rule.mend[lang]),
            *(say(f"severity.{finding.severity}", lang), load("principles.toml")[finding.rule.principle]["name"][lang]),
            *(source["title"][lang], source["source"][lang]),
        ):
            assert words in item.text
        assert rule_name(finding.rule.id, lang) in item.text.lower()
        assert finding.rule.id not in item.text


def test_only_what_must_be_mended_is_announced_as_such(lang: Lang) -> None:
    """Several findings of which none must be mended stand below no heading that says that some must."""
    for rules_off, heavy in (((), True), ([rule.id for rule in rules().values() if rule.severity == "error"], False)):
        found = annotate("We are sorry. Our rate was 2% on 03/04/2026. We beg you on our knees.", ignore=rules_off)
        assert (len(found.findings) > 1, found.findings[0].severity == "error") == (True, heavy)
        assert (say("view.findings-by-weight", lang) in unescape(to_html(found, lang))) == heavy


def test_rule_of_several_findings_is_told_once(lang: Lang) -> None:
    """Findings of one rule stand below each other, each with its words; the first of them has reason, mend and source, in text and HTML."""
    steps = "On 02/03/2026 we refunded the buyer. On 04/03/2026 we counted the shelf."
    annotation = annotate(f"Dear Amazon,\n\nThe courier is to blame.\n\n{steps}\n")
    dated = [finding for finding in annotation.findings if finding.rule.id == "ambiguous-date"]
    assert len(dated) == 2 < len(annotation.findings)
    text, html = to_text(annotation, lang), unescape(to_html(annotation, lang))
    first, second = (text.index(finding.message(lang)) for finding in dated)
    assert first < text.index(dated[0].rule.mend[lang]) < second
    for told in (text, html):
        for rule in {finding.rule.id: finding.rule for finding in annotation.findings}.values():
            assert told.count(rule.why[lang]) == told.count(rule.mend[lang]) == 1
        assert all(told.count(finding.message(lang)) == 1 for finding in annotation.findings)


def test_sign_off_keeps_its_lines_apart(lang: Lang) -> None:
    """Who signs is not run together in the plain text; a sentence that goes on in the next line still is."""
    annotation = annotate("We count the\nshelf every day.\n\nYours faithfully\nK. Olsen\n  Olsen Sko AS\n")
    text = to_text(annotation, lang)
    assert "] Yours faithfully / K. Olsen / Olsen Sko AS\n" in text
    assert "] We count the shelf every day.\n" in text


def test_text_says_that_nothing_is_shared(lang: Lang) -> None:
    """A letter that shares nothing with public samples is said to be compared, and with which; one that does, or was not, is not."""
    none = say("own-words.none", lang, words=SHINGLE, samples=listed((sample.id for sample in public_samples().all), lang))
    assert to_text(annotate(LETTER), lang).splitlines()[-1] == none
    shown = (annotate(""), annotate(LETTER, ignore=["own-words"]), annotate(LETTER, samples=Samples([])))
    assert not any(none.partition("(")[0] in to_text(annotation, lang) for annotation in shown)
    assert none not in to_text(annotate(LETTER), lang, [Principle.CAUSE])


def test_ids_of_rules_are_within_reach(lang: Lang) -> None:
    """The ids by which rules are switched off are folded away below the findings, in their order, and not read with each of them."""
    annotation = annotate(FAULTY)
    codes = [element for element in Page(to_html(annotation, lang)).tags("code") if element.above and element.above.tag == "li"]
    assert [code.text for code in codes] == [finding.rule.id for finding in annotation.findings]
    assert to_html(annotation, lang).count("<details") == 1


def test_letter_without_findings_says_so(full: Case, lang: Lang) -> None:
    """Where nothing was found, the view says it in words."""
    annotation = annotate(assemble(full))
    assert say("check.no-findings", lang) in to_html(annotation, lang)
    assert say("check.no-findings", lang) in to_text(annotation, lang)


def test_switched_off_rules_are_named(lang: Lang) -> None:
    """A view names the rules that its reader switched off, in the reader's words, in quotation marks, and by the ids."""
    annotation = annotate(FAULTY, ignore=["blame", "no-plan"])
    names = listed((say("check.quoted-rule", lang, name=rule_name(rule, lang), id=rule) for rule in ("blame", "no-plan")), lang)
    assert escape(say("check.ignored", lang, rules=names)) in to_html(annotation, lang)
    assert say("check.ignored", lang, rules=names) in to_text(annotation, lang)


def test_principles_are_counted(lang: Lang) -> None:
    """The table names each principle with its number of sentences and findings."""
    annotation = annotate(FAULTY)
    rows = [element.text.split("\n") for element in Page(to_html(annotation, lang)).tags("tr")][1:]
    names = [load("principles.toml")[principle]["name"][lang] for principle in Principle]
    assert [row[0].startswith(name) for row, name in zip(rows, names, strict=True)] == [True] * 4
    for row, principle, name in zip(rows, Principle, names, strict=True):
        sentences = sum(any(role.principle is principle for role in sentence.roles) for sentence in annotation.sentences)
        findings = sum(finding.rule.principle is principle for finding in annotation.findings)
        assert row[0] == f"{name}{sentences}{findings}"


def test_public_words_are_marked_and_cited(lang: Lang) -> None:
    """Words that stand in a public sample are boxed and labelled as public, and the view says in which sample."""
    annotation = annotate(rules()["own-words"].bad[0])
    page = Page(to_html(annotation, lang))
    assert page.having("ak-public")
    assert page.letter == annotation.text
    assert annotation.own_words
    for sample in annotation.own_words.samples:
        assert sample.describe(lang) in page.html
        assert sample.describe(lang) in to_text(annotation, lang)


# -- languages ----------------------------------------------------------------------------------------------------------------


def test_each_part_is_marked_with_its_language(lang: Lang) -> None:
    """The view is marked with the language of its reader, the letter with English, the labels in it with the reader's again."""
    page = Page(to_html(annotate(FAULTY), lang))
    (section,), (letter,) = page.tags("section"), page.having("ak-letter")
    assert (section.lang, letter.lang) == (lang, "en")
    assert {label.lang for label in page.having("ak-label")} == {lang}
    assert {item.lang for item in page.tags("li")} == {lang}
    assert Page("".join(to_page([("", annotate(FAULTY))], lang))).tags("html")[0].lang == lang


def test_view_speaks_one_language() -> None:
    """Around an English letter, the Chinese view has no English sentence of its own."""
    page = Page(to_html(annotate(""), "zh-Hant"))
    own = "".join(element.text for element in page.tags("p") + page.tags("th") + page.tags("caption") + page.tags("h4"))
    assert own
    assert not re.search(r"[a-z]{3,} [a-z]{3,}", own)


# -- looks --------------------------------------------------------------------------------------------------------------------


def themes() -> list[dict[str, str]]:
    """Return the colours of each theme, by the name of their variable."""
    blocks = [dict(re.findall(r"--ak-([a-z]+): (#[0-9a-f]+);", block)) for block in re.findall(r"\{([^{}]*--ak-ink:[^{}]*)\}", CSS)]
    return [blocks[0] | block for block in blocks]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_right() -> None:
    """Black on white has the greatest contrast that there is, and a known grey its known one."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


def test_text_can_be_read_in_both_themes() -> None:
    """Text has a contrast of 4.5:1 or better on each ground on which it stands, in the light theme and in the dark one."""
    found = themes()
    assert len(found) == 3  # light; dark as JupyterLab says it; dark as the system says it
    light, *dark = found
    assert dark[0] == dark[1]
    assert luminance(light["paper"]) > 0.5 > luminance(dark[0]["paper"])
    for theme in found:
        for ground in (*Principle, "paper"):
            assert contrast(theme["ink"], theme[ground]) >= 4.5, (theme, ground)
        for text in ("quiet", "error"):
            assert contrast(theme[text], theme["paper"]) >= 4.5, (theme, text)


def test_each_theme_sets_every_colour() -> None:
    """The dark theme sets each colour that the light one sets."""
    blocks = [set(re.findall("--ak-([a-z]+):", block)) for block in re.findall(r"\{([^{}]*--ak-ink:[^{}]*)\}", CSS)]
    assert len(blocks) == 3
    assert blocks[0] == blocks[1] == blocks[2]


def test_colours_come_from_the_themes() -> None:
    """No rule sets a colour of its own beside those of the themes, so that the test above sees them all."""
    used = re.findall(r"(?<![\w-])(?:color|background): ([^;]+);", CSS)
    assert len(used) > 10
    assert {value for value in used if not value.startswith("var(--ak-")} <= {"transparent", "inherit"}
    assert {value for value in used if value.startswith("var(")} <= {f"var(--ak-{name})" for name in themes()[0]}


def test_view_needs_nothing_from_outside(lang: Lang) -> None:
    """The view names no address, loads nothing and runs nothing."""
    for html in (to_html(annotate(FAULTY), lang), "".join(to_page([("a", annotate(FAULTY))], lang))):
        assert not re.search(r"https?:|url\(|@import|<link|<script|<img| src=| on[a-z]+=", html)


# -- a page of several letters ------------------------------------------------------------------------------------------------


def test_page_holds_several_letters() -> None:
    """Several letters make one document, each below its title."""
    page = Page("".join(to_page([("one.txt", annotate("We are sorry.")), ("two.txt", annotate("We beg you."))], "en")))
    assert [heading.text for heading in page.tags("h2")] == ["one.txt", "two.txt"]
    assert len(page.tags("html")) == len(page.tags("title")) == 1
    assert page.letter == "We are sorry.We beg you."


def test_page_comes_in_pieces() -> None:
    """A page is written letter by letter: the second one is not read before the first one is out."""
    read: list[str] = []

    def letters() -> Iterator[tuple[str, Annotation]]:
        for name in ("one", "two"):
            read.append(name)
            yield name, annotate(name)

    pieces = to_page(letters(), "en")
    written = ""
    while "one" not in written:
        written += next(pieces)
    assert read == ["one"]
    assert "two" in "".join(pieces)


# -- plain text and JSON ------------------------------------------------------------------------------------------------------


def test_text_has_one_line_a_sentence(lang: Lang) -> None:
    """As plain text, each sentence stands on a line behind its roles, and each finding has its words, reason, mend and source."""
    annotation = annotate(FAULTY)
    lines = to_text(annotation, lang).splitlines()
    for line, sentence in zip(lines, annotation.sentences, strict=False):
        names = " · ".join(role_name(role, lang) for role in Role if role in sentence.roles)
        assert line == f"[{names}] {' '.join(sentence.text.split())}"
    assert lines[len(annotation.sentences)] == ""
    assert {finding.rule.id for finding in annotation.findings if annotation.reasons(finding)} == {"blame", "vague-cause"}
    for number, finding in enumerate(annotation.findings, 1):
        place = next(place for place, line in enumerate(lines) if line.startswith(f"{number}. {finding.message(lang)}"))
        assert f"{rule_named(finding.rule.id, lang)}]" in lines[place]
        for span in annotation.reasons(finding):
            assert " ".join(annotation.text[slice(*span)].split()) in lines[place + 1]
        place += bool(annotation.reasons(finding))
        assert finding.rule.why[lang] in lines[place + 1]
        assert finding.rule.mend[lang] in lines[place + 2]
        assert load("cards.toml")[finding.rule.source]["title"][lang] in lines[place + 3]


def test_json_has_the_form_that_is_promised(lang: Lang) -> None:
    """JSON has sentences with offsets and roles, and findings with rule, principle, severity, message and span."""
    annotation = annotate(FAULTY)
    told = json.loads(to_json(annotation, lang))
    assert [(s["start"], s["end"], s["text"], set(s["roles"])) for s in told["sentences"]] == [
        (s.start, s.end, s.text, {role.value for role in s.roles}) for s in annotation.sentences
    ]
    assert told["findings"]
    for found, finding in zip(told["findings"], annotation.findings, strict=True):
        assert {"rule", "principle", "severity", "message", "span", "words", "why", "mend", "source", "cited"} == set(found)
        assert (found["source"], found["cited"]) == (finding.rule.source, cited(finding.rule.source, lang))
        assert found["rule"] == finding.rule.id
        assert found["principle"] == finding.rule.principle.value
        assert found["severity"] == finding.severity
        assert found["message"] == finding.message(lang)
        assert found["span"] == (None if finding.span is None else {"start": finding.span.start, "end": finding.span.end})


@given(TEXTS)
def test_json_holds_any_text(text: str) -> None:
    """The JSON of any text can be read again, with offsets into that text."""
    for sentence in json.loads(to_json(annotate(text), "en"))["sentences"]:
        assert text[sentence["start"] : sentence["end"]].strip()


# -- views in a notebook ------------------------------------------------------------------------------------------------------


def test_view_is_html_where_it_can_be_shown() -> None:
    """A view shows itself as HTML in a notebook, and as plain text elsewhere."""
    annotation = annotate(FAULTY)
    view = show(annotation, "en")
    assert repr(view) == str(view) == to_text(annotation, "en")
    assert view._repr_html_() == to_html(annotation, "en")
    assert check(FAULTY, "en") == view == View(view.html, view.text)


def test_view_of_one_principle(lang: Lang) -> None:
    """A view may look at one principle alone; it then leaves out the findings of others and says so."""
    annotation = annotate(FAULTY)
    view = show(annotation, lang, ["sincerity"])
    name = load("principles.toml")["sincerity"]["name"][lang]
    assert say("lesson.only", lang, principles=name) in view.html
    assert say("lesson.only", lang, principles=name) in view.text
    shown = {finding.rule.id for finding in annotation.findings if f"{rule_named(finding.rule.id, lang)}]" in view.text}
    assert shown == {finding.rule.id for finding in annotation.findings if finding.rule.principle is Principle.SINCERITY}
    with pytest.raises(ValueError, match="luck"):
        show(annotation, lang, ["luck"])


def test_card_shows_its_source(lang: Lang) -> None:
    """A card shows its fact with source and date, tells where it holds and whether it is disputed, and to check one's own notice."""
    for name in ("odr", "valid-tracking", "disputed-apology"):
        stored = load("cards.toml")[name]
        view = card(name, lang)
        for shown in (view.text, Page(view.html).having("ak-card")[0].text):
            for words in (stored["title"][lang], stored["text"][lang], stored["source"][lang], f"{stored['as_of']:%Y-%m}"):
                assert words in shown
            assert (say("lesson.card-disputed", lang) in shown) == bool(stored.get("disputed"))
            assert say("lesson.card-check", lang) in shown
    with pytest.raises(KeyError):
        card("none", lang)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_letter_has_every_view(words: str, lang: Lang) -> None:
    """Words that look like markup or a template pass through every view."""
    annotation = annotate(words)
    assert Page(to_html(annotation, lang)).letter == words
    assert to_text(annotation, lang)
    assert json.loads(to_json(annotation, lang))


def test_marks_of_a_quoted_letter_are_not_shown(lang: Lang) -> None:
    """A letter that was quoted is shown without the marks inside its sentences; "more than" stays, and so do offsets."""
    letter = "> We are sorry that nine orders were\n> late, which is more than a target of\n> 4% allows."
    annotation = annotate(f"Dear Amazon,\n\nWe are sorry.\n\n{letter}")
    assert "were late, which" in to_text(annotation, lang)
    assert "were\n> late" in "".join(sentence.text for sentence in annotation.sentences)


def test_no_letter_is_broken_within_a_word() -> None:
    """JupyterLab breaks what is preformatted within words: each kind of letter, notice or draft in a view forbids it by its own style."""
    templates = files("appealkit").joinpath("templates")
    texts = {file.name: file.read_text(encoding="utf-8") for file in templates.iterdir()}
    kinds = {kind for text in texts.values() for kind in re.findall(r'<pre class="([\w-]+)"', text)}
    assert len(kinds) > 2
    styles = [line for name, text in texts.items() if name.endswith(".css") for line in text.splitlines()]
    for kind in kinds:
        (style,) = [line for line in styles if re.match(rf"\S+ (?:pre)?\.{kind} {{", line)]
        assert "word-break: normal" in style, kind
