"""XLSForm, the spreadsheet of ODK and KoboToolbox, as a questionnaire; what does not fit is named by row.

What fits: select_one, select_multiple, text, integer, decimal, note (the section's intro), groups (a section
at the top level; with the appearance ``table-list`` a grid), ``relevant`` of questions and of groups
(`relevance`), ``constraint`` with least and most, ``required``, ``hint``, labels in two languages.
Columns of our own, which other programs leave alone: ``parindex_factor``, ``parindex_weight``,
``parindex_once`` in the survey; ``parindex_score``, ``parindex_satisfied``, ``parindex_no_opinion`` in the
choices; ``parindex_group`` in the settings; and a sheet ``factors``. `xlsform_writer` writes them.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from parindex.core.formats.problems import FileProblem, FileRefused, refuse
from parindex.core.surveys.questionnaire import Questionnaire
from parindex.core.surveys.questionnaire_file import parse_questionnaire
from parindex.core.surveys.relevance import all_of, read_relevant


Row = Sequence[object]
Sheets = Mapping[str, Sequence[Row]]
Plain = dict[str, Any]
MOST_ROWS = 5_000
QUIET = ("start", "end", "today", "deviceid", "username", "audit")
"""Types that ask nobody anything: what they would record of a device is not wanted here."""
KINDS = {"text": "text", "integer": "number", "decimal": "number"}
ASKED_AGAIN, WORKED_OUT = "begin repeat", "calculate"
"""Types with a refusal of their own, since many forms have them."""
UNREAD = ("calculation", "choice_filter", "repeat_count", "trigger")
"""Columns that change what is asked, and that a questionnaire has no place for."""
READ: Mapping[str, Sequence[str]] = {
    "survey": (
        "type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", *UNREAD,
        "parindex_factor", "parindex_weight", "parindex_once",
    ),
    "choices": (
        "list_name", "list name", "name", "label",
        "parindex_score", "parindex_satisfied", "parindex_no_opinion",
    ),
    "settings": ("form_title", "form_id", "version", "default_language", "parindex_group"),
    "factors": ("name", "label", "part_of", "weight", "mean"),
}  # fmt: skip
"""Sheets and columns that are read; a language may stand behind ``::``."""
INNER = ("sections", "questions", "options", "rows", "factors")
YES = ("yes", "true", "true()", "1")
ENGLISH, VIETNAMESE = ("(en)", "english"), ("(vi)", "tiếng việt", "vietnamese")


def read_xlsform(
    sheets: Sheets, file: str = "form.xlsx", *, code: str = "", group: str = "citizens"
) -> Questionnaire:
    """The questionnaire of the sheets ``survey``, ``choices``, ``settings``: rows, headings first.

    Args:
        code, group: where the settings do not say them (``form_id``, ``parindex_group``).

    Raises:
        FileRefused: every row that does not fit, with its number in its sheet, which is named behind the file
            (``form.xlsx, survey``), and the column where it is one; or what the questionnaire contradicts, by
            the row that it comes from.
    """
    for name, rows in sheets.items():
        if len(rows) > MOST_ROWS:
            raise refuse(f"{file}, {name}", "tables_too_large", limit=MOST_ROWS)
    reader = _Reader(file, {name: _records(rows) for name, rows in sheets.items()})
    data = reader.questionnaire(code, group)
    if reader.problems:
        raise FileRefused(reader.problems)
    text, places = reader.laid_out(data)
    try:
        return parse_questionnaire(text.encode("utf-8", "replace"), file)
    except FileRefused as refusal:
        raise FileRefused([_placed(p, file, places) for p in refusal.problems]) from None


def unread(sheets: Sheets) -> list[tuple[str, int, str]]:
    """What a form holds that a questionnaire has no use for and that asks nobody anything: sheet, row (0: the
    sheet or column as a whole), and the type, column or sheet that is left out. To be shown before it is
    kept."""
    found = [(name, 0, name) for name in sheets if name not in READ and any(map(any, sheets[name]))]
    for name, columns in READ.items():
        rows = [[str(cell or "").strip() for cell in row] for row in sheets.get(name, ())]
        for k, head in enumerate(rows[0] if rows else ()):
            plain = head.lower().partition("::")[0]
            if plain and plain not in columns and any(k < len(row) and row[k] for row in rows[1:]):
                found.append((name, 0, head))
    for number, cells in _records(sheets.get("survey", ())):
        kind = cells.get("type", "").lower()
        if kind in QUIET:
            found.append(("survey", number, cells["type"]))
        elif kind == "note" and cells.get("relevant"):
            found.append(("survey", number, "relevant"))
    return found


def _placed(problem: FileProblem, file: str, places: Sequence[tuple[str, int]]) -> FileProblem:
    """A contradiction at the row that it comes from."""
    sheet, number = places[min(max(problem.line, 1), len(places)) - 1]
    return FileProblem(f"{file}, {sheet}", number, problem.code, problem.data)


def _records(rows: Sequence[Row]) -> list[tuple[int, dict[str, str]]]:
    """Rows as mappings of their headings, with the row's number; empty ones are left out."""
    if not rows:
        return []
    heads = [str(cell or "").strip().lower() for cell in rows[0]]
    found = []
    for number, row in enumerate(rows[1 : MOST_ROWS + 1], 2):
        cells = {h: _cell(v) for h, v in zip(heads, row, strict=False) if h}
        if any(cells.values()):
            found.append((number, cells))
    return found


def _cell(value: object) -> str:
    """A cell as text; 1.0 of a spreadsheet is 1."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _text(cells: Mapping[str, str], name: str) -> Any:
    """A label in its languages: the plain column is Vietnamese where no column says so."""
    named = {key.partition("::")[2]: value for key, value in cells.items() if key.partition("::")[0] == name}
    by = {language: value for language, value in named.items() if value}
    english = next((v for k, v in by.items() if k.endswith(ENGLISH)), "")
    vietnamese = next((v for k, v in by.items() if k.endswith(VIETNAMESE)), "") or by.get("", "")
    vietnamese = vietnamese or next(iter(by.values()), "")
    return {"vi": vietnamese, "en": english} if english and english != vietnamese else vietnamese


@dataclass
class _Group:
    """A group that is open: its row, the grid that it is, and when what stands in it is asked."""

    row: int
    grid: Plain | None = None
    when: Plain = field(default_factory=dict)


@dataclass
class _Laid:
    """What the survey sheet came to so far. `grids`: by the name of a grid's line, the grid."""

    sections: list[Plain]
    open: list[_Group] = field(default_factory=list)
    grids: dict[str, str] = field(default_factory=dict)

    @property
    def grid(self) -> Plain | None:
        """The grid whose lines come now."""
        return self.open[-1].grid if self.open else None


@dataclass
class _Reader:
    """Rows to plain values; collects what does not fit."""

    file: str
    sheets: dict[str, list[tuple[int, dict[str, str]]]]
    problems: list[FileProblem] = field(default_factory=list)
    rows: dict[int, tuple[str, int]] = field(default_factory=dict)

    def complain(self, at: tuple[str, int], code: str, /, column: str = "", **data: object) -> None:
        """Note what does not fit."""
        self.problems.append(FileProblem(f"{self.file}, {at[0]}", at[1], code, data, column))

    def from_row(self, thing: Plain, sheet: str, number: int) -> Plain:
        """Remember which row a part of the form comes from."""
        self.rows[id(thing)] = (sheet, number)
        return thing

    def laid_out(self, data: Plain) -> tuple[str, list[tuple[str, int]]]:
        """The form as JSON with each part on a line of its own, and the row behind each line."""
        lines: list[str] = []
        places: list[tuple[str, int]] = []

        def part(thing: Plain, place: tuple[str, int], end: str) -> None:
            place = self.rows.get(id(thing), place)
            inner = [key for key in INNER if isinstance(thing.get(key), list)]
            plain = json.dumps({k: v for k, v in thing.items() if k not in inner}, ensure_ascii=False)
            lines.append(plain.removesuffix("}") + ("" if inner else "}" + end))
            places.append(place)
            for k, key in enumerate(inner):
                lines.append(("," if k or len(plain) > len("{}") else "") + json.dumps(key) + ": [")
                places.append(place)
                for n, one in enumerate(thing[key], 1):
                    part(one, place, "," if n < len(thing[key]) else "")
                lines.append("]" if k < len(inner) - 1 else "]}" + end)
                places.append(place)

        part(data, ("settings", 2), "")
        return "\n".join(lines), places

    def questionnaire(self, code: str, group: str) -> Plain:
        """The whole form."""
        settings = next(iter(self.sheets.get("settings", [])), (2, {}))[1]
        if not self.sheets.get("survey"):
            self.complain(("survey", 0), "xlsform_sheet_missing", sheet="survey")
        self.choices = self._choices()
        title = _text(settings, "form_title") or settings.get("form_id", "") or code or "?"
        sections = self._sections(title)
        return {
            "questionnaire": 1,
            "code": re.sub(r"[^A-Za-z0-9_-]", "-", settings.get("form_id", "") or code or "form")[:40],
            "version": re.sub(r"[^A-Za-z0-9._-]", "-", settings.get("version", "") or "1")[:40],
            "group": settings.get("parindex_group", "") or group,
            "title": title,
            "sections": sections,
            **({"factors": found} if (found := self._factors(sections)) else {}),
        }

    def _factors(self, sections: list[Plain]) -> list[Plain]:
        """The factors that questions name, with their names from the sheet ``factors`` where there is one."""
        told = {cells.get("name", ""): cells for _, cells in self.sheets.get("factors", [])}
        lines = {cells.get("name", ""): number for number, cells in self.sheets.get("factors", [])}
        named = [
            thing["factor"]
            for section in sections
            for question in section["questions"]
            for thing in (question, *question.get("rows", ()))
            if "factor" in thing
        ]
        found = []
        for code in dict.fromkeys([*told, *named]):
            cells = told.get(code, {})
            one: Plain = {"code": code, "name": _text(cells, "label") or code}
            if code in lines:
                self.from_row(one, "factors", lines[code])
            one |= {k: cells[k] for k in ("part_of", "weight", "mean") if cells.get(k)}
            found.append(one)
        return found

    def _choices(self) -> dict[str, list[Plain]]:
        found: dict[str, list[Plain]] = {}
        for number, cells in self.sheets.get("choices", []):
            name = cells.get("name", "")
            option: Plain = {"code": name, "text": _text(cells, "label") or name}
            self.from_row(option, "choices", number)
            if cells.get("parindex_score"):
                option["score"] = cells["parindex_score"]
            if cells.get("parindex_satisfied"):
                option["satisfied"] = cells["parindex_satisfied"].lower() in YES
            if cells.get("parindex_no_opinion", "").lower() in YES:
                option["no_opinion"] = True
            found.setdefault(cells.get("list_name", "") or cells.get("list name", ""), []).append(option)
        return found

    def _sections(self, title: Any) -> list[Plain]:
        """Sections out of the groups of the survey sheet."""
        form = _Laid([{"title": title, "questions": []}])
        for number, cells in self.sheets.get("survey", []):
            word = " ".join(cells.get("type", "").lower().replace("_", " ").split())
            if word == "begin group":
                form.open.append(self._begin((number, cells), form))
            elif word == "end group":
                self._end(number, form)
            elif word == ASKED_AGAIN:
                self.complain(("survey", number), "xlsform_repeat", "type", name=cells.get("name", "")[:40])
            elif word and word not in (*QUIET, "end repeat"):
                self._line((number, cells), form)
        for group in form.open:
            self.complain(("survey", group.row), "xlsform_group_open")
        return [s for s in form.sections if s["questions"]]

    def _begin(self, line: tuple[int, dict[str, str]], form: _Laid) -> _Group:
        """A group: a grid by its appearance, a section at the top, nothing but its lines deeper."""
        number, cells = line
        if "table-list" in cells.get("appearance", ""):
            label = _text(cells, "label") or cells.get("name", "")
            grid: Plain = {"code": cells.get("name", ""), "kind": "grid", "text": label, "rows": []}
            grid |= self._when(line, form)
            return _Group(number, self.from_row(grid, "survey", number))
        if not form.open:
            named = _text(cells, "label") or cells.get("name", "") or "?"
            form.sections.append(self.from_row({"title": named, "questions": []}, "survey", number))
        return _Group(number, when=self._relevant(line, form.grids))

    def _end(self, number: int, form: _Laid) -> None:
        if not form.open:
            self.complain(("survey", number), "xlsform_group_never_begun")
            return
        grid = form.open.pop().grid
        if grid is not None:
            form.sections[-1]["questions"].append(grid)
        elif not form.open:
            form.sections.append({"title": form.sections[0]["title"], "questions": []})

    def _line(self, line: tuple[int, dict[str, str]], form: _Laid) -> None:
        """A question, a row of the grid that is open, or a note."""
        number, cells = line
        kind, _, listed = " ".join(cells["type"].split()).partition(" ")
        kind, section = kind.lower(), form.sections[-1]
        if kind == "note":
            section["intro"] = _joined(section.get("intro", ""), _text(cells, "label"))
            return
        if kind not in (*KINDS, "select_one", "select_multiple"):
            code = "xlsform_calculate" if kind == WORKED_OUT else "xlsform_type"
            self.complain(("survey", number), code, "type", type=cells["type"][:60])
            return
        for column in (c for c in UNREAD if cells.get(c)):
            self.problems.append(
                FileProblem(f"{self.file}, survey", number, "xlsform_column", {"column": column}, column)
            )
        name = cells.get("name", "")
        question: Plain = {"code": name, "text": _text(cells, "label") or name}
        self.from_row(question, "survey", number)
        question |= {k: cells[f"parindex_{k}"] for k in ("factor", "weight") if cells.get(f"parindex_{k}")}
        if form.grid is not None:
            self._grid_row(line, form.grid, question)
            form.grids[name] = form.grid["code"]
            return
        question |= {"kind": KINDS.get(kind, "single" if kind == "select_one" else "multiple")}
        if kind.startswith("select"):
            question["options"] = self._options(number, listed)
        if kind == "integer":
            question["whole"] = True
        question |= self._flags(cells) | self._when(line, form) | self._limits(line)
        section["questions"].append(question)

    def _flags(self, cells: dict[str, str]) -> Plain:
        found: Plain = {}
        if hint := _text(cells, "hint"):
            found["hint"] = hint
        for key, column in (("required", "required"), ("once", "parindex_once")):
            if cells.get(column, "").lower() in YES:
                found[key] = True
        return found

    def _grid_row(self, line: tuple[int, dict[str, str]], grid: Plain, row: Plain) -> None:
        """A question of a table: all must share one list of options."""
        number, cells = line
        kind, _, listed = " ".join(cells["type"].split()).partition(" ")
        options = (
            self._options(number, listed) if kind == "select_one" and not cells.get("relevant") else None
        )
        if options is None or grid.setdefault("options", options) != options:
            self.complain(("survey", number), "xlsform_grid_row", "type", name=row["code"][:40])
            return
        if cells.get("required", "").lower() in YES:
            grid["required"] = True
        grid["rows"].append(row)

    def _options(self, number: int, listed: str) -> list[Plain]:
        name = listed.split()[0] if listed.split() else ""
        if name not in self.choices or "or_other" in listed.split():
            self.complain(("survey", number), "xlsform_list_unknown", "type", list=listed[:60])
        return self.choices.get(name, [])

    def _limits(self, line: tuple[int, dict[str, str]]) -> Plain:
        """``constraint`` of the shapes ``. >= 0 and . <= 10``."""
        number, cells = line
        given, found = cells.get("constraint", ""), dict[str, Any]()
        for part in re.split(r"\band\b", given) if given else ():
            test = re.fullmatch(r"\s*\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)\s*", part)
            if test is None:
                self.complain(("survey", number), "xlsform_constraint", "constraint", text=given[:80])
                return {}
            found["least" if test[1] == ">=" else "most"] = test[2]
        return found

    def _when(self, line: tuple[int, dict[str, str]], form: _Laid) -> Plain:
        """The condition of a question: its own ``relevant``, and those of the groups that it stands in."""
        own = self._relevant(line, form.grids)
        found = [when for when in (*(group.when for group in form.open), own) if when]
        return {"when": all_of(copy.deepcopy(found))} if found else {}

    def _relevant(self, line: tuple[int, dict[str, str]], grids: dict[str, str]) -> Plain:
        """What ``relevant`` says; empty where it says nothing."""
        number, cells = line
        given = cells.get("relevant", "")
        if not given:
            return {}
        found = read_relevant(given, grids)
        if found is None:
            self.complain(("survey", number), "xlsform_relevant", "relevant", text=given[:80])
            return {}
        return found


def _joined(first: Any, second: Any) -> Any:
    """Two notes of one section, one below the other, in each of their languages."""
    texts = [t if isinstance(t, dict) else {"vi": t} for t in (first, second) if t]
    both = {key: "\n".join(t.get(key) or t["vi"] for t in texts) for key in ("vi", "en")}
    return both if any("en" in t for t in texts) else both["vi"]
