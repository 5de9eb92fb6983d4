"""The command line, in this process and as a real one."""

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.cli import CLEAN, FOUND, UNREADABLE, main
from appealkit.cli.options import COMMANDS
from appealkit.cli.usage import Parser, language
from appealkit.drafts import save_draft
from appealkit.export import to_docx
from appealkit.gaps import missing
from appealkit.language import LANGS, Lang, listed, rule_name, rule_named, say
from appealkit.launch import DEFAULT_FOLDER
from appealkit.letter import assemble
from appealkit.problems import field_name
from appealkit.render import to_page, to_text
from appealkit.rules import SEVERITIES, rules
from tests.cases import FULL
from tests.test_annotate import LETTER

TYPED = LETTER.replace("Dear", "“Hello” –").replace("We ", "We’ve ")
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff"
NAMES = ("a.txt", "b.TXT", "c.txt", "d.txt", "e.txt")
FAULTY = "Dear Amazon,\n\nit was the courier's fault.\n"
GOOD = assemble(Case.model_validate(FULL)).text


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Give a file with a letter."""
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Give a file with a letter that must be mended."""
    path = tmp_path / "faulty.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program as its user does."""
    return subprocess.run([sys.executable, "-m", "appealkit", *arguments], input=given, capture_output=True, check=False)  # noqa: S603


# -- check: what it says ----------------------------------------------------------------------------------------------------


def test_check_prints_the_annotated_letter(letter: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` prints the letter with roles and findings, in the language that is asked for."""
    main(["check", "--lang", lang, str(letter)])
    assert capsys.readouterr().out == to_text(annotate(LETTER), lang) + "\n"


def test_language_may_stand_before_the_command(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--lang` means the same before a command and behind it; behind it wins."""
    main(["--lang", "zh-Hant", "check", str(letter)])
    before = capsys.readouterr().out
    main(["--lang", "en", "check", "--lang", "zh-Hant", str(letter)])
    assert before == capsys.readouterr().out == to_text(annotate(LETTER), "zh-Hant") + "\n"


def test_check_of_several_files_names_each(letter: Path, faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several letters stand one below the other, each below its name."""
    assert main(["check", str(letter), str(faulty)]) == FOUND
    told, _, _ = capsys.readouterr().out.partition("== All letters ==\n")
    assert told == "".join(f"== {path} ==\n{to_text(annotate(text), 'en')}\n\n" for path, text in ((letter, LETTER), (faulty, FAULTY)))


def test_check_of_one_ends_with_its_counts(faulty: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """Below the findings of one letter stands how many weigh how much."""
    weights = Counter(finding.severity for finding in annotate(FAULTY).findings)
    main(["check", "--lang", lang, str(faulty)])
    counts = " · ".join(say(f"check.tally.{severity}", lang, count=weights[severity]) for severity in SEVERITIES if weights[severity])
    assert capsys.readouterr().out.splitlines()[-1] == say("check.in-all", lang, counts=counts)


def test_a_rule_is_explained_once_in_a_run(faulty: Path, tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """Of several letters with the same fault the first one tells why and how to mend it; the end says where to read it again."""
    (tmp_path / "same.txt").write_text(FAULTY, encoding="utf-8")
    main(["check", "--lang", lang, str(faulty), str(tmp_path / "same.txt")])
    told = capsys.readouterr().out
    findings = annotate(FAULTY).findings
    assert findings
    for finding in findings:
        assert told.count(finding.rule.why[lang]) == 1
        assert told.count(finding.message(lang)) == 2
    assert say("check.explained-once", lang) in told


def test_check_of_several_ends_with_a_line_for_each(letter: Path, tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """Below several letters each has one short line: what weighs how much, or why it was not judged; then they are counted."""
    for name, text in (("a.txt", GOOD), ("b.TXT", FAULTY), ("c.txt", ""), ("d.txt", "a = b;\nprint(a[0]);\nreturn {'a': b_c};\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "e.txt").write_bytes(PICTURE)
    letter.unlink()
    weights = Counter(finding.severity for finding in annotate(FAULTY).findings)
    assert main(["check", "--lang", lang, str(tmp_path)]) == UNREADABLE
    head = f"== {say('check.all', lang)} ==\n"
    lines = capsys.readouterr().out.partition(head)[2].splitlines()
    told = [
        [say("check.tally.nothing", lang)],
        [say(f"check.tally.{severity}", lang, count=weights[severity]) for severity in SEVERITIES if weights[severity]],
        [say("check.tally.empty", lang)],
        [say("check.tally.not-a-letter", lang)],
        [say("check.tally.unread", lang)],
    ]
    assert len(told[1]) > 1
    assert lines[:-1] == [" · ".join([str(tmp_path / name), *words]) for name, words in zip(NAMES, told, strict=True)]
    kinds = (("letters", 5), ("mend", 1), ("fine", 1), ("unjudged", 2), ("unread", 1))
    assert lines[-1] == " · ".join(say(f"check.total.{kind}", lang, count=count) for kind, count in kinds)
    main(["check", "--format", "html", "--lang", lang, str(tmp_path)])
    assert f"<li>{lines[-1]}</li>" in capsys.readouterr().out
    main(["check", "--lang", lang, str(tmp_path / "a.txt")])
    assert head not in capsys.readouterr().out


def test_folder_names_what_it_leaves(letter: Path, tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a folder, files that are no letters by their names are named in one line, but for those that are hidden; many are counted."""
    (tmp_path / "below").mkdir()
    for name in ("notes.md", "below/letter.pdf", ".settings", "~$letter.docx", "Thumbs.db"):
        (tmp_path / name).write_text(LETTER, encoding="utf-8")
    (tmp_path / "A.DOCX").write_bytes(to_docx(annotate(LETTER)))
    main(["check", "--lang", lang, "--format", "json", str(tmp_path)])
    printed = capsys.readouterr()
    assert [one["file"] for one in json.loads(printed.out)] == [str(tmp_path / "A.DOCX"), str(letter)]
    files = listed([Path("below", "letter.pdf"), "notes.md"], lang)
    assert printed.err.splitlines()[0] == say("check.left", lang, folder=tmp_path, files=files)
    for number in range(9):
        (tmp_path / f"{number}.md").touch()
    main(["check", "--lang", lang, str(tmp_path)])
    assert capsys.readouterr().err.splitlines()[0].endswith(say("check.more", lang, count=1))


def test_json_of_one_letter_is_one_object(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of one letter is one object with sentences and findings."""
    main(["check", "--format", "json", str(letter)])
    told = json.loads(capsys.readouterr().out)
    annotation = annotate(LETTER)
    assert [(s["start"], s["end"], s["roles"]) for s in told["sentences"]] == [
        (s.start, s.end, sorted(s.roles)) for s in annotation.sentences
    ]
    assert [finding["rule"] for finding in told["findings"]] == [finding.rule.id for finding in annotation.findings]


def test_json_of_several_letters_is_a_list(letter: Path, faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of several letters is a list, in their order, also when one of them cannot be read."""
    main(["check", "--format", "json", str(letter), str(faulty)])
    told = [(one["file"], len(one["sentences"])) for one in json.loads(capsys.readouterr().out)]
    assert told == [(str(path), len(annotate(text).sentences)) for path, text in ((letter, LETTER), (faulty, FAULTY))]
    main(["check", "--format", "json", str(letter), "none.txt"])
    assert len(json.loads(capsys.readouterr().out)) == 1
    main(["check", "--format", "json", "none.txt", "none.txt"])
    assert json.loads(capsys.readouterr().out) == []


def test_html_is_one_page(letter: Path, faulty: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """HTML is one page, for one letter and for several; several are named."""
    main(["check", "--format", "html", "--lang", lang, str(letter)])
    assert capsys.readouterr().out == "".join(to_page([("", annotate(LETTER))], lang))
    main(["check", "--format", "html", "--lang", lang, str(letter), str(faulty)])
    page = capsys.readouterr().out
    summary = page.partition(f"<h2>{say('check.all', lang)}</h2>")[2]
    sections = "".join(to_page([(str(letter), annotate(LETTER)), (str(faulty), annotate(FAULTY))], lang))
    assert page.startswith(sections.partition("</main>")[0])
    assert summary.index(str(letter)) < summary.index(str(faulty))
    assert page.count("<html") == page.count("</html>") == 1


# -- check: what it reads ---------------------------------------------------------------------------------------------------


def test_minus_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` is the letter on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LETTER.encode())))
    main(["check", "-"])
    assert capsys.readouterr().out == to_text(annotate(LETTER), "en") + "\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (LETTER.encode("utf-8-sig"), LETTER),
        (LETTER.replace("\n", "\r\n").encode(), LETTER.replace("\n", "\r\n")),
        (LETTER.replace("\n", "\r").encode(), LETTER.replace("\n", "\r")),
        ("🧸 我們很抱歉。\r\n- Lin\u00a0counts".encode(), "🧸 我們很抱歉。\r\n- Lin\u00a0counts"),
        (b"", ""),
        (TYPED.encode("utf-16"), TYPED),
        (TYPED.encode("cp1252"), TYPED),
    ],
    ids=["byte order mark", "CRLF", "CR", "beyond the basic plane", "empty", "Unicode of Notepad", "ANSI of Notepad"],
)
def test_offsets_are_those_of_the_text_as_given(content: bytes, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Offsets count code points of the text as it was given, line ends and all; a byte order mark is not part of it."""
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    main(["check", "--format", "json", str(path)])
    told = json.loads(capsys.readouterr().out)
    spans = [(s["start"], s["end"]) for s in told["sentences"]]
    assert spans == [(s.start, s.end) for s in annotate(text).sentences]
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


def test_unreadable_file_does_not_stop_the_others(letter: Path, tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read is named with the reason on standard error, the others are still checked, and the exit code is 2."""
    picture = tmp_path / "picture.png"
    picture.write_bytes(PICTURE)
    gone = tmp_path / "gone.txt"
    assert main(["check", "--lang", lang, str(gone), str(picture), str(tmp_path), str(letter)]) == UNREADABLE
    printed = capsys.readouterr()
    assert f"== {letter} ==\n{to_text(annotate(LETTER), lang)}\n" in printed.out
    complaints = printed.err.splitlines()
    named = (gone, picture, tmp_path, tmp_path)  # of the folder what is left out, and that all is read
    assert [complaint.startswith(str(path)) for complaint, path in zip(complaints, named, strict=True)] == [True] * 4
    assert complaints[1] == say("check.not-text", lang, file=picture)
    assert say("system.ENOENT", lang) in complaints[0]


def test_unreadable_weighs_more_than_findings(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With findings and a file that cannot be read, the exit code is 2."""
    assert main(["check", "gone.txt", str(faulty)]) == UNREADABLE
    assert capsys.readouterr().err.startswith("gone.txt: cannot be read")


# -- check: exit codes and rules ---------------------------------------------------------------------------------------------


def test_exit_code_tells_whether_something_must_be_mended(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1 with a finding of severity error, 0 without."""
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    assert main(["check", str(faulty)]) == FOUND
    assert main(["check", str(good)]) == CLEAN
    assert main(["check", str(good), str(faulty)]) == FOUND
    assert capsys.readouterr().err == ""


def test_warnings_do_not_change_the_exit_code(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With all errors switched off, the findings that are left make no exit code of their own."""
    errors = [option for rule in rules().values() if rule.severity == "error" for option in ("--ignore", rule.id)]
    assert main(["check", *errors, str(faulty)]) == CLEAN
    assert "1. " in capsys.readouterr().out


def test_ignored_rules_are_named(faulty: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`--ignore` switches a rule off, several of them when repeated, and the result says so."""
    main(["check", "--lang", lang, "--ignore", "no-plan", "--ignore", "blame", str(faulty)])
    assert capsys.readouterr().out.startswith(to_text(annotate(FAULTY, ignore=["blame", "no-plan"]), lang) + "\n")


@pytest.mark.parametrize(
    ("command", "missing"), [("practice make", ["seed"]), ("fingerprint", ["sample", "id", "about", "source", "into"]), ("write", ["case"])]
)
def test_what_is_missing_is_explained(command: str, missing: list[str], lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """Who leaves an argument out reads what it is, and not its name alone."""
    with pytest.raises(SystemExit) as caught:
        main([*command.split(), "--lang", lang])
    assert caught.value.code == UNREADABLE
    told = capsys.readouterr().err
    assert all(say(f"help.{command.replace(' ', '.')}.{name}", lang) in told for name in missing)


def test_rules_are_named_in_either_language(faulty: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`--ignore` and `rules` take ids and names of both languages, several of them behind commas of any keyboard."""
    for given in ("no-plan,blame", "No plan, blame on others", "沒有計畫、推卸責任", "沒有計畫，blame"):
        main(["check", "--lang", lang, "--ignore", given, str(faulty)])
        assert capsys.readouterr().out.startswith(to_text(annotate(FAULTY, ignore=["blame", "no-plan"]), lang) + "\n")
        assert main(["rules", "--lang", lang, "--format", "json", given]) == CLEAN
        assert [rule["id"] for rule in json.loads(capsys.readouterr().out)] == ["blame", "no-plan"]


@pytest.mark.parametrize(("given", "meant"), [("blam", "blame"), ("vague", "vague-cause"), ("沒認錯", "no-acknowledgement")])
def test_rule_that_may_be_meant_is_told(given: str, meant: str, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no rule is answered with those that are called like it, and a list of all, by id and name in the reader's language."""
    assert main(["rules", "--lang", lang, given]) == UNREADABLE
    first, _, *known = capsys.readouterr().err.splitlines()
    assert given in first
    assert rule_named(meant, lang) in first
    assert [line for line in known if meant in line and rule_name(meant, lang) in line]


def test_unknown_rule_is_refused(faulty: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """Switching off a rule that does not exist is refused with the rules that do, before anything is read."""
    assert main(["check", "--lang", lang, "--ignore", "no-plan", "--ignore", "no-idea", str(faulty)]) == UNREADABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "no-idea" in printed.err.splitlines()[0]
    assert all(rule in printed.err for rule in rules())


@pytest.mark.parametrize(("lang", "heading"), [("en", "options:"), ("zh-Hant", "選項\uff1a")])
def test_headings_of_the_help_have_one_colon(lang: Lang, heading: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A heading ends in the colon of its language: argparse adds an English one."""
    with pytest.raises(SystemExit):
        main(["check", "--help", "--lang", lang])
    assert heading in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--format", "pdf", "x"],
        ["check", "--lang", "fr", "x"],
        ["check", "x", "--bogus"],
        ["write"],
        ["write", "a", "b"],
    ],
)
def test_wrong_arguments_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Arguments that make no sense are refused with exit code 2 and the usage."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == UNREADABLE
    assert "usage: appealkit" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["fingerprint", "x.txt"], "--into"),
        (["practice", "make", "--seed", "abc"], "--seed 要填整數，'abc' 不是"),
        (["practice", "make", "--seed"], "--seed"),
        (["check", "x", "--format", "pdf"], "'pdf'"),
        (["check", "x", "--bogus"], "--bogus"),
        (["class", "reprot"], "COMMAND"),
        (["write", "x", "--annotated=yes"], "--annotated"),
    ],
)
def test_wrong_arguments_are_refused_in_chinese(arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What argparse finds wrong is told in Chinese where that is asked for, and no English sentence is left."""
    for whole in ([*arguments, "--lang=zh-TW"], ["--lang", "zh-Hant", *arguments]):
        with pytest.raises(SystemExit) as caught:
            main(whole)
        assert caught.value.code == UNREADABLE
        told = capsys.readouterr().err
        assert told.startswith("用法：appealkit")
        assert named in told.splitlines()[-1]
        assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", re.sub("「.*?」|appealkit [a-z ]+", "", told.splitlines()[-1]))


def test_what_argparse_says_otherwise_is_not_lost(capsys: pytest.CaptureFixture[str]) -> None:
    """Words of another version of argparse that the kit does not know are repeated as they are."""
    for message in ("something new about --seed", "argument --x: expected one argument or two", "an argument --x: expected one argument"):
        with pytest.raises(SystemExit):
            Parser(lang="zh-Hant", prog="x").error(message)
        assert capsys.readouterr().err == f"用法：x [-h] [--lang {{en,zh-Hant}}]\nx：{message}\n"
    with pytest.raises(SystemExit):
        Parser(lang="en", prog="x").error("unrecognized arguments: -y")
    assert capsys.readouterr().err == "usage: x [-h] [--lang {en,zh-Hant}]\nx: error: unrecognized arguments: -y\n"


@pytest.mark.parametrize("name", ["zh-TW", "zh-tw", "zh_TW", "zh", "ZH-HANT", "zh-Hant-TW", "zh-HK", "zh-Hant"])
def test_chinese_is_known_by_its_usual_names(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Who types zh-TW, as in Taiwan, gets Traditional Chinese."""
    assert main(["rules", "--lang", name]) == CLEAN
    told = capsys.readouterr().out
    assert rule_name("blame", "zh-Hant") in told
    assert rule_name("blame", "en") not in told
    assert language("zh-CN") == "zh-CN"


@pytest.mark.parametrize("lang", LANGS)
def test_help_tells_the_exit_codes(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --help` says what the exit codes mean."""
    with pytest.raises(SystemExit):
        main(["check", "--help", "--lang", lang])
    assert say("check.codes", lang) in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    ["", *sorted(COMMANDS), "practice make", *(f"class {one}" for one in ["report", "check", "exercises", "example", "assignment"])],
)
def test_help_speaks_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of each command is in Chinese where that is asked for: no English sentence is left, and each argument is explained."""
    with pytest.raises(SystemExit) as caught:
        main(["--lang", "zh-Hant", *command.split(), "--help"])
    assert caught.value.code == CLEAN
    told = capsys.readouterr().out
    assert told.startswith("用法：appealkit")
    explained = told[told.index("\n\n") :]
    assert max(sum(2 if east_asian_width(one) in "WF" else 1 for one in line) for line in explained.splitlines()) <= 80
    assert "--help" in explained
    assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", explained)


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints name and version."""
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == CLEAN
    assert capsys.readouterr().out == f"appealkit {version('appealkit')}\n"


# -- write ------------------------------------------------------------------------------------------------------------------


def test_write_prints_the_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`write` prints the letter of a case, and nothing else when no fact is missing and each day fits today."""
    path = tmp_path / "case.json"
    actions = [{**action, "when": "2099-04-01"} if action["status"] == "planned" else action for action in FULL["actions"]]
    path.write_text(json.dumps({**FULL, "actions": actions}), encoding="utf-8")
    assert main(["write", str(path)]) == CLEAN
    assert tuple(capsys.readouterr()) == (GOOD.replace("1 April 2026", "1 April 2099"), "")


def test_write_tells_days_that_do_not_fit_today(lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A step that tells a day to come as past is left out and named, since only the clock knows it; what is planned stays."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps({**FULL, "actions": [{**action, "when": "2099-04-01"} for action in FULL["actions"]]}), encoding="utf-8")
    assert main(["write", "--lang", lang, str(path)]) == CLEAN
    told = say("write.early", lang, field=field_name("actions.2.when", lang), question=say("case.day-to-come", lang))
    printed = capsys.readouterr()
    assert told in printed.err.splitlines()
    assert "refunded" not in printed.out
    assert "1 April 2099" in printed.out


def test_write_names_what_is_missing(lang: Lang, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What was left out for want of a fact is named on standard error, so that the letter alone can be piped on."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"store": "Blue Kite"}')))
    assert main(["write", "--lang", lang, "-"]) == CLEAN
    printed = capsys.readouterr()
    case = Case(store="Blue Kite")
    assert printed.out == assemble(case).text
    complaints = printed.err.splitlines()
    assert len(complaints) == len(missing(case)) > 3
    for complaint, gap in zip(complaints, missing(case), strict=True):
        assert complaint == say("write.gap", lang, field=gap.named(lang), question=gap.ask(lang))


def test_write_tells_what_is_typed_and_left_out(lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the form of a draft and cannot be is told with its reason, and not as missing."""
    path = tmp_path / "draft.json"
    typed = {"metric.value": "7.94", "metric.orders": "214", "metric.defective_orders": "16", "actions.a1.when": "Nov 28"}
    save_draft(
        Case.model_validate({"metric": {"id": "odr"}, "actions": [{"what": "counted", "status": "done"}]}), path, lang=lang, typed=typed
    )
    assert main(["write", "--lang", lang, str(path)]) == CLEAN
    told = capsys.readouterr().err
    why = say("case.no-year", lang, write=say("form.write-day", lang))
    reason = say("case.refused", lang, field=field_name("actions.0.when", lang), reason=why)
    assert say("write.typed", lang, problem=reason) in told.splitlines()
    assert say("write.typed", lang, problem=field_name("metric.value", lang)) in told
    assert not any(question in told for question in (say("missing.metric-orders", lang), say("missing.action-when", lang, what="counted")))
    assert say("missing.metric-defects", lang) in told


@pytest.mark.parametrize(
    ("action", "names"),
    [
        (
            {"status": "done"},
            {
                "en": "an action with the status “running” or “planned”",
                "zh-Hant": "狀態為「執行中」（running）或「計畫中」（planned）的步驟",
            },
        ),
        ({"status": "planned"}, {"en": "an action with the status “done”", "zh-Hant": "狀態為「已完成」（done）的步驟"}),
        ({"status": "done", "answers": None}, {"en": "an action that answers a cause", "zh-Hant": "對應某個原因的步驟"}),
        ({}, {"en": "Step 1: state (actions 1.status)", "zh-Hant": "步驟 1：狀態（actions 1.status）"}),
    ],
)
def test_write_names_the_action_that_is_missing(
    action: dict[str, str | None], names: dict[Lang, str], lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there are actions, it is told which one is missing, or which of them lacks what; it is the letter's first, not its zeroth."""
    path = tmp_path / "case.json"
    case = {"causes": [{"id": "stock", "failed": "We counted once a week"}], "actions": [{"what": "count", "answers": "stock", **action}]}
    path.write_text(json.dumps(case), encoding="utf-8")
    assert main(["write", "--lang", lang, str(path)]) == CLEAN
    told = capsys.readouterr().err.splitlines()
    assert any(line.startswith(say("write.gap", lang, field=names[lang], question="").rstrip()) for line in told)


@pytest.mark.parametrize(
    ("content", "en", "zh"),
    [
        (b'{"metric": {"id": "odr", "value": 140}}', "metric.value: 140 is more than 100.", "metric.value：140 大於 100。"),
        (b"Hello,\nplease tell us why.", "appealkit notice", "這不是案件檔，也不是草稿"),
        (b"{", "the file: this is not valid JSON", "整份檔案：從第 1 行"),
        (PICTURE, "this is not plain text", "不是純文字"),
        (b" \n", "case.json holds no facts yet", "case.json 裡還沒有任何事實"),
    ],
)
def test_write_explains_a_wrong_case(content: bytes, en: str, zh: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case that cannot be is refused with exit code 2 and an explanation in the reader's language; no letter is printed."""
    path = tmp_path / "case.json"
    path.write_bytes(content)
    assert main(["write", str(path)]) == main(["write", str(path), "--lang", "zh-Hant"]) == UNREADABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert en in printed.err
    assert zh in printed.err


def test_write_annotates_pages_only(lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file to write to, `--annotated` is refused, and not passed over."""
    path = tmp_path / "case.json"
    path.write_text('{"store": "Blue Kite"}', encoding="utf-8")
    assert main(["write", str(path), "--annotated", "--lang", lang]) == UNREADABLE
    assert tuple(capsys.readouterr()) == ("", say("write.annotated-alone", lang) + "\n")


@pytest.mark.parametrize("command", [["chek"], ["practice"], ["class"], ["class", "reprot"]])
def test_wrong_commands_are_named(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with the arguments is called a command, and not nothing at all."""
    with pytest.raises(SystemExit):
        main(command)
    assert "COMMAND" in capsys.readouterr().err.splitlines()[-1]


def test_write_of_a_missing_file(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A case that is not there is named, without a word about other files."""
    assert main(["write", "--lang", lang, "gone.json"]) == UNREADABLE
    (complaint,) = capsys.readouterr().err.splitlines()
    assert complaint.startswith("gone.json")
    assert "other files" not in complaint


# -- rules and public samples -------------------------------------------------------------------------------------------------


def test_rules_are_listed(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`rules --all` tells message, reason, mend and examples of every rule, in one language or, without `--lang`, in both."""
    assert main(["rules", "--lang", lang, "--all"]) == CLEAN
    one = capsys.readouterr().out
    assert main(["rules", "--all"]) == CLEAN
    both = capsys.readouterr().out
    other: Lang = "zh-Hant" if lang == "en" else "en"
    for rule in rules().values():
        for words in (rule.id, rule.says(lang), rule.why[lang], rule.mend[lang]):
            assert words in one
            assert words in both
        assert rule.why[other] not in one
        assert rule.why[other] in both
        assert all(passage.splitlines()[-1] in one for passage in (*rule.bad, *rule.good, *rule.near))


def test_rules_can_be_chosen(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`rules` with names lists those alone, as JSON too; one that does not exist is refused."""
    assert main(["rules", "--lang", lang, "--format", "json", "no-plan", "blame"]) == CLEAN
    told = json.loads(capsys.readouterr().out)
    assert [rule["id"] for rule in told] == ["blame", "no-plan"]
    assert told[0]["message"] == {lang: rules()["blame"].says(lang)}
    assert main(["rules", "--lang", lang, "no-idea"]) == UNREADABLE
    assert capsys.readouterr().err.startswith(say("check.unknown-rule", lang, rule="no-idea", meant=""))


def test_fingerprints_of_a_sample_are_used(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A letter that runs along with a sample whose fingerprints were taken has the finding `own-words`, and without them has not."""
    sample = tmp_path / "sample.txt"
    sample.write_text(
        "We sell on Amazon and write to you today from a very small attic full of brass telescopes and of dust.", encoding="utf-8"
    )
    into = tmp_path / "mine.json"
    assert main(["fingerprint", str(sample), "--id", "attic", "--about", "invented", "--source", "this test", "--into", str(into)]) == CLEAN
    assert "attic" in capsys.readouterr().out
    assert "telescopes" not in into.read_text(encoding="utf-8")
    for options, found in ([], False), (["--samples", str(into)], True):
        main(["check", "--format", "json", *options, str(sample)])
        assert ("own-words" in [finding["rule"] for finding in json.loads(capsys.readouterr().out)["findings"]]) == found
    assert main(["check", "--samples", str(sample), str(faulty)]) == UNREADABLE


def test_sample_without_an_id_is_explained(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sample whose id cannot be one is refused with a sentence, and no file is made."""
    into = tmp_path / "mine.json"
    assert main(["fingerprint", str(faulty), "--id", "two words", "--about", "a", "--source", "b", "--into", str(into)]) == UNREADABLE
    assert "two words" in capsys.readouterr().err
    assert not into.exists()


# -- opening the notebooks ----------------------------------------------------------------------------------------------------


def test_without_a_command_the_notebooks_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a command the kit opens its notebooks; what it does not know is handed on to JupyterLab."""
    asked: list[dict[str, object]] = []

    def launch(**options: object) -> int:  # JupyterLab itself runs until it is stopped
        asked.append(options)
        return CLEAN

    monkeypatch.setattr("appealkit.cli.commands.launch", launch)
    assert main([]) == CLEAN
    assert main(["--lang", "zh-Hant", "--dir", "here", "--no-browser", "--", "--ServerApp.port=9999", "--debug"]) == CLEAN
    assert main(["--allow-root", "--port", "9999"]) == CLEAN
    assert asked == [
        {"lang": "en", "folder": DEFAULT_FOLDER, "browser": True, "extra": []},
        {"lang": "zh-Hant", "folder": Path("here"), "browser": False, "extra": ["--ServerApp.port=9999", "--debug"]},
        {"lang": "en", "folder": DEFAULT_FOLDER, "browser": True, "extra": ["--allow-root", "--port", "9999"]},
    ]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-Hant.md"])
def test_the_help_tells_each_option_of_the_readme(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each option for opening the notebooks that the README lists stands in the help, too."""
    listed = re.findall(r"^\| `(--[a-z-]+)", Path(__file__).parent.with_name(readme).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(listed) > 3
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert [option for option in listed if option not in told] == []


def test_two_dashes_of_a_command_are_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Behind a command, what follows "--" is a file, whatever it is called."""
    monkeypatch.chdir(tmp_path)
    Path("-odd.txt").write_text(LETTER, encoding="utf-8")
    main(["check", "--", "-odd.txt"])
    assert capsys.readouterr().out == to_text(annotate(LETTER), "en") + "\n"


def test_folder_that_cannot_be_used_is_explained(faulty: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """When the working copy cannot be made, the reason is on standard error and the exit code is 2."""
    assert main(["--lang", lang, "--dir", str(faulty)]) == UNREADABLE
    assert capsys.readouterr().err == say("launch.folder-is-a-file", lang, folder=faulty) + "\n"


# -- a real process ---------------------------------------------------------------------------------------------------------


def test_process_reads_and_writes_utf_8() -> None:
    """As a process of its own, the program reads a pipe and writes UTF-8 whatever the system's own encoding."""
    text = "Dear Amazon,\r\n\r\n我們很抱歉 🧸.\r\n"
    done = run("check", "--format", "json", "-", given=text.encode())
    told = json.loads(done.stdout.decode("utf-8"))
    assert [text[s["start"] : s["end"]] for s in told["sentences"]] == ["Dear Amazon,", "我們很抱歉 🧸."]
    assert (done.returncode, done.stderr) == (FOUND, b"")
    chinese = run("check", "--lang", "zh-Hant", "-", given=text.encode())
    assert chinese.stdout.decode("utf-8").replace(os.linesep, "\n").startswith(to_text(annotate(text), "zh-Hant") + "\n")


def test_process_has_the_exit_code() -> None:
    """The exit code of the process is that of the check."""
    assert run("check", "-", given=GOOD.encode()).returncode == CLEAN
    assert run("check", "-", given=PICTURE).returncode == UNREADABLE
    assert run("--version").returncode == CLEAN


@pytest.mark.parametrize("output", ["text", "json", "html"])
@pytest.mark.parametrize("letters", [1, 400])
def test_closed_pipe_is_no_failure(output: str, letters: int, letter: Path) -> None:
    """When the reader of a pipe has seen enough, be it at once or later, the program stops without a complaint."""
    command = [sys.executable, "-m", "appealkit", "check", "--format", output, *[str(letter)] * letters]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=buffered) as process:  # noqa: S603
        assert process.stdout
        assert process.stderr
        if letters > 1:
            assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == CLEAN
