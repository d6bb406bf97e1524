"""`parindex doctor`: whether the installation is well, and what to do where it is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from parindex.config.site import need_site, set_up
from parindex.core.wording.doctor import check_name, finding_words, level_name


if TYPE_CHECKING:
    from parindex.apps.watch.findings import Checked

WELL, ILL = 0, 1


def doctor(*, as_json: bool, quick: bool, strict: bool, language: str) -> int:
    """Say of each check whether all is well there. Returns 0, or 1 where something wants somebody now; if
    `strict`, also where it wants somebody in these days. Changes nothing."""
    need_site()
    set_up()
    from parindex.apps.watch.doctor import examine
    from parindex.apps.watch.findings import Level, Look

    checks: list[Checked] = []
    for checked in examine(Look(datetime.now(UTC), deep=not quick)):
        checks.append(checked)
        if not as_json:
            _say(checked, language)
    levels = [f.level for checked in checks for f in checked.findings]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
    if as_json:
        sys.stdout.write(json.dumps(_as_data(checks, language), ensure_ascii=False, indent=1) + "\n")
    else:
        print(
            f"{len(checks)} mục đã kiểm tra: {errors} lỗi, {warnings} chỗ cần xem."
            if language == "vi"
            else f"{len(checks)} checks: {errors} errors, {warnings} warnings."
        )
    return ILL if errors or (strict and warnings) else WELL


def _say(checked: Checked, language: str) -> None:
    """A line for each finding, or one that says that all is well."""
    name = check_name(checked.check, language)
    if not checked.findings:
        print(f"{name}: {'ổn' if language == 'vi' else 'well'}")
    for found in checked.findings:
        words = finding_words(found.code, found.data, language)
        print(f"{name}: {level_name(found.level, language)}: {words}", flush=True)


def _as_data(checks: Sequence[Checked], language: str) -> dict[str, object]:
    """The same for programs: codes and facts, with the sentence beside them."""
    return {
        "checks": [
            {
                "check": checked.check,
                "findings": [
                    {
                        "level": found.level.value,
                        "code": found.code,
                        "data": dict(found.data),
                        "words": finding_words(found.code, found.data, language),
                    }
                    for found in checked.findings
                ],
            }
            for checked in checks
        ]
    }
