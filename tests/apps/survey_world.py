"""A small territory with a survey of citizens and one of officials, through the same actions as any other."""

from dataclasses import dataclass, field
from datetime import date

from site_world import AT
from small_round import Small

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Answer, Counter, Flag, Invitation, RespondentGroup, Survey
from parindex.apps.surveys.sittings import new_sitting
from parindex.core.surveys.questionnaire_file import from_mapping


DAY = date(2026, 1, 5)
"""The legal date of `AT`."""
WHO = {"by": "person:900", "at": AT}
SCALE = [
    {"code": "A", "text": {"vi": "Rất hài lòng", "en": "Very satisfied"}, "score": 100, "satisfied": True},
    {"code": "B", "text": {"vi": "Hài lòng", "en": "Satisfied"}, "score": 75, "satisfied": True},
    {"code": "C", "text": {"vi": "Bình thường", "en": "Neither"}, "score": 50, "satisfied": False},
    {"code": "D", "text": {"vi": "Không hài lòng", "en": "Dissatisfied"}, "score": 0, "satisfied": False},
    {
        "code": "KR",
        "text": {"vi": "Không đủ thông tin", "en": "Not enough information"},
        "no_opinion": True,
    },
]


def form(code="mau-phieu", **more):
    """A questionnaire: satisfaction, what was wrong where somebody is not, a word; who they are, once."""
    return from_mapping(
        {
            "questionnaire": 1,
            "code": code,
            "version": "1",
            "group": "citizens",
            "title": {"vi": "Phiếu khảo sát", "en": "Survey form"},
            "sections": [
                {
                    "title": {"vi": "Phục vụ", "en": "Service"},
                    "questions": [
                        {
                            "code": "hai_long",
                            "kind": "scale",
                            "text": {"vi": "Ông/bà có hài lòng không?", "en": "Are you satisfied?"},
                            "options": SCALE,
                            "required": True,
                        },
                        {
                            "code": "vi_sao",
                            "kind": "multiple",
                            "text": {"vi": "Vì sao?", "en": "Why?"},
                            "options": [
                                {"code": "cho", "text": {"vi": "Chờ lâu", "en": "The wait"}},
                                {"code": "thai-do", "text": {"vi": "Thái độ", "en": "Manners"}},
                            ],
                            "when": {"question": "hai_long", "is": ["D"]},
                        },
                        {
                            "code": "y_kien",
                            "kind": "text",
                            "text": {"vi": "Góp ý", "en": "Suggestions"},
                            "longest": 500,
                        },
                    ],
                },
                {
                    "title": {"vi": "Về ông/bà", "en": "About you"},
                    "questions": [
                        {
                            "code": "tuoi",
                            "kind": "single",
                            "text": {"vi": "Tuổi", "en": "Age"},
                            "options": [
                                {"code": "duoi-40", "text": {"vi": "Dưới 40", "en": "Below 40"}},
                                {"code": "tu-40", "text": {"vi": "Từ 40", "en": "40 and above"}},
                            ],
                            "once": True,
                        },
                    ],
                },
            ],
            **more,
        }
    )


@dataclass
class Surveying:
    """See the functions; every act is at `AT` unless another instant is given."""

    territory: Unit
    units: dict[str, Unit]
    made: list[str] = field(default_factory=list)

    def survey(self, **more) -> Survey:
        """A draft of 2026."""
        self.made.append(f"key{len(self.made)}")
        told = {
            "title_vi": "Khảo sát hài lòng",
            "title_en": "Satisfaction survey",
            "year": 2026,
            "body": "Sở Nội vụ",
            "kind": "citizens",
            "opens": DAY,
            "closes": date(2026, 1, 31),
        }
        written = actions.SurveyWritten(**{**told, **more})
        return actions.begin_survey(territory=self.territory, written=written, key=self.made[-1], **WHO)

    def group(self, survey: Survey, title: str = "Người dân", questionnaire=None) -> RespondentGroup:
        """A group with a fixed questionnaire."""
        kept = actions.keep_questionnaire(territory=self.territory, form=questionnaire or form(), **WHO)
        fixed = actions.fix_questionnaire(questionnaire=kept, **WHO)
        return actions.add_group(survey=survey, written=actions.GroupWritten(title, fixed), **WHO)

    def citizens(self, questionnaire=None, **more) -> RespondentGroup:
        """An open survey of citizens on Department One."""
        survey = self.survey(**more)
        group = self.group(survey, questionnaire=questionnaire)
        rows = [actions.StratumWritten(self.units["so-mot"], 400, 40, "Đất đai")]
        actions.set_strata(group=group, rows=rows, **WHO)
        actions.open_survey(survey=survey, **WHO)
        return RespondentGroup.objects.select_related("survey").get(pk=group.pk)

    def officials(self) -> RespondentGroup:
        """An open survey in which every unit is rated."""
        survey = self.survey(kind="officials", title_vi="Khảo sát công chức")
        group = self.group(survey, "Công chức")
        actions.set_rated(group=group, units=list(self.units.values()), **WHO)
        actions.open_survey(survey=survey, **WHO)
        return RespondentGroup.objects.select_related("survey").get(pk=group.pk)

    def link(self, group: RespondentGroup, **more) -> str:
        """The token of a new invitation."""
        wanted = [actions.Wanted(**{"stratum": group.strata.first(), **more})]
        return actions.issue_invitations(group=group, wanted=wanted, **WHO)[0].token

    def counter(self, group: RespondentGroup, hourly: int = 30) -> Counter:
        """A poster at the counter of Department One."""
        unit = self.units["so-mot"]
        return actions.add_counter(group=group, unit=unit, label="Quầy 1", hourly=hourly, **WHO)


def surveying(small: Small) -> Surveying:
    """On a small territory; no answer or link of any other survey is there."""
    for model in (Flag, Answer, Invitation):
        model.objects.all().delete()
    return Surveying(small.territory, small.units)


def said(prefix: str = "q-", **answers) -> dict[str, list[str]]:
    """The fields of a form: ``hai_long="A"``."""
    return {prefix + name: value if isinstance(value, list) else [value] for name, value in answers.items()}


def send(token: str, fields: dict, sitting: str = "", at=AT):
    """Answer by link."""
    return actions.answer_by_link(token=token, sitting=sitting or new_sitting(), fields=fields, at=at)
