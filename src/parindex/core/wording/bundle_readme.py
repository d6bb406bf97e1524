"""What the first file of a bundle says to whoever opens it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parindex.core.kernel.framework import Framework
from parindex.core.wording.terms import TERMS


PUBLICITY = TERMS["publicity"]


TEXT = """# {title}

{place}, {year}. Công bố lần thứ {number}. Bộ tiêu chí {framework} phiên bản {version}.
{note}

Gói này có tất cả những gì cần để tính lại kết quả:

- `framework.yaml`: bộ tiêu chí; `answers.csv`: câu trả lời của từng đơn vị cho từng tiêu chí
- `results.json`, `results.csv`, `results.xlsx`: điểm, chỉ số, xếp loại, xếp hạng, lý do của từng điểm
- `evidence.csv`: mã băm SHA-256 của tài liệu kiểm chứng; `ledger.jsonl`: nhật ký của kỳ đánh giá
- `manifest.json`: mã băm của mọi tệp; `manifest.sig`: chữ ký Ed25519 trên tệp đó

Tự kiểm chứng:

    pip install parindex
    parindex verify {file}
    parindex verify {file} --key khoa-cong-khai.pem

Dòng thứ hai tính lại mọi con số; dòng thứ ba còn chứng minh người ký, bằng khóa công khai lấy từ trang của
cơ quan. Việc này chứng minh phép tính và sự toàn vẹn, không chứng minh câu trả lời là đúng sự thật.

# {title_en}

{place_en}, {year}. Publication {number}. Criteria set {framework}, version {version}.
{note_en}

This bundle holds all it takes to compute the result again: the criteria set, every answer, the results with
their reasons, the hashes of the evidence, the round's ledger, and a signed manifest of all files' hashes.
`parindex verify {file}` computes every figure again; with `--key` and the public key from the authority's
page it also proves who signed. It proves arithmetic and integrity, not that an answer was true.
"""


EXCERPT = """# {title}

{place}, {year}. Công bố lần thứ {number}. Bộ tiêu chí {framework} phiên bản {version}.
{note}

Kết quả này được công bố ở mức: {level}. Gói này là phần trích công khai:

- `framework.yaml`: bộ tiêu chí; `results.csv`: kết quả của từng đơn vị ở mức đó
- `manifest.json`: mã băm SHA-256 của mọi tệp và của gói đầy đủ; `manifest.sig`: chữ ký Ed25519 trên tệp đó

Câu trả lời và lý do của từng điểm nằm trong gói đầy đủ, do cơ quan công bố giữ và cung cấp theo yêu cầu cho
người có quyền. Ai có gói đó thì kiểm chứng được cả hai:

    pip install parindex
    parindex verify {file} --key khoa-cong-khai.pem
    parindex verify {file} --key khoa-cong-khai.pem --whole goi-day-du.zip

Dòng thứ hai chứng minh người ký và sự toàn vẹn; dòng thứ ba tính lại mọi con số từ câu trả lời.

# {title_en}

{place_en}, {year}. Publication {number}. Criteria set {framework}, version {version}.
{note_en}

This result was published at the level: {level_en}. This is the public excerpt of its bundle: the criteria
set, the figures of that level, and a signed manifest that names the whole bundle by its SHA-256. Answers and
reasons are in the whole bundle, which the authority keeps and gives to whoever is entitled to it;
`parindex verify {file} --whole BUNDLE.zip` then computes every figure again.
"""


def readme(about: Mapping[str, Any], framework: Framework) -> str:
    """The file's text, Vietnamese first.

    Args:
        about: what the manifest says of the publication.
    """
    return TEXT.format(**_said(about, framework), file=f"{about['name']}.parindex.zip")


def excerpt_readme(about: Mapping[str, Any], framework: Framework) -> str:
    """The same of an excerpt."""
    level = PUBLICITY[about["publicity"]]
    said = _said(about, framework)
    return EXCERPT.format(**said, level=level.vi, level_en=level.en, file=f"{about['name']}.excerpt.zip")


def _said(about: Mapping[str, Any], framework: Framework) -> dict[str, Any]:
    return {
        "title": about["title"],
        "title_en": about["name"],
        "place": about["territory"]["vi"],
        "place_en": about["territory"]["en"] or about["territory"]["vi"],
        "note": about["note"]["vi"],
        "note_en": about["note"]["en"] or about["note"]["vi"],
        "year": about["year"],
        "number": about["publication"],
        "framework": framework.id,
        "version": framework.version,
    }
