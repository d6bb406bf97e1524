"""What a deployment may set: in the environment, or in one file that PARINDEX_SETTINGS_FILE names.

The environment wins. A name that is none of these is refused with the one that was perhaps meant: what a
misspelt setting was to switch off would stay on. No value of a secret one is ever part of a message.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from parindex.core.formats.problems import nearest


PREFIX = "PARINDEX_"
FILE = "PARINDEX_SETTINGS_FILE"
FLAG, WHOLE, TEXT, WORDS, JSON = "flag", "whole", "text", "words", "json"
DATABASE, MAIL, SCANNER, SILENT = "database", "mail", "scanner", "silent"
KINDS: Mapping[str, str] = {
    "PARINDEX_HOME": TEXT,
    "PARINDEX_DATABASE_URL": DATABASE,
    "PARINDEX_SECRET_KEY": TEXT,
    "PARINDEX_HOSTS": WORDS,
    "PARINDEX_DEBUG": FLAG,
    "PARINDEX_CACHE": FLAG,
    "PARINDEX_EVIDENCE_MAX_MB": WHOLE,
    "PARINDEX_EVIDENCE_TYPES": WORDS,
    "PARINDEX_OCR_PAGES": WHOLE,
    "PARINDEX_OCR_AT_ONCE": WHOLE,
    "PARINDEX_EVIDENCE_STORAGE": TEXT,
    "PARINDEX_EVIDENCE_STORAGE_OPTIONS": JSON,
    "PARINDEX_CLAMD": SCANNER,
    "PARINDEX_CLAMD_SILENT": SILENT,
    "PARINDEX_DISK_ENCRYPTED": FLAG,
    "PARINDEX_TICK": FLAG,
    "PARINDEX_WORKERS": WHOLE,
    "PARINDEX_SMTP": MAIL,
    "PARINDEX_MAIL_FROM": TEXT,
    "PARINDEX_ADDRESS": TEXT,
    "PARINDEX_HTTPS": FLAG,
    "PARINDEX_PROXIES": WHOLE,
    "PARINDEX_SESSION_HOURS": WHOLE,
    "PARINDEX_IDLE_MINUTES": WHOLE,
    "PARINDEX_REQUIRE_TOTP": WORDS,
    "PARINDEX_OIDC_ISSUER": TEXT,
    "PARINDEX_OIDC_CLIENT_ID": TEXT,
    "PARINDEX_OIDC_CLIENT_SECRET": TEXT,
    "PARINDEX_OIDC_NAME": TEXT,
    "PARINDEX_OIDC_CLAIM": TEXT,
    "PARINDEX_OIDC_FIELD": TEXT,
    "PARINDEX_METRICS_TOKEN": TEXT,
    "PARINDEX_SLOW_QUERY_MS": WHOLE,
    "PARINDEX_LOG_REQUESTS": FLAG,
    "PARINDEX_DEMO": FLAG,
}
"""Every setting with what it holds."""
SCHEMES = {
    DATABASE: ("postgresql", "postgres"),
    MAIL: ("smtp", "smtps", "smtp+starttls"),
    SCANNER: ("tcp", "unix"),
}
OF_DATABASES = (
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "connect_timeout"),
    *("application_name", "target_session_attrs"),
)
"""What may stand after the ``?`` of a database's address, handed to PostgreSQL's own library."""
NOT_OURS = re.compile(r"PARINDEX_(TEST_.*|SERVICE_(HOST|PORT).*|PORT(_.*)?)")
"""What tests are given, and what Kubernetes puts into every container beside a service of this name."""
LARGEST = 1_000_000


class SettingsRefused(Exception):  # noqa: N818  says what is the matter, as the refusals do
    """A file that cannot be read, a name that is none, a value that is not what it should be.

    Attributes:
        problems: what is wrong, in Vietnamese and English, without any value of a secret.
    """

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("; ".join(en for _, en in problems))
        self.problems = problems


def given(name: str, default: str = "") -> str:
    """A setting as text: from the environment, else from the file, else the default.

    Raises:
        SettingsRefused: the file cannot be read.
    """
    if name in os.environ:
        return os.environ[name]
    return _of_file().get(name, default)


def is_on(name: str, *, default: bool = False) -> bool:
    """A setting that is on or off."""
    return (given(name) or ("1" if default else "0")) == "1"


def whole(name: str, default: int) -> int:
    """A setting that is a whole number."""
    return int(given(name) or default)


def check_given() -> None:
    """Look through all that is given, before any of it counts.

    Raises:
        SettingsRefused: with everything that is wrong.
    """
    unknown = [n for n in os.environ if n.startswith(PREFIX) and n != FILE and not NOT_OURS.fullmatch(n)]
    problems = [_unknown(n, KINDS) for n in sorted(unknown) if n not in KINDS]
    for name in KINDS:
        problems += filter(None, [_problem(name, given(name))])
    if problems:
        raise SettingsRefused(*problems)


def _problem(name: str, text: str) -> tuple[str, str] | None:
    """What is wrong with a value; nothing with one that is not given."""
    kind = KINDS[name]
    if not text:
        return None
    if kind == FLAG and text not in ("0", "1"):
        return f"{name}: chỉ nhận 0 hoặc 1", f"{name}: takes 0 or 1"
    if kind == WHOLE and not (text.isascii() and text.isdigit() and len(text) < 10):
        return f"{name}: phải là số nguyên từ 0", f"{name}: must be a whole number from 0"
    if kind == SILENT and text not in ("refuse", "accept"):
        return f"{name}: chỉ nhận refuse hoặc accept", f"{name}: takes refuse or accept"
    if kind == JSON and not _is_object(text):
        return f"{name}: phải là JSON dạng {{…}}", f"{name}: must be JSON of the form {{…}}"
    if kind in SCHEMES and not _has_scheme(text, SCHEMES[kind]):
        wanted = "://…, ".join(SCHEMES[kind]) + "://…"
        return f"{name}: phải có dạng {wanted}", f"{name}: must be of the form {wanted}"
    if kind == DATABASE and any(key not in OF_DATABASES for key, _ in parse_qsl(urlsplit(text).query)):
        takes = ", ".join(OF_DATABASES)
        return f"{name}: sau dấu ? chỉ nhận {takes}", f"{name}: takes after the ? only {takes}"
    return None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _has_scheme(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _unknown(name: str, known: Mapping[str, object]) -> tuple[str, str]:
    near = nearest(name, known)
    vi = f" (có phải {near}?)" if near else ""
    en = f" (is it {near}?)" if near else ""
    return f"không có thiết đặt {name}{vi}", f"there is no setting {name}{en}"


def _of_file() -> Mapping[str, str]:
    """What the file gives, by the names of the environment; nothing where none is named."""
    name = os.environ.get(FILE)
    return _read(name) if name else {}


@lru_cache(maxsize=1)
def _read(name: str) -> Mapping[str, str]:
    path = Path(name)
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode()
        found = tomllib.loads(text)
    except OSError as fault:
        said = fault.strerror or ""
        raise SettingsRefused(
            (f"{path}: không đọc được: {said}", f"{path}: cannot be read: {said}")
        ) from fault
    except ValueError as fault:
        # what the reader says quotes no value but the place
        place = re.search(r"line \d+", str(fault))
        where = f", {place[0]}" if place else ""
        raise SettingsRefused((f"{path}{where}: không phải TOML", f"{path}{where}: is no TOML")) from fault
    known = {n.removeprefix(PREFIX).lower(): n for n in KINDS}
    problems = [_of_path(path, _unknown(n, known)) for n in found if n not in known]
    texts = {known[n]: _as_text(value) for n, value in found.items() if n in known}
    problems += [
        _of_path(path, (f"{n}: không nhận giá trị kiểu này", f"{n}: takes no value of this kind"))
        for n, text in texts.items()
        if text is None
    ]
    if problems:
        raise SettingsRefused(*problems)
    return {n: text for n, text in texts.items() if text is not None}


def _of_path(path: Path, said: tuple[str, str]) -> tuple[str, str]:
    return f"{path}: {said[0]}", f"{path}: {said[1]}"


def _as_text(value: object) -> str | None:
    """A value of the file as the environment would hold it; None where it could not."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, list) and all(isinstance(v, str) and "," not in v for v in value):
        return ",".join(value)
    if isinstance(value, dict):
        try:
            return json.dumps(value)
        except TypeError:
            return None
    return None
