"""The forms of a trainer, driven without a browser."""

from html import unescape
from pathlib import Path

import pytest

from appealkit.classes.classroom import read_class, sample_class
from appealkit.classes.report import pseudonymous
from appealkit.classes.view import class_to_csv, class_to_page, show_class
from appealkit.exercises.own import check_exercises, own_sample
from appealkit.language import Lang, say
from appealkit.samples import stored_text
from appealkit.widgets import ClassFolder, OwnExercise
from tests.forms import seen


def test_a_folder_is_shown_as_its_report(lang: Lang) -> None:
    """What the form shows of a folder is the report, without names unless they are asked for."""
    form = ClassFolder(lang=lang)
    form.folder.value = f' "{sample_class()}" '
    report = read_class(sample_class(), lang=lang)
    form.show.click()
    assert form.view == show_class(pseudonymous(report, lang), lang)
    assert form.view.html in seen(form)
    assert "Lin Mei" not in seen(form)
    form.pseudonyms.value = False
    form.show.click()
    assert form.view == show_class(report, lang)
    assert "Lin Mei" in seen(form)


def test_a_report_is_written_to_files(lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two buttons write what the command prints, without names unless they are asked for, and over no file that is there."""
    monkeypatch.chdir(tmp_path)
    form = ClassFolder(lang=lang)
    report = read_class(sample_class(), lang=lang)
    form.pages["csv"].click()
    assert say("class.form.none", lang) in form.problems
    form.folder.value = str(sample_class())
    for button in form.pages.values():
        button.click()
    hidden = pseudonymous(report, lang)
    assert Path("class-report.html").read_text(encoding="utf-8") == class_to_page(hidden, lang)
    assert Path("class-report.csv").read_text(encoding="utf-8") == class_to_csv(hidden, lang)
    assert not form.problems
    form.pseudonyms.value = False
    form.pages["csv"].click()
    assert Path("class-report-2.csv").read_text(encoding="utf-8") == class_to_csv(report, lang)
    assert say("class.form.written", lang, file=tmp_path / "class-report-2.csv") in seen(form)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class-report-2.csv", "class-report.csv", "class-report.html"]


@pytest.mark.parametrize(("typed", "key"), [("", "form.none"), ("  ", "form.none"), ("no/such/<b>", "no-folder"), (".", "empty")])
def test_what_is_no_folder_of_a_class_is_said(typed: str, key: str, lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty field, a folder that is not there and one without files are told apart, and nothing typed is taken for HTML."""
    monkeypatch.chdir(tmp_path)
    form = ClassFolder(lang=lang)
    form.folder.value = typed
    form.show.click()
    assert form.view.text == say(f"class.{key}", lang, folder=tmp_path / typed.strip() if key == "no-folder" else typed.strip())
    assert "<b>" not in seen(form)
    assert form.folder.value == typed


def test_only_the_newest_of_what_happened_is_told(lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a file that was written, nor an error, nor a report of another folder stands beside what was done last."""
    monkeypatch.chdir(tmp_path)
    form = ClassFolder(lang=lang)
    form.show.click()
    assert list(form.problems) == [say("class.form.none", lang)]
    form.folder.value = str(sample_class())
    form.pages["csv"].click()
    written = say("class.form.written", lang, file=tmp_path / "class-report.csv")
    assert not form.problems
    assert written in seen(form)
    assert form.view.html in seen(form)  # what was written is what is shown
    report = form.view.html
    for button in (form.show, form.pages["html"]):
        form.folder.value = str(sample_class())
        form.pages["csv"].click()
        form.folder.value = "nope"
        button.click()
        assert list(form.problems) == [say("class.no-folder", lang, folder=tmp_path / "nope")]
        assert not [told for told in ("class-report", report, say("class.form.none", lang)) if told in seen(form)]


def test_a_trainer_s_exercise_is_judged_as_it_is_written(lang: Lang) -> None:
    """The form begins with a flawed exercise, tells each flaw with its line, keeps what was typed, and takes the mended one."""
    form = OwnExercise("mugs", lang=lang)
    assert form.verdict.outcome == "not-attempted"
    form.answer.value = own_sample("mugs") + "# seen"
    form.check.click()
    lines = form.answer.value.splitlines()
    for flaw in check_exercises(form.answer.value, lang).flaws:
        assert say("own.line", lang, line=flaw.line, text=lines[flaw.line - 1], told=flaw.message) in unescape(seen(form))
    assert form.answer.value.endswith("# seen")
    form.answer.value = stored_text("own", "mugs", "model")
    form.check.click()
    assert 'class="appealkit ak-verdict-correct"' in seen(form)
    assert form.verdict.heading in seen(form)
    form.answer.value = "<script>"
    form.check.click()
    assert "<script" not in seen(form)


def test_no_verdict_stands_beside_an_answer_that_it_is_not_about(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict is told to be about the answer before its last change, and is gone where the form meets an error."""
    form = OwnExercise("mugs", lang=lang)
    form.answer.value = stored_text("own", "mugs", "model")
    form.check.click()
    assert say("lesson.changed", lang) not in seen(form)
    form.answer.value += "# seen"
    assert say("lesson.changed", lang) in seen(form)
    monkeypatch.setattr("appealkit.widgets.trainer.judge_own", lambda *_, **__: 1 / 0)
    form.check.click()
    assert "ZeroDivisionError" in form.problems[0]
    assert "ak-verdict-correct" not in seen(form)
