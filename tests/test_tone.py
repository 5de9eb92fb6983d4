"""The tone dial: each sentence on the side to which it pulls, with the words that pull and the reason; no score."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.annotate import annotate
from appealkit.language import LANGS, Lang, say
from appealkit.letter import assemble
from appealkit.rules import rules
from appealkit.samples import sample, sample_case
from appealkit.tone import Side, Voice, show_tone, tone
from tests.cases import HOSTILE
from tests.page import Page
from tests.test_annotate import TEXTS

RULES = {"humble": "emotional", "proud": "demanding"}


def test_each_side_rests_on_a_rule() -> None:
    """Humble words are those of `emotional`, proud ones those of `demanding`, and each side pulls somewhere."""
    assert set(RULES) == set(get_args(Side))
    for side, rule in RULES.items():
        pulls = [pull for passage in rules()[rule].bad for pull in tone(passage).pulls if pull.side == side]
        assert pulls
        assert {pull.finding.rule.id for pull in pulls} == {rule}


@pytest.mark.parametrize(("name", "voice"), [("puzzles-humble", "humble"), ("puzzles-steady", "steady"), ("puzzles-proud", "proud")])
def test_the_closings_of_the_lesson_have_their_voices(name: str, voice: Voice) -> None:
    """Each of the three closings pulls where the lesson says."""
    assert tone(sample(name)).voice == voice


def test_the_words_that_pull_are_the_letters_own() -> None:
    """Words are told by their place in the letter, inside the sentence that pulls, and are fewer than the sentence."""
    heard = tone(sample("puzzles-mixed"))
    assert [pull.side for pull in heard.pulls] == ["humble", "proud"]
    for pull in heard.pulls:
        assert pull.words
        assert all(pull.sentence.start <= span.start < span.end <= pull.sentence.end for span in pull.words)
        assert sum(span.end - span.start for span in pull.words) < len(pull.sentence.text)


def test_the_dial_puts_each_sentence_on_its_side(lang: Lang) -> None:
    """The table has a column a voice; a sentence stands in the one to which it pulls, with the words that pull marked."""
    page = Page(show_tone(sample("puzzles-mixed"), lang).html)
    assert [head.text.strip("← →") for head in page.tags("th")] == [say(f"lesson.voice.{voice}", lang) for voice in get_args(Voice)]
    humble, steady, proud = (["".join(cell.text for cell in page.tags("td")[column::3])] for column in range(3))
    assert "beg you" in humble[0]
    assert "We ask you to reinstate" in steady[0]
    assert "lawyer" in proud[0]
    assert "beg" in "".join(bold.text for bold in page.tags("b"))


def test_every_pull_has_its_reason(lang: Lang) -> None:
    """Text and HTML give for each sentence that pulls the words, the reason, a better way and the source."""
    view = show_tone(sample("puzzles-mixed"), lang)
    for rule in RULES.values():
        assert rules()[rule].why[lang] in view.text
        assert rules()[rule].mend[lang] in view.text
        assert rules()[rule].why[lang] in Page(view.html).tags("section")[0].text
    assert not any(sign in view.text for sign in ("%:", "/10"))


def test_a_steady_letter_says_so(lang: Lang) -> None:
    """The letter that the kit writes pulls to no side."""
    letter = assemble(sample_case("lamps"))
    assert tone(letter) == tone(annotate(letter))
    assert repr(tone(letter)) == "steady"
    assert say("tone.steady", lang) in show_tone(letter, lang).text


@given(TEXTS, st.sampled_from(LANGS))
def test_any_text_has_a_tone(text: str, lang: Lang) -> None:
    """No text breaks the dial, and none becomes markup."""
    assert Page(show_tone(text, lang).html).tags("script") == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_text(words: str, lang: Lang) -> None:
    """Words that look like markup stand in the dial as they are."""
    assert "<script" not in show_tone(f"We beg you: {words}", lang).html
