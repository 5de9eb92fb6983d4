"""The notice reader: labelled notices, phrases with their examples, whatever can be pasted, and the command line."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.cli import CLEAN, UNREADABLE, main
from appealkit.notice import QUESTIONS, Notice, read_notice
from appealkit.pasted import pieces, plain
from appealkit.phrases import pattern
from appealkit.render import notice_to_json, notice_to_text
from appealkit.text import LANGS, Lang, load, say

HERE = Path(__file__).parent / "notices"
LABELLED = sorted(HERE.glob("*.txt"))
HELD = sorted((HERE / "held").glob("*.txt"))
REACHED = 0.85
GOAL = 0.95


def told(notice: Notice) -> dict[str, Any]:
    """Return a notice as the command line tells it."""
    result: dict[str, Any] = json.loads(notice_to_json(notice))
    return result


def label(path: Path) -> dict[str, Any]:
    """Return what people said about a notice."""
    result: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return result


def asked(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what is asked about each issue, whatever the order."""
    return {issue["id"]: issue for issue in entry["issues"]}


# -- labelled notices -------------------------------------------------------------------------------------------------------


MISREAD = {"53": "of two issues in one question only the one that it names in plain words is told"}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=[pytest.mark.xfail(reason=MISREAD[path.stem], strict=True)] if path.stem in MISREAD else [])
        for path in LABELLED
    ],
)
def test_notice_is_read_as_labelled(path: Path) -> None:
    """Each notice that the phrases were written with is read as people read it, but for those that are known to be misread."""
    wanted, given = label(path), told(read_notice(path.read_text(encoding="utf-8")))
    assert {key: given[key] for key in ("kind", "deadline_days", "attempts")} == {
        key: wanted[key] for key in ("kind", "deadline_days", "attempts")
    }
    assert set(given["metrics"]) == set(wanted["metrics"])
    assert asked(given) == asked(wanted)


def held_back_and_right() -> float:
    """Return in which share of the notices that were held back kind and issues are right."""
    assert len(LABELLED) >= 20
    assert len(HELD) >= 20
    right = 0
    for path in HELD:
        wanted, given = label(path), told(read_notice(path.read_text(encoding="utf-8")))
        right += (wanted["kind"], set(asked(wanted))) == (given["kind"], set(asked(given)))
    return right / len(HELD)


def test_held_notices_keep_what_was_reached() -> None:
    """Kind and issues are right in 85% of the notices that were held back."""
    assert held_back_and_right() >= REACHED


@pytest.mark.xfail(reason="17 of 20 are right, and the goal is 95%", strict=True)
def test_held_notices_reach_the_goal() -> None:
    """Kind and issues are right in as many of the notices that were held back as the goal asks for."""
    assert held_back_and_right() >= GOAL


def test_labels_cover_what_can_be_told() -> None:
    """The labelled notices hold every kind, every metric and every issue but those of none."""
    labels = [label(path) for path in LABELLED + HELD]
    assert {entry["kind"] for entry in labels} == set(load("notices.toml")["kind"])
    assert {metric for entry in labels for metric in entry["metrics"]} == set(load("notices.toml")["metric"])
    assert {issue["id"] for entry in labels for issue in entry["issues"]} == set(load("notices.toml")["issue"])


# -- phrases and their examples ---------------------------------------------------------------------------------------------


def examples(table: str, kind: str) -> list[Any]:
    """Return every example of a table with the entry that it is about, for a test of its own."""
    return [
        pytest.param(name, sentence, id=f"{name}-{number}")
        for name, entry in load("notices.toml")[table].items()
        for number, sentence in enumerate(entry[kind], 1)
    ]


def issues(sentence: str) -> set[str]:
    """Return the issues of a notice that consists of a sentence and a plain request."""
    return {issue.id for issue in read_notice(f"{sentence}\n\nPlease tell us the root cause.").issues}


def questions(sentence: str) -> set[str]:
    """Return what a sentence asks about any issue."""
    return {question for issue in read_notice(sentence).issues for question in QUESTIONS if issue.asks(question)}


@pytest.mark.parametrize(("name", "sentence"), examples("issue", "yes"))
def test_issue_is_told(name: str, sentence: str) -> None:
    """An example of an issue names it."""
    assert name in issues(sentence)


@pytest.mark.parametrize(("name", "sentence"), examples("issue", "no") + examples("issue", "near"))
def test_issue_is_not_told(name: str, sentence: str) -> None:
    """Another sentence, also one that looks like it, does not name the issue."""
    assert name not in issues(sentence)


@pytest.mark.parametrize(("name", "sentence"), examples("question", "yes"))
def test_question_is_asked(name: str, sentence: str) -> None:
    """An example of a question asks it."""
    assert name in questions(sentence)


@pytest.mark.parametrize(("name", "sentence"), examples("question", "no") + examples("question", "near"))
def test_question_is_not_asked(name: str, sentence: str) -> None:
    """Another sentence, also one that looks like it, does not ask the question."""
    assert name not in questions(sentence)


@pytest.mark.parametrize(("name", "sentence"), examples("metric", "yes"))
def test_metric_fails(name: str, sentence: str) -> None:
    """An example of a metric says that it fails."""
    assert read_notice(f"{sentence} Please send a plan of action.").metrics == (name,)


@pytest.mark.parametrize(("name", "sentence"), examples("metric", "no") + examples("metric", "near"))
def test_metric_does_not_fail(name: str, sentence: str) -> None:
    """A metric that is healthy, or only a target, does not count."""
    assert name not in read_notice(f"{sentence} Please send a plan of action.").metrics


@pytest.mark.parametrize(("name", "sentence"), examples("kind", "yes"))
def test_kind_is_told(name: str, sentence: str) -> None:
    """An example of a kind is of it."""
    assert read_notice(sentence).kind == name


@pytest.mark.parametrize(("name", "sentence"), examples("kind", "no") + examples("kind", "near"))
def test_kind_is_not_told(name: str, sentence: str) -> None:
    """Another sentence, also one that looks like it, is of another kind."""
    assert read_notice(sentence).kind != name


@pytest.mark.parametrize("label", ["deadline", "attempts"])
def test_numbers_are_told_where_they_are_meant(label: str) -> None:
    """An example of a deadline or of attempts has its number; another sentence with the same words has none."""
    entry = load("notices.toml")[label]
    wanted = "deadline_days" if label == "deadline" else "attempts"
    frame = "Please tell us the root cause of late shipments.\n\n{}"
    assert [told(read_notice(frame.format(sentence)))[wanted] for sentence in entry["yes"]] == [3] * 3
    for sentence in (*entry["no"], *entry["near"]):
        assert told(read_notice(frame.format(sentence)))[wanted] is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("within 72 hours", 3),
        ("within 17 days", 17),
        ("within seventeen (17) days", 17),
        ("within the next 5 business days", 5),
        ("within two weeks", 14),
        ("within 30 hours", 2),
    ],
)
def test_deadlines_come_in_many_forms(words: str, days: int) -> None:
    """A deadline is told in days, whatever it is counted in."""
    assert read_notice(f"Please send the root cause of late shipments {words}.").deadline_days == days


@pytest.mark.parametrize(
    ("sent", "day", "days"),
    [
        ("Date: Sat, 28 Feb 2026 09:15", "by 14 March 2026", 14),
        ("Sent: March 1, 2026", "no later than 8 March 2026", 7),
        ("Date: 20 December 2025", "by January 3", 14),
        ("Notice date: 2026-03-01", "before 11.03.2026", 10),
        ("日期: 2026年3月1日", "by 2026-03-15", 14),
        ("", "by 14 March 2026", None),
        ("Date: 20 March 2026", "by 14 March 2026", None),
        ("Date: 01/02/2026", "by 14 March 2026", None),
    ],
)
def test_deadline_by_date_counts_from_the_day_of_sending(sent: str, day: str, days: int | None) -> None:
    """A deadline given as a date is told in days where the notice gives its own date, and else not."""
    text = f"From: Amazon <no-reply@amazon.com>\n{sent}\nTo: me\n\nHello,\n\nPlease send the root cause of late shipments {day}."
    notice = read_notice(text)
    assert notice.deadline_days == days
    assert notice.words("deadline")


def test_no_phrase_stands_twice() -> None:
    """Within a list no phrase stands twice, and phrases are in lower case."""
    seen = 0
    for table in load("notices.toml").values():
        for entry in [table, *table.values()]:
            for phrases in entry.values() if isinstance(entry, dict) else ():
                if isinstance(phrases, list):
                    lists = phrases if entry.get("yes") is not phrases else []
                    assert len(lists) == len(set(lists)), lists
                    seen += len(lists)
    assert seen > 500


def test_both_scripts_are_as_long() -> None:
    """Each simplified character has one traditional one."""
    script = load("notices.toml")["script"]
    assert len(script["simplified"]) == len(script["traditional"]) == len(set(script["simplified"]))


# -- what can be pasted -----------------------------------------------------------------------------------------------------

REFUSAL = "Please send us:\n- Greater detail on the root cause of late shipments\n- Greater detail on how you will prevent defective items"


@pytest.mark.parametrize(
    "dress",
    [
        str,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "&nbsp;").replace("\n", "<br>\n"),
        lambda text: text.replace("- ", "\u2022\u00a0").upper(),
        lambda text: "From: Amazon <x@amazon.com>\nTo: me\nSubject: refunds were late\n\n" + text,
        lambda text: "Hi Bo, the refunds were damaged, see below.\n\n---------- Forwarded message ---------\nFrom: Amazon\n\n" + text,
        lambda text: (
            "> Hello,\n> \n> your account:\n> we looked at it.\n" + "".join(f"> {line}\n" for line in text.splitlines()) + "Refunds??"
        ),
        lambda text: text + "\n\nhttps://example.com/refund-damaged\n[cid:damaged.png]",
    ],
    ids=["plain", "CRLF", "HTML", "capitals", "headers", "forwarded", "quoted", "links"],
)
def test_dress_does_not_matter(dress: Any) -> None:  # noqa: ANN401 - a function of text
    """A notice says the same with mail headers, quoted, forwarded with a colleague's words, as HTML and with links."""
    assert [(issue.id, issue.cause, issue.prevention) for issue in read_notice(dress(REFUSAL)).issues] == [
        ("late-shipment", True, False),
        ("defective", False, True),
    ]


def test_what_is_not_understood_is_shown() -> None:
    """A sentence that tells the reader nothing is shown as such, in the notice's own words."""
    text = f"{REFUSAL}\n\nKindly whistle the anthem backwards."
    assert [text[slice(*span)] for span in read_notice(text).not_understood] == ["Kindly whistle the anthem backwards."]


def test_conclusions_rest_on_words() -> None:
    """Each conclusion has the words that it rests on."""
    notice = read_notice(REFUSAL + "\n\nPlease reply within 3 days. This is your last chance.")
    labels = ["late-shipment", "late-shipment.cause", "defective", "defective.prevention", "deadline", "attempts"]
    assert [notice.words(name) for name in labels] == [
        ("late shipments",),
        ("root cause",),
        ("defective items",),
        ("prevent",),
        ("within 3 days",),
        ("last chance",),
    ]


def test_kinds_that_need_no_letter_say_so(lang: Lang) -> None:
    """A notice that a letter would not answer comes with advice, the others without."""
    for kind, entry in load("notices.toml")["kind"].items():
        assert bool(read_notice(entry["yes"][0]).advice(lang)) == (kind not in {"performance", "policy"})


WORDS = [
    "root cause",
    "please",
    "odr 3%",
    "- ",
    "within",
    "3",
    "days",
    "\n",
    "\n\n",
    ">",
    "<li>",
    "&nbsp;",
    "未收到",
    "請說明",
    "late",
    "not",
    "from: amazon",
    ":",
    "🧸",
]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    """Any text gives a notice, the same each time, whose spans lie in the text; an issue always asks something."""
    notice = read_notice(text)
    assert notice == read_notice(text)
    assert len(plain(text)) == len(text)
    for span in (*notice.not_understood, *(span for _, span in notice.cues)):
        assert 0 <= span.start < span.end <= len(text)
    assert all(any(issue.asks(question) for question in QUESTIONS) for issue in notice.issues)
    assert [piece.start for piece in pieces(text)] == sorted(piece.start for piece in pieces(text))


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "&#1;",
        "> ",
        "- a:\n",
        "not ",
        "a",
        "未",
        "odr 5% ",
        "odr 5% lsr 6% ",
        "[",
        "from: amazon\n",
        "\u00a0",
        "採取",
        ". ",
        "within 3 ",
        "please prevent, ",
    ],
)
def test_hostile_text_is_read_at_once(unit: str) -> None:
    """A hundred kilobytes of anything are read; what took longer than linear time would never end here."""
    assert read_notice(unit * (100_000 // len(unit))).kind in load("notices.toml")["kind"]


def test_phrases_keep_to_whole_words() -> None:
    """A phrase does not match within a longer word, and its gap does not cross the end of a sentence."""
    assert not pattern("issue", "refund", "phrases").search("prefunded")
    assert not pattern("issue", "unresponsive", "phrases").search("messages came. they were not answered")


# -- the command line -------------------------------------------------------------------------------------------------------


def test_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`notice --format json` prints one object with the keys of the contract."""
    path = tmp_path / "notice.txt"
    path.write_text(REFUSAL, encoding="utf-8")
    assert main(["notice", "--format", "json", str(path)]) == CLEAN
    given = json.loads(capsys.readouterr().out)
    assert list(given) == ["kind", "metrics", "issues", "deadline_days", "attempts", "not_understood"]
    assert given["issues"][0] == {"id": "late-shipment", "cause": True, "taken": False, "prevention": False, "evidence": False}
    assert given == told(read_notice(REFUSAL))


def test_command_reads_standard_input(lang: Lang, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`notice -` reads standard input and explains in the language that is asked for."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REFUSAL.encode())))
    assert main(["notice", "--lang", lang, "-"]) == CLEAN
    out = capsys.readouterr().out
    assert out == notice_to_text(read_notice(REFUSAL), lang) + "\n"
    assert say("notice.kind", lang) in out
    assert "late shipments" in out


def test_command_shows_what_it_did_not_understand(lang: Lang) -> None:
    """The text names what was not understood, and the advice for kinds that need no letter."""
    shown = notice_to_text(read_notice("Please upload your passport. Kindly whistle the anthem."), lang)
    assert say("notice.left", lang) in shown
    assert "Kindly whistle the anthem." in shown
    assert load("notices.toml")["kind"]["verification"]["advice"][lang] in shown


def test_notice_that_cannot_be_read_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """A notice that is not there is named, for both commands."""
    assert main(["notice", "gone.txt"]) == UNREADABLE
    assert main(["check", "--notice", "gone.txt", "letter.txt"]) == UNREADABLE
    assert capsys.readouterr().err.count("gone.txt") == 2


def test_names_stand_in_both_languages() -> None:
    """Kinds, metrics, questions and issues have a name in both languages."""
    for table in ("kind", "metric", "question", "issue"):
        for entry in load("notices.toml")[table].values():
            assert set(entry["name"]) == set(LANGS)
