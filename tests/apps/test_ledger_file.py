"""A ledger fetched as a file, verified without a database: whatever was changed in it is found and named."""

import json
import re

import pytest
from site_world import AT
from test_ledger_commands import run  # noqa: F401  the fixture

from parindex.apps.audit.exported import NotALedger, _entry, verify_file
from parindex.apps.audit.models import Entry
from parindex.apps.audit.queries import portable
from parindex.apps.audit.record import GENESIS, entry_hash, record, redact
from parindex.apps.audit.seals import seal
from parindex.apps.audit.signing import new_key, public_keys, public_path


BOOK = "thu/2024"
CHAINS = ("round:thu/2024", "sheet:thu/2024:a")
FIELDS = ("chain", "position", "kind", "subject", "payload", "texts", "by", "at", "previous", "hash", "said")
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Two chains of four entries with their texts, one of them redacted, sealed; one entry came after."""
    for n in range(4):
        for chain in CHAINS:
            said = {"payload": {"v": 1, "n": n, "list": ["a", {"b": True}]}, "texts": {"lý do": f"vì {n}"}}
            record(chain=chain, kind="test.done", subject="s", by="person:1", at=AT, **said)
    entry = Entry.objects.get(chain=CHAINS[0], position=2)
    redact(entry=entry, name="lý do", ground="Số căn cước", by="person:2", at=AT)
    seal(book=BOOK, subject="đóng", by="system", at=AT)
    record(chain=CHAINS[1], kind="test.done", subject="s", payload={"v": 1}, by="person:1", at=AT)
    path = tmp_path / "nhat-ky.jsonl"
    path.write_bytes(b"".join(portable(BOOK)))
    return path


@pytest.fixture
def found(file, django_assert_num_queries):
    """What is wrong with the file, as places and codes; the database is not asked."""
    keys = public_keys()

    def call():
        with django_assert_num_queries(0):
            return [(fault.place, fault.code) for fault in verify_file(file, keys).found.faults]

    return call


def rows(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def keep(file, lines):
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def line_of(lines, chain, position):
    return next(k for k, r in enumerate(lines) if (r["chain"], r["position"]) == (chain, position))


def test_a_file_as_it_was_fetched_holds(file, found):
    """Every entry, seal and text is counted, and what no seal has signed."""
    assert found() == []
    checked = verify_file(file, public_keys())
    assert (checked.found.entries, checked.found.chains, len(checked.found.seals)) == (11, 3, 1)
    assert checked.unsealed == 1


def _leaves(value, way=()):
    """Every string and number inside a line, by the way there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*way, key))
    elif isinstance(value, list):
        for k, inner in enumerate(value):
            yield from _leaves(inner, (*way, k))
    else:
        yield way


def _flipped(value):
    """The value with one bit of one byte changed."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1
    return chr(ord(value[0]) ^ 1) + value[1:] if value else "0"


def _put(line, way, value):
    for step in way[:-1]:
        line = line[step]
    line[way[-1]] = value


@pytest.mark.parametrize("field", FIELDS)
def test_one_flipped_bit_in_any_value_of_any_line_is_found(file, found, field):
    """Of entries, seals, texts and redactions; the fault is of that line's place, or of what rests on it."""
    before = rows(file)
    for k, line in enumerate(before):
        for way in _leaves(line[field], (field,)):
            changed = json.loads(json.dumps(before))
            value = line
            for step in way:
                value = value[step]
            _put(changed[k], way, _flipped(value))
            keep(file, changed)
            assert found(), (k, way)


def test_one_flipped_byte_anywhere_in_the_file_is_found(file, found):
    """Names of fields, brackets and ends of lines too, every 37th byte of it."""
    content = file.read_bytes()
    missed = []
    for k in range(0, len(content), 37):
        file.write_bytes(content[:k] + bytes([content[k] ^ 1]) + content[k + 1 :])
        try:
            holds = not found()
        except NotALedger:
            holds = False
        if holds:
            missed.append(content[k : k + 1])
    assert missed == []


def test_the_first_broken_entry_is_named_with_its_line(file, run):  # noqa: F811
    """By the command, which chooses the file where one is named."""
    lines = rows(file)
    k = line_of(lines, CHAINS[1], 3)
    lines[k]["by"] = "person:9"
    keep(file, lines)
    code, out, _ = run("ledger", "verify", file, "--lang", "en")
    assert code == 1
    assert f"nhat-ky.jsonl:{k + 1}: {CHAINS[1]}#3: the entry was changed after it was written" in out
    assert "does NOT hold" in out


@pytest.mark.parametrize("chain", CHAINS)
def test_a_removed_line_is_found(file, found, chain):
    """Any that was sealed; the last of them by the seal that knows it."""
    before = rows(file)
    for position in (1, 2, 3, 4):
        keep(file, [r for r in before if (r["chain"], r["position"]) != (chain, position)])
        assert found() == [(f"{chain}#{position}", "entry_missing")]
    keep(file, [r for r in before if r["chain"] != CHAINS[1] or r["position"] < 4])
    assert found() == [(f"{CHAINS[1]}#4", "sealed_missing")]


def test_a_redaction_whose_entry_was_removed_is_found(file, found):
    """A text is gone, and nothing says who took it away."""
    keep(file, [r for r in rows(file) if r["kind"] != "text.redacted"])
    assert found() == [(f"{CHAINS[0]}#2", "text_redacted")]


def test_without_its_seals_everything_is_counted_as_unsealed(file, found):
    """Whoever removes them removes what they vouched for, and the last line says so."""
    keep(file, [r for r in rows(file) if not r["chain"].startswith("seals:")])
    assert found() == []
    assert verify_file(file, public_keys()).unsealed == 10


def test_a_removed_chain_is_found(file, found):
    """The seal knows it."""
    keep(file, [r for r in rows(file) if r["chain"] != CHAINS[1]])
    assert found() == [(f"{CHAINS[1]}#1", "sealed_missing")]


def test_two_swapped_lines_are_found(file, found):
    """Neighbours in a chain, and neighbours of two chains."""
    before = rows(file)
    for k in range(len(before) - 1):
        lines = [*before[:k], before[k + 1], before[k], *before[k + 2 :]]
        keep(file, lines)
        first_alone = before[k]["chain"] != before[k + 1]["chain"] and not any(
            r["chain"] == before[k]["chain"] for r in before[:k]
        )
        assert found() or first_alone, k


def test_swapped_positions_within_a_chain_are_called_displaced(file, found):
    """The entry is there, but not in its place."""
    lines = rows(file)
    a, b = line_of(lines, CHAINS[1], 2), line_of(lines, CHAINS[1], 3)
    lines[a], lines[b] = lines[b], lines[a]
    keep(file, lines)
    assert found() == [(f"{CHAINS[1]}#2", "entry_displaced")]


def test_an_appended_line_is_found_or_counted_as_unsealed(file, found):
    """A copy, one of another time, one of a chain that the seal does not know; one that fits is no fault, but
    is said to rest on nothing but its hash."""
    before = rows(file)
    keep(file, [*before, before[-1]])
    assert found() == [(f"{before[-1]['chain']}#{before[-1]['position']}", "entry_displaced")]
    last = before[-1]
    old = {**last, "position": last["position"] + 1, "at": "2020-01-01T00:00:00+00:00"}
    for more in (old, {**old, "previous": last["hash"]}, {**old, "chain": "sheet:thu/2024:z"}):
        keep(file, [*before, more])
        assert found(), more
    fitting = {**old, "previous": last["hash"]}
    keep(file, [*before, {**fitting, "hash": entry_hash(_entry(fitting))}])
    assert [code for _, code in found()] == ["entry_backdated"]
    record(chain=CHAINS[1], kind="test.done", subject="s", payload={"v": 1}, by="person:1", at=AT)
    file.write_bytes(b"".join(portable(BOOK)))
    assert found() == []
    assert verify_file(file, public_keys()).unsealed == 2


def test_a_seal_of_another_key_or_hand_is_found(file, found):
    """An auditor's own keys decide."""
    lines = rows(file)
    k = line_of(lines, f"seals:{BOOK}", 1)
    assert [f.code for f in verify_file(file, {}).found.faults] == ["seal_key"]
    lines[k]["payload"]["signature"] = "0" * 128
    keep(file, lines)
    assert {code for _, code in found()} >= {"seal_signature"} or {code for _, code in found()} == {
        "entry_changed"
    }


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"[]",
        b"null",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b'{"chain": 1}',
        b"[" * 5000,
        b'{"a": NaN}',
        b"chain,position,kind",
    ],
)
def test_what_is_no_line_of_a_ledger_is_named_by_its_number(file, line):
    """Amid the others, and all alone, which is no ledger at all."""
    before = file.read_bytes()
    file.write_bytes(before + line + b"\n")
    faults = verify_file(file, public_keys()).found.faults
    assert [(f.chain, f.position, f.code) for f in faults] == [("", 12, "line_unreadable")]
    file.write_bytes(line + b"\n")
    with pytest.raises(NotALedger):
        verify_file(file, public_keys())


def test_a_field_more_or_said_twice_is_no_line(file):
    """Nothing is hidden beside what the hash is made of."""
    first, *others = file.read_bytes().splitlines(keepends=True)
    for changed in (
        first.replace(b'{"at"', b'{"added":"x","at"', 1),
        first.replace(b'{"at"', b'{"kind":"x","at"', 1),
    ):
        assert changed != first
        file.write_bytes(b"".join([changed, *others]))
        assert verify_file(file, public_keys()).found.faults[0].code == "line_unreadable"


def test_the_command_reads_a_file_with_the_keys_that_were_given(file, run, tmp_path):  # noqa: F811
    """No site's own are asked, and a seal that somebody holds must be there."""
    given = tmp_path / "khoa.pub"
    given.write_bytes(public_path().read_bytes())
    new_key()
    code, out, _ = run("ledger", "verify", file, "--keys", given)
    assert (code, "Nhật ký còn nguyên vẹn: 11 bản ghi, 3 chuỗi, 1 niêm phong hợp lệ." in out) == (0, True)
    assert "1 bản ghi chưa được niêm phong" in out
    held = re.search(r"[0-9a-f]{64}", out).group()
    assert run("ledger", "verify", file, "--keys", given, "--sealed", held)[0] == 0
    assert run("ledger", "verify", file, "--keys", given, "--sealed", GENESIS)[0] == 1
    given.write_text("không phải khóa")
    assert run("ledger", "verify", file, "--keys", given)[0] == 2


def test_a_file_that_is_no_ledger_is_refused_plainly(run, tmp_path):  # noqa: F811
    """With the file's name; nothing is half-said."""
    other = tmp_path / "bang.csv"
    other.write_text("unit,points\nso-mot,3\n")
    code, out, err = run("ledger", "verify", other)
    assert (code, out) == (2, "")
    assert "bang.csv: không có bản ghi nhật ký nào" in err
