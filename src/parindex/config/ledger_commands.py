"""`parindex ledger` and `parindex rebuild`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from parindex.config.site import REFUSED, need_site, ready, set_up
from parindex.core.wording.ledger import difference_sentence, fault_sentence
from parindex.core.wording.ledger_rows import row_sentence


if TYPE_CHECKING:
    from parindex.apps.assessments.models import Round
    from parindex.apps.audit.faults import Verified
    from parindex.apps.audit.signing import KeysUnreadable

HOLDS, BROKEN = 0, 1


def verify_ledger(name: str | None, *, keys: Path | None, sealed: str | None, language: str) -> int:
    """Check a round's chains and seals, or everything, with the rows that the ledger speaks of; or a file
    that was fetched from a page of the ledger, where `name` is one. Returns 0 where all holds, 1 where not,
    2 for a round or a file of keys that is not there."""
    if name is not None and _is_file(name):
        return verify_exported(Path(name), keys=keys, sealed=sealed, language=language)
    ready(language)
    from parindex.apps.audit.signing import KeysUnreadable, public_keys
    from parindex.apps.audit.verify import verify

    vi = language == "vi"
    if name is not None and round_named(name, language) is None:
        return REFUSED
    try:
        known = public_keys(keys)
        found = verify(name, keys=known, progress=_progress if sys.stderr.isatty() else None)
    except KeysUnreadable as unreadable:
        return _no_keys(unreadable, vi=vi)
    for fault in found.faults:
        print(f"{fault.place}: {fault_sentence(fault.code, fault.data, language)}")
    rows = _compare_rows(language) if name is None else HOLDS
    return max(rows, _ended(found, sealed, vi=vi))


def _compare_rows(language: str) -> int:
    """Lay the rows of every table beside what the ledger says of them. Returns 0 where all are alike."""
    from parindex.config.held import compare_rows

    found, vi = compare_rows(), language == "vi"
    for fault in found.faults:
        print(row_sentence(fault.code, fault.data, language, table=fault.table, row=fault.row))
    for chain, kind in found.unread.items():
        said = "có loại việc chưa biết, không đối chiếu" if vi else "an act of unknown kind, not compared"
        print(f"{chain}: {said}: {kind}")
    if not found.faults:
        print(f"{found.rows} dòng số liệu khớp với nhật ký." if vi else f"{found.rows} rows are as it says.")
    return BROKEN if found.faults else HOLDS


def verify_exported(path: Path, *, keys: Path | None, sealed: str | None, language: str) -> int:
    """Check a ledger that was fetched as a file, without any database. Returns as `verify_ledger`, 2 also for
    a file that holds no ledger."""
    need_site()
    set_up()
    from parindex.apps.audit.exported import NotALedger, verify_file
    from parindex.apps.audit.signing import KeysUnreadable, public_keys

    vi = language == "vi"
    try:
        checked = verify_file(path, public_keys(keys))
    except KeysUnreadable as unreadable:
        return _no_keys(unreadable, vi=vi)
    except NotALedger:
        said = (
            "không có bản ghi nhật ký nào (cần tệp JSONL tải từ trang nhật ký)"
            if vi
            else "there is no entry of a ledger in it (it takes the JSONL file of a ledger’s page)"
        )
        print(f"{path}: {said}", file=sys.stderr)
        return REFUSED
    for fault in checked.found.faults:
        line = checked.lines.get((fault.chain, fault.position), fault.position if not fault.chain else None)
        where = f"{path.name}:{line}: " if line else f"{path.name}: "
        place = f"{fault.place}: " if fault.chain else ""
        print(f"{where}{place}{fault_sentence(fault.code, fault.data, language)}")
    ended = _ended(checked.found, sealed, vi=vi)
    if checked.unsealed:
        n = checked.unsealed
        print(
            f"{n} bản ghi chưa được niêm phong: chỉ mã băm giữ."
            if vi
            else f"{n} entries are not sealed: their hashes alone hold them."
        )
    return ended


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # longer than any file's name, or with a character that none has
        return False


def _no_keys(unreadable: KeysUnreadable, *, vi: bool) -> int:
    said = "không có khóa Ed25519 nào đọc được" if vi else "no Ed25519 key can be read from it"
    print(f"{unreadable.path}: {said}", file=sys.stderr)
    return REFUSED


def _ended(found: Verified, sealed: str | None, *, vi: bool) -> int:
    """Whether the named seal is still there, and the last words. Returns 0 where all holds, else 1."""
    lost = sealed is not None and sealed.lower() not in {seal.hash for seal in found.seals}
    if lost:
        print(
            f"{sealed}: "
            + ("không còn niêm phong nào có mã băm này" if vi else "no seal has this hash any more")
        )
    print(_verdict(found, whole=not (found.faults or lost), vi=vi))
    return BROKEN if found.faults or lost else HOLDS


def _verdict(found: Verified, *, whole: bool, vi: bool) -> str:
    """The last line: how much was read, and whether it holds; before it, the newest seal of each book."""
    newest = {seal.book: seal for seal in found.seals}
    lines = [f"{seal.place} {seal.at.isoformat(timespec='seconds')} {seal.hash}" for seal in newest.values()]
    if vi:
        much = f"{found.entries} bản ghi, {found.chains} chuỗi, {len(found.seals)} niêm phong hợp lệ"
        verdict = "Nhật ký còn nguyên vẹn" if whole else "Nhật ký KHÔNG còn nguyên vẹn"
    else:
        much = f"{found.entries} entries, {found.chains} chains, {len(found.seals)} valid seals"
        verdict = "The ledger holds" if whole else "The ledger does NOT hold"
    return "\n".join([*lines, f"{verdict}: {much}."])


def print_keys(language: str) -> int:
    """Print the public keys; they verify seals and can sign nothing."""
    ready(language)
    from parindex.apps.audit.signing import published_keys

    sys.stdout.write(published_keys())
    return 0


def make_key(language: str) -> int:
    """Sign with a new key from now on. Prints its name."""
    ready(language)
    from parindex.apps.audit.signing import new_key

    print(new_key())
    return 0


def declare_leaked(key: str, *, language: str) -> int:
    """Declare a key leaked. Returns 0; 2 for a key that is not there, or was declared before."""
    ready(language)
    from parindex.apps.audit.leaks import declare_leaked as declare
    from parindex.apps.audit.signing import KeysUnreadable, public_keys
    from parindex.core.kernel.problems import Refused
    from parindex.core.wording.refusals import refusal_sentence

    vi = language == "vi"
    try:
        count = declare(key=key.strip().lower(), by="operator", at=datetime.now(UTC))
    except Refused as refused:
        print(f"parindex: {refusal_sentence(refused.code, refused.data, language)}", file=sys.stderr)
        return REFUSED
    except KeysUnreadable as unreadable:
        return _no_keys(unreadable, vi=vi)
    present = list(public_keys())[-1]
    print(
        f"Đã công bố khóa {key} bị lộ; {count} kỳ được niêm phong lại. Khóa đang dùng: {present}.\n"
        "Việc tiếp theo: thông báo bằng văn bản, gửi tệp khóa công khai mới, công bố lại kết quả đã ký bằng "
        "khóa cũ."
        if vi
        else f"The key {key} is declared leaked; {count} rounds were sealed anew. Present key: {present}.\n"
        "Next: say so in writing, hand out the new file of public keys, publish again what the old key had "
        "signed."
    )
    return HOLDS


def rebuild_round(name: str, *, language: str) -> int:
    """Compute a round again from its ledger alone. Returns 0 where everything is identical, 1 where something
    differs or the ledger does not hold, 2 for a round that is not there."""
    ready(language)
    from parindex.apps.audit.verify import verify
    from parindex.apps.results.rebuild import rebuild
    from parindex.apps.results.replay import LedgerUnreadable

    vi = language == "vi"
    round_ = round_named(name, language)
    if round_ is None:
        return REFUSED
    faults = verify(name, progress=_progress if sys.stderr.isatty() else None).faults
    for fault in faults:
        print(f"{fault.place}: {fault_sentence(fault.code, fault.data, language)}")
    try:
        found = rebuild(round_)
    except LedgerUnreadable as unreadable:
        said = "không dựng lại được từ bản ghi" if vi else "cannot be rebuilt from the entry"
        print(f"{unreadable.place}: {said} {unreadable.kind}: {unreadable.__cause__ or ''}")
        return BROKEN
    for d in found.differences:
        print(difference_sentence(d.table, d.place, stored=d.stored, rebuilt=d.rebuilt, language=language))
    if faults or found.differences:
        count = len(found.differences)
        print(f"{count} chỗ khác nhau." if vi else f"{count} differences.")
        return BROKEN
    if not found.computed:
        print(
            "Kỳ này chưa có kết quả; các trả lời khớp hoàn toàn."
            if vi
            else "No result yet; the answers are identical."
        )
        return HOLDS
    much = (
        f"{found.units} đơn vị, {found.rulings} lượt chấm, {found.cells} ô số liệu"
        if vi
        else f"{found.units} units, {found.rulings} rulings, {found.cells} cells"
    )
    print(f"{'khớp hoàn toàn' if vi else 'identical'}: {much}.")
    return HOLDS


def round_named(name: str, language: str) -> Round | None:
    """The round of that name; says which ones there are where there is none."""
    from parindex.apps.assessments.ledger import find_round, round_name
    from parindex.apps.assessments.models import Round

    found = find_round(name)
    if found is None:
        known = [round_name(r) for r in Round.objects.select_related("territory").order_by("id")]
        near = get_close_matches(name, known, n=3, cutoff=0.4) or known[:3]
        vi = language == "vi"
        hint = (
            (f" Có phải là: {', '.join(near)}?" if vi else f" Is it one of: {', '.join(near)}?")
            if near
            else ""
        )
        said = f"Không có kỳ đánh giá “{name}”." if vi else f"There is no round “{name}”."
        print(f"parindex: {said}{hint}", file=sys.stderr)
    return found


def _progress(done: int, total: int) -> None:
    end = "\r\033[K" if done >= total else ""
    print(f"\r{done:,}/{total:,}{end}", end="", file=sys.stderr, flush=True)
