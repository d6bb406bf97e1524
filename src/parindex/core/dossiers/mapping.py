"""The mapping file: which column of a system's export is which field, and what its words mean.

dossiers: 1
columns: {code: Mã hồ sơ, procedure: Mã TTHC, unit: Cơ quan giải quyết, received: Ngày tiếp nhận}
dates: [dmy]              # dmy, mdy, ymd, excel; the first that reads a value is taken
words: {status: {Hoàn thành: 9}, channel: {DVCTT: online_full}, yes: [Đã nộp], no: []}
units: {UBND phường Hòa An: H90.101}
fixed: {channel: in_person}     # what the file does not say and all its rows share
pauses_in_due: true       # the system itself moves the due date after a pause
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping as Dict
from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml

from parindex.core.dossiers.problems import nearest, refuse
from parindex.core.dossiers.record import BY_NAME, CHANNELS


MAX_BYTES = 1_000_000
DATE_ORDERS = ("dmy", "mdy", "ymd", "excel")
KEYS = (
    "dossiers",
    "columns",
    "dates",
    "encoding",
    "delimiter",
    "sheet",
    "words",
    "units",
    "fixed",
    "pauses_in_due",
)
# headings of columns that speak of a citizen; no field may be read from them
PERSONAL = ("họ tên", "họ và tên", "chủ hồ sơ", "người nộp", "cccd", "cmnd", "căn cước", "điện thoại",
            "email", "ngày sinh", "địa chỉ")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one system's files are read; the default reads our own field names and usual Vietnamese headings.

    Attributes:
        columns: field -> headings, the first that a file has is taken.
        dates: orders in which dates are tried; `dates_said`: whether the file says them.
        encoding: "auto", or a codec's name; delimiter: "auto" or one character.
        sheet: of a workbook; "" is the first.
        status, channel, yes, no: further words of the system; keys folded by `word_key`.
        units: the system's name or code of a unit -> ours; keys folded.
        fixed: values for fields that the files do not have.
        pauses_in_due: whether the due date of the file already holds the pauses.
    """

    columns: Dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: tuple[str, ...] = ("ymd", "dmy")
    encoding: str = "auto"
    delimiter: str = "auto"
    sheet: str = ""
    status: Dict[str, int] = field(default_factory=dict)
    channel: Dict[str, int] = field(default_factory=dict)
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    units: Dict[str, str] = field(default_factory=dict)
    fixed: Dict[str, str] = field(default_factory=dict)
    pauses_in_due: bool = False
    dates_said: bool = False

    def digest(self) -> str:
        """A hash of everything the mapping says: another mapping makes the same file another ingestion."""
        said = {key: value for key, value in asdict(self).items() if key != "dates_said" or value}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def word_key(text: str) -> str:
    """What the ways of writing one word or heading share: Unicode form, capitals, blanks."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def read_mapping(path: Path) -> Mapping:
    """A mapping file.

    Raises:
        DossiersRefused: `file_unreadable`, `file_too_large`, `yaml_broken`, or what is wrong at which key.
    """
    try:
        content = path.read_bytes()[: MAX_BYTES + 1]
    except OSError as error:
        raise refuse(str(path), "file_unreadable", detail=error.strerror or "") from error
    if len(content) > MAX_BYTES:
        raise refuse(str(path), "file_too_large", limit=MAX_BYTES)
    return parse_mapping(content, str(path))


def parse_mapping(content: bytes, file: str) -> Mapping:
    """The mapping in a file's bytes; see `read_mapping`."""
    try:
        given = yaml.safe_load(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise refuse(file, "not_utf8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or ""
        raise refuse(file, "yaml_broken", line=mark.line + 1 if mark else 0, detail=detail) from error
    reader = _Reader(file, content.decode("utf-8-sig"))
    return reader.mapping(given)


class _Reader:
    """Turns what YAML gave into a `Mapping`, or names the key that is wrong with its line."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.lines = file, text.splitlines()

    def line(self, key: str) -> int:
        """The first line that speaks of a key."""
        return next((k for k, line in enumerate(self.lines, 1) if key in line), 0)

    def mapping(self, given: object) -> Mapping:
        """The whole file."""
        top = self.table(given, "dossiers")
        if top.get("dossiers") != 1:
            raise refuse(self.file, "mapping_version")
        for key in top:
            self.known(key, KEYS)
        words = self.table(top.get("words") or {}, "words")
        for key in words:
            self.known(key, ("status", "channel", "yes", "no"))
        return Mapping(
            columns=self.columns(top.get("columns") or {}),
            dates=self.dates(top.get("dates") or ["ymd", "dmy"]),
            dates_said=bool(top.get("dates")),
            encoding=str(top.get("encoding") or "auto"),
            delimiter=str(top.get("delimiter") or "auto"),
            sheet=str(top.get("sheet") or ""),
            status=self.statuses(words.get("status") or {}),
            channel={word_key(k): CHANNELS[self.known(str(v), CHANNELS)]
                     for k, v in self.table(words.get("channel") or {}, "channel").items()},
            yes=tuple(map(word_key, self.texts(words.get("yes") or [], "yes"))),
            no=tuple(map(word_key, self.texts(words.get("no") or [], "no"))),
            units={word_key(k): str(v) for k, v in self.table(top.get("units") or {}, "units").items()},
            fixed={self.known(k, BY_NAME): str(v)
                   for k, v in self.table(top.get("fixed") or {}, "fixed").items()},
            pauses_in_due=self.flag(top.get("pauses_in_due", False), "pauses_in_due"),
        )  # fmt: skip

    def table(self, given: object, key: str) -> dict[str, object]:
        """A mapping with keys of text."""
        if not isinstance(given, dict):
            raise refuse(self.file, "wrong_type", line=self.line(key), key=key, expected="mapping", text="")
        return {_word(k): v for k, v in given.items()}

    def texts(self, given: object, key: str) -> list[str]:
        """A list of texts; one text stands for a list of itself."""
        if isinstance(given, str):
            return [given]
        if not isinstance(given, list):
            raise refuse(self.file, "wrong_type", line=self.line(key), key=key, expected="list", text="")
        return [_word(v) for v in given]

    def flag(self, given: object, key: str) -> bool:
        """Yes or no."""
        if not isinstance(given, bool):
            raise refuse(
                self.file, "wrong_type", line=self.line(key), key=key, expected="yes_no", text=str(given)
            )
        return given

    def known(self, word: str, among: Dict[str, object] | tuple[str, ...]) -> str:
        """A word of a closed list."""
        if word not in among:
            near = nearest(word, among)
            raise refuse(
                self.file, "key_unknown", line=self.line(word), key=word, near=near, known=tuple(among)
            )
        return word

    def dates(self, given: object) -> tuple[str, ...]:
        """Orders of dates."""
        return tuple(self.known(d, DATE_ORDERS) for d in self.texts(given, "dates"))

    def columns(self, given: object) -> dict[str, tuple[str, ...]]:
        """Fields with their headings; none that speaks of a citizen."""
        found = {}
        for name, headings in self.table(given, "columns").items():
            self.known(name, BY_NAME)
            found[name] = tuple(self.texts(headings, name))
            for heading in found[name]:
                if any(sign in word_key(heading) for sign in PERSONAL):
                    raise refuse(self.file, "column_personal", line=self.line(heading), column=heading)
        return found

    def statuses(self, given: object) -> dict[str, int]:
        """Words of states with their number."""
        found = {}
        for word, number in self.table(given, "status").items():
            if not isinstance(number, int) or not 1 <= number <= 10:
                raise refuse(self.file, "status_number", line=self.line(word), word=word)
            found[word_key(word)] = number
        return found


def _word(value: object) -> str:
    """A word of the file; the yes and no that YAML takes for true and false are words here."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
