"""Lists of the desk ask the database as often for many rows as for few."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from site_world import AT

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Flag, Survey
from parindex.core.surveys.questionnaire_file import load_questionnaire
from parindex.data.surveys import questionnaire_path


pytestmark = pytest.mark.usefixtures("clocked")

BY = {"by": "t", "at": AT}
ROWS = ("place", "papers", "attitude", "guidance", "right", "heard")
RAW = {"done_by": "counter", "in_time": "on_day", "s": dict.fromkeys(ROWS, "5"), "wishes": "Tốt"}


class Filled:
    """Surveys with something of everything, more each time."""

    def __init__(self, territory):
        self.territory = territory
        self.units = list(Unit.objects.filter(parent=territory)[:9])
        form = load_questionnaire(questionnaire_path("one-stop-exit"))
        kept = actions.keep_questionnaire(territory=territory, form=form, **BY)
        self.form = actions.fix_questionnaire(questionnaire=kept, **BY)
        self.survey = self.begun("một")
        self.group = self.grouped("Người dân")
        self.rounds = 0

    def begun(self, key):
        """A draft."""
        written = actions.SurveyWritten(
            title_vi=f"Khảo sát {key}",
            year=2026,
            body="Bưu điện",
            kind="exit",
            opens=date(2026, 1, 1),
            closes=date(2026, 1, 31),
            small=3,
            small_public=3,
        )
        return actions.begin_survey(territory=self.territory, written=written, key=key, **BY)

    def grouped(self, title):
        """A group of the survey."""
        return actions.add_group(survey=self.survey, written=actions.GroupWritten(title, self.form), **BY)

    def strata(self, labels):
        """Strata of the first group, each with a list that was drawn from, half of it in reserve."""
        unit = self.units[0]
        actions.set_strata(
            group=self.group,
            rows=[actions.StratumWritten(unit, 40, 2, label) for label in labels],
            **BY,
        )
        frame = [
            actions.Wanted(f"{s.label} {n}", stratum=s) for s in self.group.strata.all() for n in range(4)
        ]
        drawn = actions.draw_sample(group=self.group, frame=frame, reserve=2, **BY)
        wanted = actions.drawn_lines(drawn, frame)
        actions.issue_invitations(group=self.group, wanted=wanted, **BY)

    def more(self):
        """One more of each."""
        self.rounds += 1
        k = self.rounds
        unit = self.units[k % len(self.units)]
        self.begun(f"{k}")
        form = replace(load_questionnaire(questionnaire_path("one-stop-exit")), code=f"bo-{k}")
        actions.keep_questionnaire(territory=self.territory, form=form, **BY)
        actions.add_counter(group=self.group, unit=unit, label=f"Quầy {k}", hourly=30, **BY)
        day = date(2026, 1, min(k, 4))
        actions.begin_batch(group=self.group, unit=unit, label=f"Tập {k}", size=2, day=day, **BY)
        written = [
            actions.AnswerWritten(n, unit, day, RAW, number=f"{k}-{n}", enumerator=f"Người {k}")
            for n in range(2, 8)
        ]
        report = actions.Report(body="B", report="1")
        actions.record_answers(group=self.group, rows=written, report=report, **BY)
        rows = [actions.ResultWritten(unit, "80", 100, f"Nhóm {k}")]
        actions.record_results(survey=self.survey, rows=rows, report=report, **BY)
        Flag.objects.create(survey=self.survey, kind="straight", unit=unit, fingerprint=f"f{k}")


@pytest.fixture
def filled(visitors):
    """An open survey with one of each."""
    made = Filled(Unit.objects.get(code="minh-hoa"))
    made.strata([f"Thủ tục {k}" for k in range(3)])
    actions.open_survey(survey=made.survey, **BY)
    made.survey = Survey.objects.get(pk=made.survey.pk)
    made.more()
    return made


PAGES = {
    "list": 0, "sets": 0, "survey": 1, "invite": 1, "progress": 1, "batches": 1, "outside": 1, "flags": 1,
    "texts": 1, "strata": 2, "links": 2, "reserve": 2, "interviews": 2,
}  # fmt: skip


def test_no_list_asks_more_often_for_more_rows(visitors, filled):
    """One pass over every page with few rows, one with many."""
    arguments = [filled.survey.slug, filled.group.code]
    urls = {name: reverse(f"surveys:{name}", args=arguments[:count]) for name, count in PAGES.items()}
    found = []
    for _ in range(2):
        counts = {}
        for name, url in urls.items():
            visitors["secretariat"].get(url)  # what is read once a process is read
            with CaptureQueriesContext(connection) as queries:
                assert visitors["secretariat"].get(url).status_code == 200, name
            counts[name] = len(queries)
        found.append(counts)
        for _ in range(6):
            filled.more()
    few, many = found
    assert {name: (few[name], n) for name, n in many.items() if n > few[name]} == {}
    assert max(many.values()) < 40
