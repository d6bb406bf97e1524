"""`parindex ledger` and `parindex rebuild`: what they print, and what they end with."""

import re

import pytest
from django.db import connection
from django.db.models import QuerySet
from ledger_guards import lift
from small_round import ACT

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Ruling
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import record
from parindex.apps.audit.seals import seal
from parindex.apps.audit.signing import public_path
from parindex.apps.results.actions import compute_result
from parindex.apps.results.models import UnitResult
from parindex.cli import main


NAME = "tinh-thu/2024"


@pytest.fixture
def run(capsys):
    """`parindex …`: exit code, standard output, standard error."""

    def call(*arguments):
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def sealed(small):
    """The small round with a result and a seal."""
    small.answer(("so-mot", "A1", "12/16"), ("so-hai", "A2", "5"))
    compute_result(round_=small.round, **ACT)
    return seal(book=round_name(small.round), subject="concluded", **ACT)


def test_a_ledger_that_holds(run, sealed):
    """One line for the newest seal, with the hash to keep elsewhere; one with how much was read."""
    at = "2026-01-05T02:30:15+00:00"
    assert run("ledger", "verify", NAME) == (
        0,
        f"seals:{NAME}#1 {at} {sealed.hash}\n"
        "Nhật ký còn nguyên vẹn: 4 bản ghi, 2 chuỗi, 1 niêm phong hợp lệ.\n",
        "",
    )
    code, out, _ = run("ledger", "verify", NAME, "--lang", "en")
    assert (code, out.splitlines()[-1]) == (0, "The ledger holds: 4 entries, 2 chains, 1 valid seals.")


def test_everything_is_verified_without_a_round(run, world):
    """All books, among them those of no round."""
    code, out, _ = run("ledger", "verify")
    assert code == 0
    assert out.count("seals:") > 15
    assert "Nhật ký còn nguyên vẹn" in out


def test_the_first_broken_entry_is_named(run, sealed):
    """Its chain and position, and what is wrong."""
    lift(connection)
    QuerySet(Entry).filter(chain=f"round:{NAME}", position=2).update(by="kẻ khác")
    code, out, _ = run("ledger", "verify", NAME)
    assert code == 1
    assert f"round:{NAME}#2: bản ghi đã bị sửa sau khi ghi (mã băm không khớp)\n" in out
    assert "Nhật ký KHÔNG còn nguyên vẹn" in out
    code, out, _ = run("ledger", "verify", "--lang", "en")
    assert f"round:{NAME}#2: the entry was changed after it was written" in out
    assert (code, "does NOT hold" in out) == (1, True)


def test_a_seal_that_somebody_holds_must_still_be_there(run, sealed):
    """The end of the chain of seals can be cut off without a trace; a hash kept elsewhere tells."""
    assert run("ledger", "verify", NAME, "--sealed", sealed.hash.upper())[0] == 0
    lift(connection)
    QuerySet(Entry).filter(pk=sealed.pk).delete()
    assert run("ledger", "verify", NAME)[0] == 0
    code, out, _ = run("ledger", "verify", NAME, "--sealed", sealed.hash)
    assert code == 1
    assert f"{sealed.hash}: không còn niêm phong nào có mã băm này\n" in out
    assert "KHÔNG" in out


@pytest.mark.parametrize("name", ["tinh-thu/2042", "2024", "", "x" * 3000, "khac/nua/2024"])
def test_a_round_that_is_not_there(run, sealed, name):
    """Exit code 2, and nothing on standard output."""
    for command in (("ledger", "verify"), ("rebuild",)):
        code, out, err = run(*command, name)
        assert (code, out) == (2, "")
        assert err.startswith(f"parindex: Không có kỳ đánh giá “{name}”.")


def test_a_round_misspelt_is_hinted_at(run, sealed):
    assert "Có phải là: tinh-thu/2024" in run("rebuild", "tinh-thu/2042")[2]
    assert "Is it one of: tinh-thu/2024" in run("rebuild", "tinh-thu/2042", "--lang", "en")[2]


def test_an_auditors_own_keys(run, sealed, tmp_path):
    """A file that was handed over; one that is none is refused by name."""
    copy = tmp_path / "keys.pub"
    copy.write_text(run("ledger", "keys")[1])
    assert run("ledger", "verify", NAME, "--keys", copy)[0] == 0
    run("ledger", "new-key")
    seal(book=NAME, subject="again", **ACT)
    code, out, _ = run("ledger", "verify", NAME, "--keys", copy)
    assert (code, f"seals:{NAME}#2: niêm phong được ký bằng khóa" in out) == (1, True)
    for bad in (tmp_path / "none.pub", tmp_path):
        assert run("ledger", "verify", NAME, "--keys", bad) == (
            2,
            "",
            f"{bad}: không có khóa Ed25519 nào đọc được\n",
        )


def test_a_new_key_is_named_and_published(run, sealed):
    code, out, err = run("ledger", "new-key")
    assert (code, err) == (0, "")
    assert out in public_path().read_text()
    assert run("ledger", "keys")[1].count("BEGIN PUBLIC KEY") >= 2


def test_a_round_rebuilt_identically(run, sealed):
    """The last line says how much was compared."""
    code, out, err = run("rebuild", NAME)
    assert (code, err) == (0, "")
    assert re.fullmatch(r"khớp hoàn toàn: 2 đơn vị, 2 lượt chấm, \d\d ô số liệu\.\n", out)
    assert run("rebuild", NAME, "--lang", "en")[1].startswith("identical: 2 units, 2 rulings")


def test_a_rebuilt_round_names_each_difference(run, sealed):
    """A changed answer and a changed point, each with its place and both values."""
    Ruling.objects.filter(participant__unit__code="so-hai", participant__round__code="2024").update(
        answer="6"
    )
    UnitResult.objects.filter(participant__unit__code="so-mot", result__round__code="2024").update(
        points="7/2"
    )
    by = "chuyên viên, 2026-01-05T02:30:15.250000+00:00"
    code, out, _ = run("rebuild", NAME)
    assert (code, out) == (
        1,
        "trả lời › so-hai › A2 › Hội đồng › lượt 1: "
        f"đang lưu “6” ({by}); theo nhật ký “5” ({by})\n"
        "kết quả của đơn vị › khoi › so-mot › điểm: đang lưu “7/2”; theo nhật ký “3”\n"
        "2 chỗ khác nhau.\n",
    )
    assert (
        "result of the unit › khoi › so-mot › points: kept is “7/2”"
        in run("rebuild", NAME, "--lang", "en")[1]
    )


def test_a_round_is_not_rebuilt_from_a_ledger_that_does_not_hold(run, sealed):
    """Both are said: where it is broken, and that nothing else differs."""
    lift(connection)
    QuerySet(Entry).filter(chain=f"round:{NAME}", position=1).update(by="kẻ khác")
    code, out, _ = run("rebuild", NAME)
    assert code == 1
    assert out.startswith(f"round:{NAME}#1: bản ghi đã bị sửa")
    assert "khớp hoàn toàn" not in out


def test_an_entry_that_cannot_be_read_is_named(run, sealed):
    record(chain=f"round:{NAME}", kind="x.y", subject="s", payload={"v": 1, "rulings": []}, **ACT)
    code, out, _ = run("rebuild", NAME)
    assert (code, out.startswith(f"round:{NAME}#4: không dựng lại được từ bản ghi x.y")) == (1, True)


def test_a_round_without_a_result_is_told_of(run, small):
    assert run("rebuild", NAME)[:2] == (0, "Kỳ này chưa có kết quả; các trả lời khớp hoàn toàn.\n")
