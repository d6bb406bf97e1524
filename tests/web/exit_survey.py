"""An open survey with the ready form of the one-stop unit, made through the desk's pages."""

from django.urls import reverse
from site_world import AT

from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Survey
from parindex.core.surveys.questionnaire_file import load_questionnaire
from parindex.data.surveys import questionnaire_path


def open_exit_survey(desk, *titles, **said):
    """Begun with what is `said`, a group for each title, opened."""
    usual = {
        "kind": "exit",
        "body": "Bưu điện tỉnh",
        "year": "2026",
        "opens": "2026-01-01",
        "closes": "2026-01-31",
        "small": "3",
        "small_public": "3",
        "measure": "satisfied",
    }
    desk.post(reverse("surveys:begin"), {**usual, **said})
    made = Survey.objects.get(key=said["key"])
    form = load_questionnaire(questionnaire_path("one-stop-exit"))
    one = actions.keep_questionnaire(territory=made.territory, form=form, by="t", at=AT)
    actions.fix_questionnaire(questionnaire=one, by="t", at=AT)
    for title in titles:
        desk.post(reverse("surveys:groups", args=[made.slug]), {"title_vi": title, "questionnaire": one.pk})
    desk.post(reverse("surveys:step", args=[made.slug]), {"act": "open"})
    made.refresh_from_db()
    assert made.state == "open"
    return made


def whole(answer):
    """A file that is sent row by row, read to its end."""
    return b"".join(answer.streaming_content)
