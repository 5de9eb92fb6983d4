"""The facts: what is taken, what is refused, and how a refusal is explained."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from appealkit.case import Case, Cause, Metric, Period
from appealkit.language import LANGS, Lang, say
from appealkit.problems import problems
from appealkit.tables import load
from appealkit.written import in_digits
from tests.cases import FULL, HOSTILE, cases

Path = tuple[str | int, ...]


def changed(path: Path, value: object) -> Any:  # noqa: ANN401 - with an empty path it is the value itself
    """Return the facts of `FULL` with another value in one place."""
    facts = deepcopy(FULL)
    if not path:
        return value
    place: Any = facts
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return facts


def refusal(facts: object) -> ValidationError:
    """Return the error with which facts are refused."""
    with pytest.raises(ValidationError) as caught:
        Case.model_validate(facts)
    return caught.value


def told(facts: object, lang: Lang) -> str:
    """Return the one problem of facts, as it is explained."""
    (problem,) = problems(refusal(facts), lang)
    return problem


# -- what is taken ------------------------------------------------------------------------------------------------------


def test_every_fact_is_optional() -> None:
    """A case without any fact is valid: what is missing is named, not refused."""
    assert Case().model_dump(exclude_defaults=True) == {}


def test_json_keeps_every_fact(full: Case) -> None:
    """A case that goes through JSON comes back equal, with its dates as year-month-day."""
    written = full.model_dump_json()
    assert Case.model_validate_json(written) == full
    assert json.loads(written)["period"] == FULL["period"]


@given(cases())
def test_json_keeps_any_case(case: Case) -> None:
    """Any valid case comes back equal from JSON and from its own data."""
    assert Case.model_validate_json(case.model_dump_json()) == case
    assert Case.model_validate(case.model_dump()) == case


def test_causes_and_actions_are_numbered(full: Case) -> None:
    """Causes and actions without an id get one by their position; given ids stay."""
    assert [cause.id for cause in full.causes] == ["c1", "c2"]
    assert [action.id for action in full.actions] == ["a1", "a2", "a3", "a4"]
    assert Case.model_validate({"causes": [{"id": "stock"}, Cause(id="replies")]}).causes == (Cause(id="stock"), Cause(id="replies"))


@pytest.mark.parametrize(
    ("given_words", "line"),
    [
        ("first line\nsecond\r\nthird", "first line second third"),
        ("a\u00a0b\u2028c\u0085d\te", "a b c d e"),
        ("  two  spaces ", "two spaces"),
        ("bell \x07, zero \x00, escape \x1b[31m", "bell , zero , escape [31m"),
        (" ;,: ", ""),
        ("...", ""),
        ("Acme Inc.", "Acme Inc."),
        ("\u202bטקסט\u202c 👩\u200d🍳", "\u202bטקסט\u202c 👩\u200d🍳"),
    ],
)
def test_fact_is_one_line(given_words: str, line: str) -> None:
    """A fact is folded to one line without control characters; bare punctuation is no fact; marks that scripts need stay."""
    assert Case(store=given_words).store == line


def test_facts_do_not_change() -> None:
    """A case that was checked cannot be changed into one that was not."""
    with pytest.raises(ValidationError, match="frozen"):
        Case().store = "other"  # type: ignore[misc]


@pytest.mark.parametrize("value", ["2026-03-19", " 2026-03-19 ", date(2026, 3, 19)])
def test_day_is_a_date_or_its_writing(value: object) -> None:
    """A day may be given as a date or as year-month-day."""
    assert Period.model_validate({"start": value, "end": value}).start == date(2026, 3, 19)


def test_period_counts_both_ends() -> None:
    """A period of one day has one day."""
    assert Period(start=date(2026, 3, 2), end=date(2026, 3, 2)).days == 1


@pytest.mark.parametrize(
    ("figures", "rate"),
    [
        ({"id": "odr", "orders": 310, "defective_orders": 4}, 100 * 4 / 310),
        ({"id": "valid-tracking", "orders": 100, "defective_orders": 7}, 93),
        ({"id": "odr", "orders": 0, "defective_orders": 0}, None),
        ({"id": "odr", "orders": 310}, None),
        ({"id": "odr", "defective_orders": 4}, None),
    ],
)
def test_rate_follows_from_counts(figures: dict[str, Any], rate: float | None) -> None:
    """The counts give the rate, on the side of the target on which the metric is judged; without them there is none."""
    assert Metric.model_validate(figures).rate_from_counts == rate


@given(st.floats(0, 100) | st.integers(0, 10**8))
def test_plain_number_is_the_number(number: float) -> None:
    """A number is written out in digits alone, and reads as the same number."""
    written = in_digits(number)
    assert re.fullmatch(r"\d+(\.\d+)?", written)
    assert float(written) == number
    assert not written.endswith(".0")


# -- what is refused ----------------------------------------------------------------------------------------------------

IMPOSSIBLE = [
    (("metric", "value"), 140, "140 is more than 100", "140 大於 100"),
    (("metric", "value"), -0.5, "-0.5 is less than 0", "-0.5 小於 0"),
    (("metric", "value"), 100.5, "100.5 is more than 100. Write a number of at most 100.", "不超過 100 的數字"),
    (("metric", "value"), "1,290 %", "“1,290” is no number in digits", "「1,290」不是以阿拉伯數字寫的數"),
    (("metric", "value"), True, "true and false are no numbers", "true 和 false 不是數字"),
    (("metric", "value"), 2.5, "the rate says 2.5%, but 4 of 310 orders make it 1.29%", "比率寫的是 2.5%"),
    (("metric", "id"), "speed", "Write one of: odr, late-shipment, cancellation, valid-tracking, on-time-delivery.", "odr、late-shipment"),
    (("metric", "orders"), 3, "4 cannot be part of 3", "4 不可能是 3 的一部分"),
    (("metric", "orders"), 10**9, "is more than 100000000", "大於 100000000"),
    (("metric", "orders"), "9" * 5000, "too great to be a count", "這個數字太大"),
    (("metric", "orders"), 310.5, "310.5 is not a whole number", "310.5 不是整數"),
    (("metric", "defective_orders"), 400, "400 cannot be part of 310", "400 不可能是 310 的一部分"),
    (("metric", "defects"), {"late": 1}, "Write one of: a-to-z, negative-feedback, chargeback;", "a-to-z、negative-feedback、chargeback；"),
    (("metric", "defects"), {"theft": 1}, "“theft” is not known", "不認得「theft」"),
    (("metric", "defects"), {"a-to-z": 5}, "5 cannot be part of 4", "5 不可能是 4 的一部分"),
    (("period", "end"), "2026-03-01", "before it starts on 2026-03-02", "早於開始日 2026-03-02"),
    (("period", "end"), "19/03/2026", "“19/03/2026” is not a date", "「19/03/2026」不是日期"),
    (("period", "end"), 20260319, "“20260319” is not a date", "「20260319」不是日期"),
    (("period", "end"), "2026-02-30", "There is no day 30 in month 2 of 2026: it has 28 days.", "2026 年 2 月沒有 30 日，只到 28 日"),
    (("actions", 0, "when"), datetime(2026, 3, 19, 8, tzinfo=UTC), "is not a date", "不是日期"),
    (("actions", 0, "answers"), "c9", "“c9” is not there. Write one of: c1, c2;", "找不到「c9」。請填以下其中之一：c1、c2；"),
    (("evidence", 0, "proves"), "x", "Write one of: c1, c2, a1, a2, a3, a4;", "c1、c2、a1、a2、a3、a4；"),
    (("actions", 0, "status"), "soon", "“soon” is not known. Write one of: done, running, planned.", "done、running、planned。"),
    (("causes", 0, "id"), "two words", "“two words” cannot be an id", "「two words」不能當代號"),
    (("store",), "x" * 1001, "longer than 1000 characters", "超過 1000 個字元"),
    (("metric", "window", "end"), "2026-01-01", "before it starts on 2026-01-24", "早於開始日 2026-01-24"),
    (("contact", "email"), "appeal@bluekite", "no e-mail address that an answer could reach", "不是收得到回信的電子郵件地址"),
    (("contact", "email"), "Lin <appeal@blue kite.example>", "no e-mail address", "不是收得到回信"),
    (("store",), 7, "words are needed here", "這裡需要文字"),
    (("situation",), None, "“…” is not known. Write one of: existing, new.", "existing、new。"),
    (("shop",), "Blue Kite", "there is no such field", "沒有這個欄位"),
]


@pytest.mark.parametrize("lang", LANGS)
def test_several_metrics_are_refused_with_what_to_do(lang: Lang) -> None:
    """A list of metrics is refused in words about metrics, not about braces alone."""
    with pytest.raises(ValidationError) as refused:
        Case.model_validate({"metric": [{"id": "odr"}, {"id": "late-shipment"}]})
    assert problems(refused.value, lang) == [say("case.refused", lang, field="metric", reason=say("case.one-metric", lang))]


@pytest.mark.parametrize(("path", "value", "en", "zh"), IMPOSSIBLE)
def test_refusal_names_field_reason_and_remedy(path: Path, value: object, en: str, zh: str) -> None:
    """An impossible value is refused with its field, why it cannot be, and what to write, in both languages."""
    facts = changed(path, value)
    assert en in told(facts, "en")
    assert zh in told(facts, "zh-Hant")
    for lang in LANGS:
        field = re.split("[:：]", told(facts, lang))[0]
        assert field.startswith(str(path[0]))


def test_refusal_points_into_a_list() -> None:
    """A value deep in the case is named by its whole path, without the words of the library."""
    assert told(changed(("actions", 1, "when"), "soon"), "en").startswith("actions 2.when: ")
    assert told(changed(("metric", "defects"), {"theft": 1}), "en").startswith("metric.defects.theft: ")


def test_ids_are_unique() -> None:
    """One id cannot mean two things, be they causes or actions."""
    assert told({"causes": [{"id": "x"}, {"id": "x"}]}, "en").startswith("causes 2.id: the id “x” is used twice.")
    assert told({"causes": [{"id": "x"}], "actions": [{}, {"id": "x"}]}, "en").startswith("actions 2.id: ")


@pytest.mark.parametrize(
    ("given", "answers", "written"),
    [
        ("c1", ("c1",), "c1"),
        (["c1"], ("c1",), "c1"),
        (["c2", "c1", "c2"], ("c2", "c1"), ["c2", "c1"]),
        ([], (), None),
        (None, (), None),
    ],
)
def test_a_step_names_one_cause_or_several(given: object, answers: tuple[str, ...], written: object) -> None:
    """One id or a list of ids tells what a step answers; it is written as simply as it can be."""
    case = Case.model_validate({"causes": [{}, {}], "actions": [{"answers": given}]})
    assert case.actions[0].answers == answers
    assert json.loads(case.model_dump_json())["actions"][0]["answers"] == written
    assert Case.model_validate_json(case.model_dump_json()) == case


def test_every_cause_that_a_step_answers_is_there() -> None:
    """An id in a list is looked up like one by itself."""
    facts = {"causes": [{}], "actions": [{"answers": ["c1", "c9"]}]}
    assert told(facts, "en").startswith("actions 1.answers: “c9” is not there. Write one of: c1;")
    assert "cannot be an id" in told({"actions": [{"answers": ["two words"]}]}, "en")


def test_nothing_is_suggested_where_there_is_nothing() -> None:
    """An id that cannot be known, since nothing has one, is refused without an empty list of suggestions."""
    assert told({"actions": [{"answers": "c1"}]}, "en").startswith("actions 1.answers: “c1” is not there, and nothing")
    assert "還沒有任何可以指到的項目" in told({"evidence": [{"proves": "c1"}]}, "zh-Hant")


def test_kinds_add_up_to_the_orders() -> None:
    """When every kind is given, they cannot add up to fewer than the orders that count."""
    facts = {"metric": {"id": "odr", "defective_orders": 9, "defects": {"a-to-z": 1, "negative-feedback": 2, "chargeback": 3}}}
    assert "the kinds add up to only 6" in told(facts, "en")


def test_every_problem_is_told() -> None:
    """Two impossible values make two problems."""
    assert len(problems(refusal({"store": 1, "marketplace": 2}), "en")) == 2


def test_broken_json_is_told_by_its_place() -> None:
    """JSON that does not parse is refused with line and character, in the reader's own language."""
    with pytest.raises(ValidationError) as caught:
        Case.model_validate_json('{\n "store": "x",,\n}')
    assert problems(caught.value, "en") == [
        "the file: this is not valid JSON from line 2, character 15 on. Look there for a missing comma, bracket or quotation mark."
    ]
    assert problems(caught.value, "zh-Hant")[0].startswith("整份檔案：從第 2 行第 15 個字元起不是有效的 JSON。")


# -- every way in which facts can be refused ----------------------------------------------------------------------------

ODD: tuple[object, ...] = (
    *(None, True, 0, -1, 1.5, 10**30, 10**5000, float("nan"), float("inf")),
    *("", "x", "1.5", "1e999", "9" * 5000, "x" * 1001, "2026-13-01", "2026-03-19T10:00:00", "0000-01-01", "a b", "\ud800"),
    *([], [1], [{}], {}, {"a": 1}, {"": 1}, {1: 2}, {"[key]": 1}, b"\xff", datetime(2026, 1, 1, 3, tzinfo=UTC), object()),
)
"""Values that are wrong in most places."""

BROKEN_JSON = ("", "{", "[1,", '{"store": "\\ud800"}', "[" * 300, "1e", '{"store": NaN}', "\x00")

REFUSED_BY_RULE = (
    *(changed(path, value) for path, value, _, _ in IMPOSSIBLE),
    {"causes": [{"id": "x"}, {"id": "x"}]},
    {"metric": {"id": "odr", "defects": {"late": 1}}},
    {"metric": {"id": "odr", "defective_orders": 9, "defects": {"a-to-z": 1, "negative-feedback": 2, "chargeback": 3}}},
)


def places(facts: object, above: Path = ()) -> Iterator[Path]:
    """Yield the path of every value in some facts."""
    yield above
    steps = facts.items() if isinstance(facts, dict) else enumerate(facts) if isinstance(facts, list) else ()
    for step, below in steps:
        yield from places(below, (*above, step))


def refusals() -> Iterator[ValidationError]:
    """Yield the refusal of every odd value in every place, from Python and from JSON, and of JSON that is broken."""
    for facts in (*(changed(place, value) for place in places(FULL) for value in ODD), *REFUSED_BY_RULE):
        try:
            Case.model_validate(facts)
        except ValidationError as error:
            yield error
        try:
            Case.model_validate_json(json.dumps(facts))
        except ValidationError as error:
            yield error
        except (TypeError, ValueError):  # this one cannot be written as JSON
            pass
    for text in (*BROKEN_JSON, 5):
        with pytest.raises(ValidationError) as caught:
            Case.model_validate_json(text)  # type: ignore[arg-type]
        yield caught.value
    with pytest.raises(ValidationError) as caught:
        Case().store = "x"  # type: ignore[misc]
    yield caught.value


def test_every_refusal_has_its_own_sentence() -> None:
    """What can be wrong with a case has its own sentence, and each stored one is for something: not the last resort, nor a form's own."""
    types = {details["type"] for error in refusals() for details in error.errors()}
    assert types == set(load("strings.toml")["case"]["problem"]) - {"other", "chinese"}


def test_unforeseen_refusal_is_still_explained() -> None:
    """A refusal that a later release of the library invents points to the example, rather than failing."""
    error = ValidationError.from_exception_data("Case", [{"type": "url_parsing", "ctx": {"error": "?"}, "loc": ("store",), "input": "x"}])
    assert problems(error, "en") == ["store: this value cannot be used. Compare it with the example case in the README."]


def test_refusals_read_well_in_both_languages() -> None:
    """No refusal shows "100.0", the library's own "[key]" or "' or '", a gap, or a page of the user's own text."""
    seen = 0
    for error in refusals():
        for lang in LANGS:
            for problem in problems(error, lang):
                seen += 1
                assert "\n" not in problem
                assert not re.search(r"\d\.0\b(?!\.)|\[key\]: |\[key\]：|' or '|[{}]{2}|: \.|：。", problem)
                assert len(problem) < 400
    assert seen > 1000


def test_refusals_leak_no_english() -> None:
    """In Chinese, a refusal holds no two English words in a row but those that its user wrote."""
    seen = 0
    for error in refusals():
        for problem in problems(error, "zh-Hant"):
            seen += 1
            reason = re.sub("「[^」]*」", "", problem.partition("：")[2])
            assert not re.search(r"[A-Za-z]+ [A-Za-z]+", reason), problem
    assert seen > 1000


@given(st.sampled_from(HOSTILE), st.sampled_from(list(places(FULL))))
def test_hostile_words_in_any_place_are_taken_or_explained(words: str, place: Path) -> None:
    """Words that look like markup or a template are taken as words, or refused with a sentence, wherever they stand."""
    facts = changed(place, words)
    try:
        case = Case.model_validate(facts)
    except ValidationError as error:
        explained = [problems(error, lang) for lang in LANGS]
    else:
        explained = [[case.model_dump_json()]]
    assert all(explained)
