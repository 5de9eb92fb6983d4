"""The notebooks as they are stored: both languages in step, run from top to bottom, short, and in the words of the glossary."""

import ast
import hashlib
import json
import re
import statistics
import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from appealkit.language import LANGS, Lang, rule_name, say
from appealkit.tables import load
from tests.test_language import CHINESE as CHINESE_TEXTS

HOME = Path(__file__).parent.parent / "notebooks"
GLOSSARY = tomllib.loads((HOME / "glossary.toml").read_text(encoding="utf-8"))
NAMES = sorted(path.name for path in (HOME / "en").glob("*.ipynb"))

# The forms that a notebook shows; the cell behind each shows its result.
FORMS = (
    "OwnExercise",
    "ClassFolder",
    "LetterComposer",
    "Exercise",
    "Sorting",
    "LetterReader",
    "NoticeReader",
    "HealthForm",
    "FindFaults",
    "MendPassage",
    "SortSentences",
    "BuildLetter",
    "ThenWhat",
    "PracticeDesk",
    "MyAttempts",
)

CHINESE = r"[\u3400-\u9fff]"
Cell = dict[str, Any]


def notebook(lang: Lang, name: str) -> dict[str, Any]:
    """Return a notebook as its file holds it."""
    stored: dict[str, Any] = json.loads((HOME / lang / name).read_text(encoding="utf-8"))
    return stored


def cells(lang: Lang, name: str, kind: str) -> dict[str, Cell]:
    """Return the cells of one kind by their ids."""
    return {cell["id"]: cell for cell in notebook(lang, name)["cells"] if cell["cell_type"] == kind}


def source(cell: Cell) -> str:
    """Return the text of a cell."""
    return "".join(cell["source"])


def prose(cell: Cell) -> str:
    """Return the words of a text cell, without code, addresses, tags and quoted letters."""
    lines = (line for line in source(cell).splitlines() if not line.startswith(">"))
    return unescape(re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>", " ", "\n".join(lines)))


def length(text: str) -> int:
    """Count the words of a text; two Chinese characters count as one."""
    latin = re.sub(CHINESE, " ", text)
    return len(re.findall(r"[A-Za-z0-9][\w'’.-]*", latin)) + len(re.findall(CHINESE, text)) // 2


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Give each notebook in turn."""
    chosen: str = request.param
    return chosen


# -- both languages in step ---------------------------------------------------------------------------------------------


def test_notebooks_are_there() -> None:
    """There are notebooks, the first of them 00, and each language has the same."""
    assert NAMES[:2] == ["00-the-whole-letter.ipynb", "01-admit-first.ipynb"]
    for lang in LANGS:
        assert sorted(path.name for path in (HOME / lang).glob("*")) == NAMES


def test_cells_are_paired(name: str) -> None:
    """Both languages have cells of the same kinds and ids in the same order."""
    pairs = [[(cell["id"], cell["cell_type"]) for cell in notebook(lang, name)["cells"]] for lang in LANGS]
    assert len(pairs[0]) > 10
    assert pairs[0] == pairs[1]


def test_code_is_the_same_in_both_languages(name: str) -> None:
    """Code cells are equal byte for byte, but for LANG in the cell `setup`."""
    english = {cell_id: source(cell) for cell_id, cell in cells("en", name, "code").items()}
    english["setup"] = english["setup"].replace('LANG = "en"', 'LANG = "zh-Hant"')
    assert {cell_id: source(cell) for cell_id, cell in cells("zh-Hant", name, "code").items()} == english
    assert 'LANG = "zh-Hant"' in english["setup"]


def test_translations_are_up_to_date(name: str) -> None:
    """Each zh-Hant text cell was written from the English as it is today; else `execute.py --translated` is due after a look at it."""
    english = cells("en", name, "markdown")
    outdated = [
        cell_id
        for cell_id, cell in cells("zh-Hant", name, "markdown").items()
        if cell["metadata"].get("appealkit", {}).get("from") != hashlib.sha256(source(english[cell_id]).encode()).hexdigest()[:16]
    ]
    assert outdated == []


def test_every_text_cell_is_translated(name: str) -> None:
    """A zh-Hant text cell is in Chinese, and an English one is not."""
    english, chinese = cells("en", name, "markdown"), cells("zh-Hant", name, "markdown")
    assert all(len(re.findall(CHINESE, source(cell))) > 20 for cell in chinese.values())
    assert not any(re.search(CHINESE, source(cell)) for cell in english.values())


# -- run from top to bottom ---------------------------------------------------------------------------------------------


def test_every_code_cell_was_run_in_order(name: str, lang: Lang) -> None:
    """Execution counts run from 1: a cleared notebook would pass nbval unseen."""
    counts = [cell["execution_count"] for cell in cells(lang, name, "code").values()]
    assert counts == list(range(1, len(counts) + 1))
    assert len(counts) >= 4


def test_no_output_is_an_error_or_changes_from_run_to_run(name: str, lang: Lang) -> None:
    """Outputs are results, one a cell, with no errors, no prints, no widget ids and no addresses in memory; nbval compares all of them."""
    outputs = [(cell, *cell["outputs"]) for cell in cells(lang, name, "code").values() if cell["outputs"]]
    assert len(outputs) >= 3
    for cell, output in outputs:
        assert output.keys() == {"output_type", "execution_count", "metadata", "data"}
        assert output["output_type"] == "execute_result"
        assert output["execution_count"] == cell["execution_count"]
        assert output["metadata"] == {}
        assert set(output["data"]) <= {"text/plain", "text/html"}
        assert not re.search(r"0x[0-9a-f]{6,}", json.dumps(output))


def test_every_form_is_followed_by_what_it_gives(name: str, lang: Lang) -> None:
    """Behind each form, the next code cell shows its result as text, which is what nbval compares and a reader without a kernel sees."""
    code = list(cells(lang, name, "code").values())
    forms = [place for place, cell in enumerate(code) if re.search(rf"= ({'|'.join(FORMS)})\(", source(cell))]
    assert forms
    for place in forms:
        form = source(code[place]).splitlines()[-1]
        assert re.search(rf"\b{form}\.(letter|verdict|figures|view|shown)\b", source(code[place + 1]))
        assert code[place + 1]["outputs"]


def test_nothing_is_hidden_from_nbval(name: str, lang: Lang) -> None:
    """No cell is marked to be skipped, by a comment or a tag."""
    for cell in notebook(lang, name)["cells"]:
        assert not re.search(r"(?i)nbval|skip|raises-exception", "".join(cell["metadata"].get("tags", ())))
        assert not re.search(r"(?i)#\s*(nbval|pytest|noqa|ruff)", source(cell))


def test_notebooks_say_nothing_of_the_machine(name: str, lang: Lang) -> None:
    """The metadata hold the kernel's name and the language alone: no version of Python, no path, no clock."""
    stored = notebook(lang, name)
    assert stored["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
    }
    assert all(set(cell["metadata"]) <= {"appealkit"} for cell in stored["cells"])


def test_files_are_as_the_script_writes_them(name: str, lang: Lang) -> None:
    """A notebook stands in its file as `execute.py` writes it, so that a change shows in a diff alone."""
    text = (HOME / lang / name).read_bytes().decode()
    assert text == json.dumps(notebook(lang, name), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


# -- short, plain and calm ------------------------------------------------------------------------------------------------


def test_code_is_short_and_plain(name: str, lang: Lang) -> None:
    """A code cell has at most 8 lines, and neither magics, definitions, loops nor comments: the reader types into forms."""
    for cell_id, cell in cells(lang, name, "code").items():
        lines = source(cell).splitlines()
        assert 1 <= len(lines) <= 8, cell_id
        plain = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
        assert all(isinstance(statement, plain) for statement in ast.parse(source(cell)).body), cell_id
        assert not any(line.lstrip().startswith(("%", "!", "#")) for line in lines), cell_id


def test_text_cells_are_short(name: str, lang: Lang) -> None:
    """A text cell has at most 80 words, and half of them have 30 to 60."""
    lengths = {cell_id: length(prose(cell)) for cell_id, cell in cells(lang, name, "markdown").items()}
    assert {cell_id: words for cell_id, words in lengths.items() if words > 80} == {}
    assert 30 <= statistics.median(lengths.values()) <= 60


def test_ids_are_readable(name: str, lang: Lang) -> None:
    """Ids are words with hyphens, and the notebook opens and closes with the same ones as the others."""
    ids = [cell["id"] for cell in notebook(lang, name)["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-([a-z]+|\d))*", cell_id) for cell_id in ids)
    assert ids[0] == "title"
    assert ids[-2:] == ["keypoints", "next"]
    assert "setup" in ids


def test_the_voice_is_calm(name: str, lang: Lang) -> None:
    """No exclamation marks, no word that makes light of a task, and no promised outcome."""
    for cell_id, cell in cells(lang, name, "markdown").items():
        assert not re.search(r"[!！]", prose(cell)), cell_id
        assert not re.search(r"(?i)\b(simply|obviously|guarantee|easy|easily)\b|只要|保證", prose(cell)), cell_id


def test_links_lead_somewhere(name: str, lang: Lang) -> None:
    """A link leads to a notebook of the same language, to the article's site, or to a heading of the same notebook."""
    headings = {
        f"#{line.removeprefix('## ').replace(' ', '-')}"
        for cell in cells(lang, name, "markdown").values()
        for line in source(cell).splitlines()
        if line.startswith("## ")
    }
    headings |= {f"#{found}" for cell in cells(lang, name, "markdown").values() for found in re.findall(r'<a id="([a-z-]+)"', source(cell))}
    links = [link for cell in cells(lang, name, "markdown").values() for link in re.findall(r"\]\(([^)]*)\)", source(cell))]
    assert links
    assert all(link in {*NAMES, *headings, "https://www.bqool.com.tw"} for link in links)


def test_the_article_is_credited(name: str, lang: Lang) -> None:
    """Each notebook credits the source of the method, with its address."""
    text = "".join(map(source, cells(lang, name, "markdown").values()))
    assert "BQool" in text
    assert "https://www.bqool.com.tw" in text


# -- words ----------------------------------------------------------------------------------------------------------------


def test_the_glossary_is_kept(name: str) -> None:
    """Where an English cell uses a term of the glossary, the zh-Hant cell uses its translation."""
    chinese = cells("zh-Hant", name, "markdown")
    broken = [
        (cell_id, term, words)
        for cell_id, cell in cells("en", name, "markdown").items()
        for term, words in GLOSSARY["terms"].items()
        if re.search(rf"(?i)\b{re.escape(term)}s?\b", prose(cell)) and not any(word in prose(chinese[cell_id]) for word in words)
    ]
    assert broken == []


def test_most_of_the_glossary_is_used() -> None:
    """The glossary has terms that the notebooks use: a list that matches nothing would be kept by every text."""
    text = " ".join(prose(cell) for name in NAMES for cell in cells("en", name, "markdown").values())
    used = [term for term in GLOSSARY["terms"] if re.search(rf"(?i)\b{re.escape(term)}s?\b", text)]
    assert len(used) > 20


def test_terms_of_other_regions_are_absent(name: str) -> None:
    """No zh-Hant cell, and no explanation of a sample, uses a term that the glossary excludes."""
    texts = {cell_id: prose(cell) for cell_id, cell in cells("zh-Hant", name, "markdown").items()}
    texts |= {key: json.dumps(value, ensure_ascii=False) for key, value in load("samples.toml").items() if key != "letter"}
    for wrong, right in GLOSSARY["not"].items():
        assert [key for key, text in texts.items() if wrong in text.replace(right, "")] == [], f"{wrong}: {right}"


def test_the_kit_speaks_the_words_of_the_glossary() -> None:
    """No text of the package and no page of documentation uses a term that the glossary excludes, but in quoted titles."""
    pages = [HOME.parent / "README.zh-Hant.md", *HOME.parent.glob("docs/*.zh-Hant.md")]
    texts = dict(CHINESE_TEXTS) | {page.name: re.sub("〈.+?〉", "", page.read_text(encoding="utf-8")) for page in pages}
    assert len(pages) > 1
    for wrong, right in GLOSSARY["not"].items():
        assert [key for key, text in texts.items() if wrong in text.replace(right, "")] == [], f"{wrong}: {right}"


def test_chinese_is_set_as_in_taiwan(name: str) -> None:
    """Chinese and Latin are kept apart by a space, and punctuation between Chinese characters has full width."""
    for cell_id, cell in cells("zh-Hant", name, "markdown").items():
        text = re.sub(r"\*+", "", prose(cell))
        assert not re.search(rf"{CHINESE}[A-Za-z0-9]|[A-Za-z0-9]{CHINESE}", text), cell_id
        assert not re.search(rf"{CHINESE} ?[,.:;?()]|[“”]", text), cell_id


def test_what_the_kit_tells_in_chinese_is_set_so_too(name: str) -> None:
    """Lists and brackets that the kit puts together have full width, as its strings have."""
    shown = [json.dumps(cell["outputs"], ensure_ascii=False) for cell in cells("zh-Hant", name, "code").values()]
    assert [re.findall(rf".{{9}}{CHINESE} ?[,;()].{{9}}", text) for text in shown] == [[]] * len(shown)


# -- what the notebooks teach ---------------------------------------------------------------------------------------------


def test_every_principle_is_taught(lang: Lang) -> None:
    """Each principle has a lesson that looks at it alone, and says so in its outputs."""
    lessons = {principle: f"0{number}" for number, principle in enumerate(load("principles.toml"), 1) if principle != "role"}
    assert len(lessons) == 4
    for principle, number in lessons.items():
        (name,) = [name for name in NAMES if name.startswith(number)]
        only = say("lesson.only", lang, principles=load("principles.toml")[principle]["name"][lang])
        assert only in json.dumps([cell["outputs"] for cell in cells(lang, name, "code").values()], ensure_ascii=False)


def test_every_card_is_shown_or_cited() -> None:
    """Each card stands in a notebook, or is the source of a rule, a metric or an answer to a notice; what is disputed is shown as such."""
    code = "".join(source(cell) for name in NAMES for cell in cells("en", name, "code").values())
    shown = set(re.findall(r'card\("([^"]+)"', code))
    cited = {entry["source"] for entry in load("rules.toml").values()} | set(load("metrics.toml"))
    cited |= {entry["card"] for entry in load("triage.toml").values() if "card" in entry}
    cards = load("cards.toml")
    assert len(shown) > 10
    assert set(cards) == shown | cited
    assert {name for name, entry in cards.items() if entry.get("disputed")} <= shown


def taught(rule: str, lang: Lang) -> list[str]:
    """Return the notebooks that name a rule in the text, in words or by its id, and show a finding of it."""
    found = []
    for name in NAMES:
        text = "".join(map(source, cells(lang, name, "markdown").values()))
        shown = json.dumps([cell["outputs"] for cell in cells(lang, name, "code").values()])
        if (rule_name(rule, lang) in text.lower() or f"`{rule}`" in text) and f"<code>{rule}</code>" in shown:
            found.append(name)
    return found


@pytest.mark.parametrize("rule", load("rules.toml"))
def test_every_rule_is_taught(rule: str) -> None:
    """Some notebook names the rule and shows a finding of it, and does so in both languages."""
    english, chinese = (taught(rule, lang) for lang in LANGS)
    assert set(english) & set(chinese)


def test_every_exercise_is_in_a_notebook(lang: Lang) -> None:
    """Each exercise of the data is set in a notebook, with a hint and its model answer folded away below it."""
    code = "".join(source(cell) for name in NAMES for cell in cells(lang, name, "code").values())
    text = "".join(source(cell) for name in NAMES for cell in cells(lang, name, "markdown").values())
    quoted = " ".join(re.findall(r"^> ?(.*)$", text, re.MULTILINE)).split()
    exercises, sortings = load("samples.toml")["exercise"], load("samples.toml")["sorting"]
    assert exercises
    for name, exercise in exercises.items():
        assert f'Exercise("{name}"' in code
        assert " ".join(exercise["model"].split()) in " ".join(quoted)
    assert text.count("<details>") == text.count("</details>") == 2 * (len(exercises) + len(sortings) + len(load("samples.toml")["own"]))
    assert sortings
    assert all(f'Sorting("{name}"' in code for name in sortings)


def test_samples_are_said_to_be_invented(name: str, lang: Lang) -> None:
    """A notebook that shows a sample says that it is invented."""
    text = " ".join(prose(cell) for cell in cells(lang, name, "markdown").values())
    assert {"en": "invented", "zh-Hant": "虛構"}[lang] in text
