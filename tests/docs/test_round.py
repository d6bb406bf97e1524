"""The page on the round draws its states and roles from the code; run as a program, this writes them anew."""

import re
from pathlib import Path


PAGE = Path(__file__).parents[2] / "docs" / "round.md"


def drawn():
    """Block name -> the lines that belong there."""
    from parindex.apps.assessments import states
    from parindex.apps.organisations.roles import ROLES
    from parindex.core.wording.terms import TERMS

    said = {family: {code: text.en for code, text in words.items()} for family, words in TERMS.items()}
    steps = {
        "round": states.ROUND_STEPS,
        "sheet": states.SHEET_STEPS,
        "explanation": states.EXPLANATION_STEPS,
    }
    rows = ["| of a | from | step | to |", "| --- | --- | --- | --- |"]
    for family, table in steps.items():
        for step, (before, after) in table.items():
            starts = "; ".join(sorted(said[family][b.value] for b in before))
            rows.append(f"| {family} | {starts} | {said['step'][step.value]} | {said[family][after.value]} |")
    roles = ["| role | held in | may |", "| --- | --- | --- |"]
    for info in ROLES.values():
        acts = "; ".join(sorted(said["act"][a.value] for a in info.acts)) or "–"
        roles.append(f"| {info.name.en} (*{info.name.vi}*) | {info.held_in} | {acts} |")
    return {"states": rows, "roles": roles}


def _block(name):
    return re.compile(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", re.DOTALL)


def test_the_page_shows_what_the_code_holds():
    """Every step and every right."""
    text = PAGE.read_text(encoding="utf-8")
    shown = {name: _block(name).search(text)[1].strip().split("\n") for name in drawn()}
    assert shown == drawn()


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    django.setup()
    page = PAGE.read_text(encoding="utf-8")
    for block, lines in drawn().items():
        page = _block(block).sub(f"<!-- {block} -->\n\n" + "\n".join(lines) + f"\n\n<!-- /{block} -->", page)
    PAGE.write_text(page, encoding="utf-8")
