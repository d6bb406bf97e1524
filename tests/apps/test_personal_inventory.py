"""The inventory of personal data is held to the models: nothing is kept that it does not name."""

import re
from pathlib import Path

from django.apps import apps

from parindex.apps.personal.inventory import KEPT, SORTS, holdings, may_hold, searched


def test_every_table_stands_in_it_once():
    """A new table says what it is for and how long it is kept."""
    tables = sorted(m._meta.label for m in apps.get_models(include_auto_created=True) if m._meta.managed)
    assert sorted(h.model for h in holdings()) == tables


def test_every_field_that_may_hold_personal_data_is_named():
    """Whatever points to a person, and every text that is no code."""
    lacking = {
        h.model: sorted(missing)
        for h in holdings()
        if (missing := may_hold(apps.get_model(h.model)) - set(h.sorts))
    }
    assert lacking == {}


def test_it_names_no_field_that_is_not_there():
    """A renamed field is renamed here too."""
    unknown = {
        h.model: sorted(more)
        for h in holdings()
        if (more := set(h.sorts) - {f.name for f in apps.get_model(h.model)._meta.concrete_fields})
    }
    assert unknown == {}


def test_a_table_without_personal_data_says_so_only_where_nobody_is_named():
    """Kept with the site means: no field tells of a person by number or name."""
    of_people = {"own", "named", "secret"}
    assert [h.model for h in holdings() if h.kept == "site" and of_people & set(h.sorts.values())] == []


def test_names_are_looked_for_wherever_they_may_stand():
    """What erasing searches is what the inventory says."""
    assert {m for m, _ in searched()} >= {"evidence.Document", "briefings.Initiative", "papers.IssuedPaper"}
    assert all(KEPT[h.kept] and all(SORTS[s] for s in h.sorts.values()) for h in holdings())


def rows():
    """The table of the guide."""
    for h in holdings():
        fields = {}
        for name, sort in sorted(h.sorts.items()):
            fields.setdefault(sort, []).append(f"`{name}`")
        held = "; ".join(f"{SORTS[s][0].en}: {', '.join(names)}" for s, names in fields.items()) or "–"
        yield f"| `{h.model}` | {h.purpose.en} | {held} | {KEPT[h.kept].en} |"


GUIDE = Path(__file__).resolve().parents[2] / "docs" / "personal-data.md"


def test_the_guide_has_the_same_table():
    """Run as a program, this file writes it anew."""
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.match(r"\| `\w+\.\w+`", line)] == list(rows())


if __name__ == "__main__":
    line = "| --- | --- | --- | --- |\n"
    head, _, rest = GUIDE.read_text(encoding="utf-8").partition(f"kept |\n{line}")
    table = f"kept |\n{line}" + "\n".join(rows())
    GUIDE.write_text(f"{head}{table}\n\n{rest.partition(chr(10) * 2)[2]}", encoding="utf-8")
