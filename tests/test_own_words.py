"""Own words: what a letter shares with public samples, told from fingerprints; and the two commands around it."""

import json
import re
from collections.abc import Callable
from hashlib import blake2b
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.annotate import annotate
from appealkit.cards import cited
from appealkit.case import Case, Metric
from appealkit.cli import CLEAN, FOUND, UNREADABLE, main
from appealkit.fingerprints import SHINGLE, Sample, Samples, SamplesError, add_sample, fingerprint, public_samples, read_samples
from appealkit.language import LANGS, Lang, rule_name, say
from appealkit.letter import assemble
from appealkit.own_words import LONG_RUN, has_long_run, own_words
from appealkit.render import to_html, to_json, to_text
from appealkit.rules import rules
from appealkit.tables import load
from tests.cases import FULL, cases

PUBLIC = (
    "In the third week of May our kite shop's only printer stopped, and for five days nobody saw that the labels "
    "of eleven parcels had stayed white. We had no second printer and no list to tell us."
)
"""A public sample invented for these tests: 38 words."""

WORDS = re.findall("[a-z0-9]+", PUBLIC.lower().replace("'", ""))
SAMPLE = fingerprint(PUBLIC, "kites", about="an invented sample", source="these tests")
KNOWN = Samples([SAMPLE])
NOTICE = (
    "Hello from Amazon.com,\n\nWe have removed your selling privileges because your order defect rate is over our target. "
    f"{PUBLIC}\n\nSeller Performance Team\nAmazon.com\n\n"
)

texts = st.lists(st.one_of(st.sampled_from([*WORDS, ".", "\n\n", "- ", "’", "é", "印表機"]), st.text(max_size=8)), max_size=60).map(
    " ".join
)
pieces = st.lists(
    st.tuples(st.integers(0, len(WORDS)), st.integers(0, 20)).map(lambda cut: " ".join(WORDS[cut[0] : sum(cut)])), max_size=6
).map(" and then ".join)
letters = st.one_of(texts, pieces)


def shingles(words: list[str]) -> set[str]:
    """Hash words as the scheme says, in other words than the package does."""
    return {blake2b(" ".join(words[n : n + 6]).encode(), digest_size=8).hexdigest() for n in range(len(words) - 5)}


# -- what is own ----


@pytest.mark.parametrize(
    "above",
    [
        "Dear Amazon Seller Performance Team,\n\n",
        "Subject: appeal of our kite shop\n\nDear Amazon Seller Performance Team,\n\n",
        "Appeal of our kite shop against the deactivation\nDear Amazon Seller Performance Team, ",
        "Kite Shop\n12 Long Street\n\nHello Amazon Seller Performance Team,\n\n",
        "Subject: appeal of our kite shop against the deactivation\n\n",
        f"{NOTICE}Dear Amazon Seller Performance Team,\n\n",
    ],
)
def test_greeting_and_subject_are_no_one_s_own(above: str) -> None:
    """What a letter shares with a sample above its first sentence is no copy: all letters begin like that."""
    below = "We have counted the wrong shelf for two weeks in May. On 3 June 2026 we counted it again, and refunded nine buyers.\n"
    letter = f"{above}{below}"
    known = Samples([*public_samples().all, fingerprint(f"{above}We have been busy.", "greeted", about="one", source="these tests")])
    shared = annotate(letter, samples=known).own_words
    assert shared
    assert shared.runs == ()
    assert shared.words == len(re.findall(r"\w+", below))


# -- fingerprints -----------------------------------------------------------------------------------------------------------


def test_scheme_is_the_stated_one() -> None:
    """Lower case, apostrophes dropped, six words joined by a space, eight bytes of BLAKE2b in hex."""
    assert SAMPLE.shingles == shingles(WORDS)
    assert SAMPLE.words == len(WORDS) == 38


def test_no_text_is_kept() -> None:
    """A stored sample holds hashes and what its owner said about it, and not one word of the text."""
    stored = SAMPLE.model_dump_json()
    assert set(json.loads(stored)) == {"id", "about", "source", "words", "shingles"}
    assert not re.search("printer|parcels|labels", stored)


def test_kit_knows_the_two_letters_of_the_article() -> None:
    """The shipped fingerprints are those of two letters that circulate, and of one of the kit's own."""
    samples = {sample.id: sample for sample in public_samples().all}
    assert list(samples) == ["bqool-2014-existing-account", "bqool-2014-new-account", "appealkit-example"]
    assert [(sample.words, len(sample.shingles)) for sample in samples.values()][:2] == [(197, 192), (285, 279)]
    assert all(sample.describe("en") != sample.describe("zh-Hant") for sample in samples.values())


def test_example_of_the_rule_is_the_shipped_sample() -> None:
    """The rule's first bad example is the kit's own public sample: the text stands in the rule, the fingerprints with the others."""
    example = fingerprint(rules()["own-words"].bad[0], "appealkit-example", about="", source="")
    assert example.shingles == public_samples().all[-1].shingles


def test_shipped_file_is_in_the_form_that_the_command_writes(tmp_path: Path) -> None:
    """A sample added to the shipped file and taken out again leaves the file as it is."""
    file = tmp_path / "samples.json"
    for sample in public_samples().all:
        add_sample(sample, file, lang="en")
    assert json.loads(file.read_text(encoding="utf-8")) == load("public-samples.json")


# -- what a letter shares ---------------------------------------------------------------------------------------------------


def test_overlap_is_counted_in_words() -> None:
    """Words in a row that stand in a sample are counted and marked; the writer's own are not."""
    text = f"We are sorry. {PUBLIC[:60]} yesterday; that was our fault."
    found = own_words(text, KNOWN)
    assert found.words == 20
    assert [(run.words, text[run.span.start : run.span.end]) for run in found.runs] == [
        (11, "In the third week of May our kite shop's only printer")
    ]
    assert found.shared == 11
    assert found.share == 11 / 20
    assert found.samples == found.runs[0].samples == (SAMPLE,)


def test_changed_names_part_the_runs() -> None:
    """A name or a figure that was put in ends a run, and the next one begins behind it."""
    changed = PUBLIC.replace("kite", "lamp").replace("eleven", "nine")
    assert [run.words for run in own_words(changed, KNOWN).runs] == [7, 14, 15]


def test_each_run_names_its_samples() -> None:
    """Of several samples each run names those that have it, in the order in which they were given."""
    other = fingerprint(" ".join(WORDS[:10]), "other", about="", source="")
    found = own_words(f"{PUBLIC} Then we stopped.", Samples([SAMPLE, other]))
    assert [[sample.id for sample in run.samples] for run in found.runs] == [["kites", "other"]]


def test_of_two_samples_with_one_id_the_later_counts() -> None:
    """A user's sample takes the place of one of the same id."""
    assert Samples([fingerprint(PUBLIC.upper() + " More.", "kites", about="", source=""), SAMPLE]).all == (SAMPLE,)


def test_pasted_notice_is_not_counted() -> None:
    """What Amazon wrote is not the seller's text: it is neither counted nor compared."""
    text = f"{NOTICE}Dear Seller Performance Team,\n\nWe are sorry that eleven parcels left late. Our only printer had stopped."
    found = annotate(text, samples=KNOWN).own_words
    assert found
    assert (found.words, found.shared) == (13, 0)


def test_letters_of_the_kit_share_nothing_with_the_shipped_samples() -> None:
    """A letter that the kit assembled runs along with no sample that the kit knows."""
    for situation in ("existing", "new"):
        assert own_words(assemble(Case.model_validate(FULL | {"situation": situation}))).runs == ()


@given(cases())
def test_wording_of_the_kit_is_nobodys_sample(case: Case) -> None:
    """When any letter of the kit is taken as a sample, no letter has a finding for the sentences of the template."""
    sample = fingerprint(str(assemble(case)), "kit", about="", source="")
    bare = Case(voice=case.voice, situation=case.situation, metric=case.metric and Metric(id=case.metric.id))
    assert own_words(assemble(bare), Samples([sample])).long_run is None


def test_two_letters_of_the_kit_differ_by_their_facts(full: Case) -> None:
    """Of two letters with all parts and different facts, one taken as a sample gives the other no finding."""
    other = Case.model_validate(
        {
            "store": "Green Lamp",
            "marketplace": "Amazon.co.uk",
            "metric": {"id": "odr", "value": 2.05, "target": 1, "orders": 195, "defective_orders": 4},
            "period": {"start": "2026-05-04", "end": "2026-05-30"},
            "causes": [{"failed": "One person packed all parcels"}, {"failed": "The address line was never checked"}],
            "actions": [
                {"what": "hired a second packer", "when": "2026-06-02", "answers": "c1"},
                {
                    "what": "compare address and label",
                    "status": "running",
                    "when": "2026-06-03",
                    "frequency": "each evening",
                    "answers": "c2",
                },
                {"what": "buy a scanner", "status": "planned", "when": "2026-07-01"},
            ],
            "evidence": [{"what": "the packer's contract"}],
            "contact": {"name": "Ada Winter"},
        }
    )
    sample = fingerprint(str(assemble(other)), "last-year", about="", source="")
    assert len(sample.shingles) > 50
    assert own_words(assemble(full), Samples([sample])).long_run is None


def test_words_of_the_kit_alone_are_no_sample() -> None:
    """A letter without facts has no fingerprints at all."""
    assert fingerprint(str(assemble(Case())), "kit", about="", source="").shingles == frozenset()


# -- the finding ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [SHINGLE, LONG_RUN - 1, LONG_RUN, LONG_RUN + 1])
@pytest.mark.parametrize("before", range(LONG_RUN))
def test_long_run_is_found_wherever_it_stands(count: int, before: int) -> None:
    """A run makes a finding from twelve words on, at whatever place; a shorter one is counted and makes none."""
    annotation = annotate("We sell on Amazon. " + "Well " * before + " ".join(WORDS[:count]) + " indeed.", samples=KNOWN)
    assert annotation.own_words
    assert [run.words for run in annotation.own_words.runs] == [count]
    assert ("own-words" in {finding.rule.id for finding in annotation.findings}) == (count >= LONG_RUN)


def test_courtesies_make_no_finding() -> None:
    """A turn of phrase that many letters share is shown and makes no finding, even when a public sample has it."""
    courtesy = "Please let me know if there is anything else that I can do."
    samples = Samples([fingerprint(f"{courtesy[:-1]} for you today, my friend", "kind", about="", source="")])
    annotation = annotate(courtesy.replace("else that I can do", "else"), samples=samples)
    assert annotation.own_words
    assert annotation.own_words.shared == 9
    assert "own-words" not in {finding.rule.id for finding in annotation.findings}


def test_finding_states_a_fact() -> None:
    """The message gives the figures and the sample, in both languages; no word of it speaks of detection."""
    finding = next(f for f in annotate(f"We are sorry. {PUBLIC}", samples=KNOWN).findings if f.rule.id == "own-words")
    assert finding.message("en") == "38 words run along with a sample: kites (these tests)."
    assert "38" in finding.message("zh-Hant")
    assert finding.span == (14, 14 + len(PUBLIC) - 1)
    told = [*finding.rule.message.values(), *finding.rule.why.values(), *finding.rule.mend.values()]
    assert not re.search("detect|plagiar|caught|抄襲|偵測", " ".join(told), re.IGNORECASE)


def test_rule_can_be_switched_off() -> None:
    """A user who switches the rule off gets neither the finding nor the figures nor the marks, and is told so."""
    annotation = annotate(PUBLIC, ignore=["own-words"], samples=KNOWN)
    assert annotation.own_words is None
    assert json.loads(to_json(annotation, "en"))["own_words"] is None
    assert "ak-public" not in to_html(annotation, "en").partition("</style>")[2]
    assert rule_name("own-words", "en") in to_text(annotation, "en").splitlines()[-1]


def test_one_finding_a_letter() -> None:
    """However many runs there are, the letter has the finding once."""
    found = annotate(f"{PUBLIC} And so on, day after day. {PUBLIC}", samples=KNOWN).findings
    assert [finding.rule.id for finding in found].count("own-words") == 1


# -- any text ---------------------------------------------------------------------------------------------------------------


@given(letters)
def test_offsets_are_those_of_the_text(text: str) -> None:
    """The words between the offsets of a run are, counted anew, that many words of a sample; runs are in order."""
    found = own_words(text, KNOWN)
    starts = [run.span.start for run in found.runs]
    assert starts == sorted(set(starts))
    for run in found.runs:
        again = own_words(text[run.span.start : run.span.end], KNOWN, start=0)
        assert (again.words, again.shared, len(again.runs)) == (run.words, run.words, 1)
    assert found.shared <= found.words


@given(letters)
def test_quick_look_misses_nothing(text: str) -> None:
    """Where the quick look says no, there is no run that makes a finding."""
    assert has_long_run(text, KNOWN) or own_words(text, KNOWN, start=0).long_run is None


@given(pieces, st.sampled_from([str.upper, str.title, str.swapcase]))
def test_case_does_not_matter(text: str, change: Callable[[str], str]) -> None:
    """Capital letters change nothing."""
    assert repr(own_words(change(text), KNOWN, start=0)) == repr(own_words(text, KNOWN, start=0))


@given(pieces, st.sampled_from(["\n", "\r\n", "\u00a0", "\t ", " — ", ", ", "\n- "]))
def test_white_space_and_punctuation_do_not_matter(text: str, between: str) -> None:
    """Neither does what stands between two words."""
    assert repr(own_words(text.replace(" ", between), KNOWN, start=0)) == repr(own_words(text, KNOWN, start=0))


@pytest.mark.parametrize("apostrophe", ["'", "\u2019", "\u2018", "\u02bc", "`", "\u00b4", ""])
def test_apostrophes_do_not_matter(apostrophe: str) -> None:
    """Straight, curly, borrowed or missing: an apostrophe does not part a word, and the offsets stay right."""
    text = PUBLIC.replace("'", apostrophe)
    (run,) = own_words(text, KNOWN).runs
    assert (run.words, run.span) == (38, (0, len(text) - 1))


@given(letters, letters)
def test_more_text_shares_no_less(text: str, more: str) -> None:
    """What is written behind a letter takes nothing away from what it shares."""
    assert own_words(f"{text} {more}", KNOWN, start=0).shared >= own_words(text, KNOWN, start=0).shared


@given(letters, letters)
def test_more_samples_share_no_less(text: str, other: str) -> None:
    """A further sample takes nothing away either: neither a shared word nor a finding."""
    more = Samples([SAMPLE, fingerprint(other, "other", about="", source="")])
    before, after = own_words(text, KNOWN), own_words(text, more)
    assert after.shared >= before.shared
    assert bool(after.long_run) >= bool(before.long_run)


@pytest.mark.parametrize(
    "text",
    ["a " * 50_000, "'" * 100_000, "a'" * 50_000, f"{PUBLIC} " * 500, f"{' '.join(WORDS[:6])}. " * 3_000, "長" * 100_000, "\n" * 100_000],
    ids=["a", "apostrophes", "one-word", "copies", "runs", "chinese", "blank-lines"],
)
def test_hostile_text_is_counted(text: str) -> None:
    """100 KB of anything is counted without a crash."""
    found = own_words(text, KNOWN, start=0)
    assert found.shared <= found.words
    assert len(found.runs) <= found.words


# -- what is shown ----------------------------------------------------------------------------------------------------------


def letter_in(page: str) -> str:
    """Return the letter as a reader copies it from the page: without tags and without the labels that stand in it."""
    shown = page.partition('<pre class="ak-letter" lang="en">')[2].partition("</pre>")[0]
    return unescape(re.sub(r'<span class="ak-label"[^>]*>[^<]*</span> |<sup[^>]*>[^<]*</sup>|<[^>]*>', "", shown))


@given(letters)
def test_html_keeps_the_letter(text: str) -> None:
    """Marks are put around the words of the letter and change none of them."""
    assert letter_in(to_html(annotate(text, samples=KNOWN), "en")).rstrip("\n") == text.rstrip("\n")


def test_html_marks_runs_in_words(lang: Lang) -> None:
    """A run carries its label inside the mark, once; below the letter stands what the sample is."""
    label = load("strings.toml")["own-words"]["label"][lang]
    page = to_html(annotate(f"We are sorry. {PUBLIC}\n\nPlease reinstate our account.", samples=KNOWN), lang)
    assert page.count(f">{label}</span>") == 1
    assert page.count('<u class="ak-public">') == 2  # one in each sentence that the run goes through
    assert SAMPLE.describe(lang) in page


def test_run_that_begins_at_a_list_mark_is_labelled_and_noted() -> None:
    """A run whose first word is the number of a list item has its label and its finding in that item."""
    text = "Plan:\n1) Two people count the blue kites on the long shelf every single evening.\n2) We buy a printer."
    known = Samples([fingerprint(text.partition("\n")[2], "plan", about="", source="")])
    page = to_html(annotate(text, samples=known), "en")
    assert page.count(">sample</span>") == 1
    assert page.count('class="ak-note"') >= 1


def test_text_lists_runs(lang: Lang) -> None:
    """The plain view quotes each run with its length and its sample."""
    told = to_text(annotate(PUBLIC, samples=KNOWN), lang)
    assert "38" in told
    assert SAMPLE.describe(lang) in told
    assert "In the third week of May" in told.splitlines()[-1]


def test_nothing_is_said_where_nothing_is_shared(lang: Lang) -> None:
    """A letter of one's own gets no line about samples; its figures are in the JSON."""
    annotation = annotate("We are sorry that two parcels left late.", samples=KNOWN)
    strings = load("strings.toml")["own-words"]
    assert strings["head"][lang] not in to_text(annotation, lang)
    assert strings["legend"][lang] not in to_html(annotation, lang)
    assert json.loads(to_json(annotation, lang))["own_words"] == {"words": 8, "shared": 0, "share": 0.0, "runs": [], "samples": []}


def test_json_gives_the_runs(lang: Lang) -> None:
    """The JSON gives figures, runs with offsets, and the samples."""
    told = json.loads(to_json(annotate(f"Sorry. {PUBLIC}", samples=KNOWN), lang))["own_words"]
    assert (told["words"], told["shared"], told["share"]) == (39, 38, 0.974)
    assert told["runs"] == [{"start": 7, "end": 7 + len(PUBLIC) - 1, "words": 38, "samples": ["kites"]}]
    assert told["samples"] == [{"id": "kites", "description": SAMPLE.describe(lang)}]


# -- a trainer's file -------------------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command line and return its code and what it printed."""
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """Give a public sample as a file."""
    file = tmp_path / "public.txt"
    file.write_text(PUBLIC, encoding="utf-8")
    return file


def taking(sample: Path, into: Path, name: str = "kites") -> list[str | Path]:
    """Return the arguments that take a sample's fingerprints."""
    return ["fingerprint", sample, "--id", name, "--about", "an invented sample", "--source", "these tests", "--into", into]


def test_trainer_adds_and_checks(tmp_path: Path, public: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is made, a sample added and replaced, and `check --samples` compares with it besides the shipped ones."""
    file = tmp_path / "class.json"
    code, out, err = run(capsys, *taking(public, file), "--lang", lang)
    assert (code, err) == (CLEAN, "")
    assert "kites" in out
    assert "33" in out
    first = file.read_bytes()
    assert b"printer" not in first
    code, again, _ = run(capsys, *taking(public, file), "--lang", lang)
    assert code == CLEAN
    assert again != out
    assert file.read_bytes() == first
    assert run(capsys, *taking(public, file, "more"))[0] == CLEAN
    assert [sample["id"] for sample in json.loads(file.read_bytes())["samples"]] == ["kites", "more"]
    assert [sample.id for sample in read_samples(file, lang=lang).all][-3:] == ["appealkit-example", "kites", "more"]

    code, out, _ = run(capsys, "check", "--samples", file, "--format", "json", public)
    assert code == FOUND
    assert [sample["id"] for sample in json.loads(out)["own_words"]["samples"]] == ["kites", "more"]
    assert json.loads(run(capsys, "check", "--format", "json", public)[1])["own_words"]["shared"] == 0
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["class.json", "public.txt"]


@pytest.mark.parametrize(
    "content",
    ["", "nonsense", "[]", "{}", '{"samples": []}', '{"scheme": "another", "samples": []}', "\x00", '{"cells": []}', "[" * 5_000],
    ids=["empty", "nonsense", "list", "object", "no-scheme", "other-scheme", "binary", "notebook", "deep"],
)
def test_foreign_file_is_refused_and_left(
    tmp_path: Path, public: Path, lang: Lang, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is none of the kit's gets one sentence in the reader's language, and stays as it is."""
    file = tmp_path / "foreign.json"
    file.write_text(content, encoding="utf-8")
    for arguments in (["check", "--samples", file, public], taking(public, file)):
        code, out, err = run(capsys, *arguments, "--lang", lang)
        assert (code, out) == (UNREADABLE, "")
        assert len(err.splitlines()) == 1
        assert "foreign.json" in err
        assert ("指紋" in err) == (lang == "zh-Hant")
    assert file.read_text(encoding="utf-8") == content


def test_broken_fingerprint_is_named(tmp_path: Path) -> None:
    """A file with one broken hash is refused, and the sentence says where to look."""
    file = tmp_path / "class.json"
    add_sample(SAMPLE, file, lang="en")
    file.write_text(file.read_text(encoding="utf-8").replace(min(SAMPLE.shingles), "zz"), encoding="utf-8")
    with pytest.raises(SamplesError, match=re.escape("samples 1.shingles 1")):
        read_samples(file, lang="en")


def test_file_saved_by_an_editor_is_read(tmp_path: Path) -> None:
    """A byte-order mark, as some editors put it, does no harm."""
    file = tmp_path / "class.json"
    add_sample(SAMPLE, file, lang="en")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert SAMPLE in read_samples(file, lang="en").all


def test_missing_file_is_named(tmp_path: Path, public: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of samples, a sample or a folder that is not there gets a sentence, and nothing is made."""
    gone = tmp_path / "gone"
    for arguments in (["check", "--samples", gone, public], taking(gone, tmp_path / "class.json"), taking(public, gone / "class.json")):
        code, out, err = run(capsys, *arguments, "--lang", lang)
        assert (code, out) == (UNREADABLE, "")
        assert "gone" in err
    assert [path.name for path in tmp_path.iterdir()] == ["public.txt"]


@pytest.mark.parametrize("option", ["--about", "--source"])
@pytest.mark.parametrize("words", ["", " \u3000"])
def test_sample_without_words_about_it_is_refused(  # noqa: PLR0913, PLR0917 - fixtures
    tmp_path: Path, public: Path, lang: Lang, option: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A letter's findings name a sample by what it is and where it stands: without one of them nothing is stored."""
    code, _, err = run(capsys, *taking(public, tmp_path / "class.json"), option, words, "--lang", lang)
    assert code == UNREADABLE
    assert err == say("samples.blank", lang, option=option) + "\n"
    assert not (tmp_path / "class.json").exists()


def test_sample_of_a_class_is_not_called_public(tmp_path: Path, public: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """What a trainer compares with may be private: a letter copied from it is told by the trainer's own words for it."""
    file = tmp_path / "class.json"
    run(capsys, *taking(public, file))
    _, out, _ = run(capsys, "check", "--samples", file, "--lang", lang, public)
    (told,) = (line for line in out.splitlines() if "own-words" in line)
    assert SAMPLE.id in told
    listed = out.splitlines()[out.splitlines().index(say("own-words.head", lang)) :]
    assert SAMPLE.describe(lang) in listed[1]
    assert not re.search("public|公開", " ".join([told, *listed[:2], say("own-words.legend", lang), say("own-words.label", lang)]))


def test_name_that_cannot_be_used_is_refused(tmp_path: Path, public: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A name with a space is refused in the reader's language."""
    code, _, err = run(capsys, *taking(public, tmp_path / "class.json", "two words"), "--lang", lang)
    assert code == UNREADABLE
    assert "two words" in err


def test_too_short_a_sample_is_refused(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A text of five words has no fingerprints: nothing is stored."""
    short = tmp_path / "short.txt"
    short.write_text("only five words of text", encoding="utf-8")
    code, _, err = run(capsys, *taking(short, tmp_path / "class.json"), "--lang", lang)
    assert code == UNREADABLE
    assert "kites" in err
    assert not (tmp_path / "class.json").exists()


def test_a_sample_in_chinese_is_refused(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that is mostly Chinese is refused, though names and numbers between would give fingerprints; a short one is warned of."""
    sample, into = tmp_path / "sample.txt", tmp_path / "class.json"
    sample.write_text("我們的延遲出貨率在 2026 年 10 月是 9.4%（330 筆中有 31 筆），目標是 4%。Amazon 要求改善 ODR。", encoding="utf-8")
    told = run(capsys, *taking(sample, into), "--lang", lang)
    assert told == (UNREADABLE, "", say("samples.chinese", lang, file=sample) + "\n")
    assert not into.exists()
    sample.write_text("Seven lamps left our shop without their cords.", encoding="utf-8")
    code, _, err = run(capsys, *taking(sample, into), "--lang", lang)
    assert (code, err) == (CLEAN, say("samples.short", lang, words=LONG_RUN) + "\n")


def test_another_sample_of_that_name_is_replaced_only_when_asked(
    tmp_path: Path, public: Path, lang: Lang, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that another text has is refused with what it stands for; `--replace` puts the new one in its place."""
    file, other = tmp_path / "class.json", tmp_path / "other.txt"
    run(capsys, *taking(public, file))
    before = file.read_bytes()
    other.write_text(f"Not so. {PUBLIC.upper()} And this is more.", encoding="utf-8")
    code, out, err = run(capsys, *taking(other, file), "--lang", lang)
    assert (code, out, err) == (UNREADABLE, "", say("samples.taken", lang, file=file, sample=SAMPLE.describe(lang)) + "\n")
    assert file.read_bytes() == before
    assert run(capsys, *taking(other, file), "--replace")[0] == CLEAN
    assert file.read_bytes() != before


def test_writing_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new file cannot take its place, the old one is whole and nothing is left beside it."""
    file = tmp_path / "class.json"
    add_sample(SAMPLE, file, lang="en")
    before = file.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SamplesError, match="No space left on device"):
        add_sample(fingerprint(f"Now {PUBLIC}", "more", about="", source=""), file, lang="en")
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_sample_may_be_described_in_both_languages() -> None:
    """One description serves for both languages, or each has its own; half of them is refused."""
    assert SAMPLE.describe("en") == "kites: an invented sample (these tests)"
    both = Sample(**SAMPLE.model_dump() | {"about": {"en": "a letter", "zh-Hant": "一封信"}})
    assert [both.describe(lang) for lang in LANGS] == ["kites: a letter (these tests)", "kites：一封信（these tests）"]
    with pytest.raises(ValueError, match="about"):
        Sample(**SAMPLE.model_dump() | {"about": {"en": "a letter"}})


# -- the list of rules ------------------------------------------------------------------------------------------------------


def test_rules_are_listed_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--lang` every rule stands in both languages, each example once, and nowhere is there a name to be filled in."""
    code, out, _ = run(capsys, "rules", "--all")
    assert code == CLEAN
    flat = " ".join(out.split())
    for rule in rules().values():
        assert f"\n{rule.id}\n---" in f"\n{out}"
        for words in (*map(rule.says, LANGS), *rule.why.values(), *rule.mend.values(), *rule.where.values()):
            assert words in out
        for passage in (*rule.bad, *rule.good, *rule.near):
            assert " ".join(passage.split()) in flat
    assert not any(re.search(r"\{\w+\}", rule.says(lang)) for rule in rules().values() for lang in LANGS)
    assert "“…” can be read as … or as …." in out


def test_rules_begin_with_their_names(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """Without names, `rules` lists their ids and short names by principle in a screenful or two, and how to learn more."""
    listed = run(capsys, "rules", "--lang", lang)[1]
    lines = listed.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(rules())
    assert all(f"{rule} {rule_name(rule, lang)}" in " ".join(listed.split()) for rule in rules())
    names = [principle["name"][lang] for name, principle in load("principles.toml").items() if name != "role"]
    assert [line for line in lines if line in names] == names
    assert len(lines) < 50
    assert lines[-1] == say("rules.more", lang)
    assert run(capsys, "rules", "--lang", lang, "--all")[1].startswith(listed)


@pytest.mark.parametrize("place", ["before", "behind"])
def test_rules_are_listed_in_one_language(lang: Lang, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--lang`, before the command or behind it, only that language is shown."""
    language = ["--lang", lang]
    _, out, _ = run(capsys, *(language if place == "before" else []), "rules", "no-dates", *(language if place == "behind" else []))
    rule = rules()["no-dates"]
    other: Lang = "en" if lang == "zh-Hant" else "zh-Hant"
    assert rule.message[lang] in out
    assert rule.message[other] not in out
    assert "no-plan" not in out


def test_rules_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON is a list of whole rules, in the order in which findings are shown."""
    listed = json.loads(run(capsys, "rules", "--format", "json")[1])
    assert [entry["id"] for entry in listed] == list(rules())
    assert all(set(entry["why"]) == set(LANGS) and len(entry["near"]) >= 3 for entry in listed)
    (one,) = json.loads(run(capsys, "rules", "--format", "json", "--lang", "zh-Hant", "blame")[1])
    assert one["message"] == {"zh-Hant": "「…」把過錯推給了別人。"}
    assert one["cited"] == {"zh-Hant": cited(one["source"], "zh-Hant")}


def test_unknown_rule_is_named(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that does not exist is named together with those that do."""
    code, out, err = run(capsys, "rules", "no-such", "--lang", lang)
    assert (code, out) == (UNREADABLE, "")
    assert "no-such" in err
    assert "own-words" in err
