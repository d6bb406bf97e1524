"""Addresses of the council's room."""

from django.urls import path

from parindex.web.council import ending, result, room
from parindex.web.parts.methods import reads


app_name = "council"

ROUND = "<round:round>/"
RESULT = ROUND + "ket-qua/"

urlpatterns = [
    path(ROUND, reads(room.room), name="room"),
    path(ROUND + "ho-so/<slug:unit>/<str:code>/", room.case, name="case"),
    path(ROUND + "da-ket-luan/<int:ruling>/", reads(room.ruled), name="ruled"),
    path(ROUND + "ho-so.xlsx", reads(room.room_file), name="room_file"),
    path(ROUND + "bien-ban/tai-ve.xlsx", reads(ending.minutes_file), name="minutes_file"),
    path(ROUND + "bien-ban/", reads(ending.minutes), name="minutes"),
    path(ROUND + "ket-thuc/", ending.conclude, name="conclude"),
    path(ROUND + "cong-bo/", ending.publish, name="publish"),
    path(ROUND + "goi-ket-qua/<int:number>.zip", reads(ending.bundle), name="bundle"),
    path(ROUND + "dinh-chinh/", ending.correct, name="correct"),
    path(ROUND + "mo-lai/", ending.reopen, name="reopen"),
    path(RESULT, reads(result.stages), name="stages"),
    path(RESULT + "tai-ve.<str:kind>", reads(result.stages_file), name="stages_file"),
    path(RESULT + "tu-cham/", reads(result.overrating), name="overrating"),
    path(RESULT + "tu-cham/tai-ve.<str:kind>", reads(result.overrating_file), name="overrating_file"),
    path(RESULT + "don-vi/<slug:unit>/", reads(result.unit), name="stages_unit"),
    path(RESULT + "don-vi/<slug:unit>/tai-ve.<str:kind>", reads(result.unit_file), name="stages_unit_file"),
]
