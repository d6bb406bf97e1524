"""Addresses of plans and tasks."""

from django.urls import path

from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads
from parindex.web.plans import (
    acts,
    board,
    feeds,
    handing,
    importing,
    listing,
    marking,
    outputs,
    plan,
    task,
    work,
)


app_name = "plans"

TASK = "nhiem-vu/<int:pk>/"

urlpatterns = [
    path("", reads(listing.listing), name="list"),
    path("moi/", plan.begin, name="begin"),
    path("viec-cua-toi/", reads(work.work), name="work"),
    path("duoc-giao/", reads(handing.offered), name="offered"),
    path("duoc-giao/<int:pk>/", handing.answer, name="answer"),
    path("lich/", feeds.own, name="calendar"),
    path("lich.ics", reads(feeds.own_file), name="calendar_file"),
    path("lich/<str:secret>.ics", open_page(reads(feeds.feed)), name="feed"),
    path("<int:pk>/", reads(plan.plan), name="plan"),
    path("<int:pk>/bang/", reads(board.board), name="board"),
    path("<int:pk>/thoi-gian/", reads(board.timeline), name="timeline"),
    path("<int:pk>/danh-sach/", marking.marking, name="marking"),
    path("<int:pk>/nhap/", importing.send, name="import"),
    path("<int:pk>/nhap/<int:file>/", importing.preview, name="import_file"),
    path("<int:pk>/sua/", plan.edit, name="edit"),
    path("<int:pk>/buoc/", plan.step, name="step"),
    path("<int:pk>/them/", task.add, name="add"),
    path(TASK, reads(task.task), name="task"),
    path(TASK + "sua/", task.edit, name="task_edit"),
    path(TASK + "giao-nguoi/", acts.give, name="task_give"),
    path(TASK + "bao-cao/", acts.report, name="task_report"),
    path(TASK + "xac-nhan/<int:report>/", acts.answer_output, name="task_answer"),
    path(TASK + "tai-lieu/<slug:key>/", reads(outputs.output), name="task_file"),
    path(TASK + "giao/", handing.hand_down_task, name="task_hand_down"),
    path(TASK + "rut/<int:handed>/", handing.recall, name="task_recall"),
    path(TASK + "chuyen/<int:handed>/", handing.pass_on_task, name="task_pass_on"),
    path(TASK + "dung/", acts.stop, name="task_stop"),
]
