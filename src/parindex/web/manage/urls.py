"""Addresses of units, persons and roles."""

from django.urls import path, register_converter

from parindex.web.manage import (
    basis,
    calendars,
    connections,
    door_acts,
    imports,
    leaving,
    ledgers,
    matrix,
    operating,
    own,
    past,
    people,
    person_acts,
    personal,
    sharing,
    unit_acts,
    units,
)
from parindex.web.manage.addresses import UnitConverter
from parindex.web.parts.methods import reads


app_name = "manage"
register_converter(UnitConverter, "unit")

UNIT = "don-vi/<unit:unit>/"
PERSON = "nguoi-dung/<str:username>/"

urlpatterns = [
    path("don-vi/", reads(units.units), name="units"),
    path("don-vi/tai-ve.xlsx", reads(units.units_file), name="units_file"),
    path("don-vi/them/", unit_acts.add, name="unit_add"),
    path("don-vi/sap-nhap/", unit_acts.merge, name="merge"),
    path("don-vi/nhap-tep/", imports.units, name="import_units"),
    path("don-vi/nhap-tep/mau.xlsx", reads(imports.units_template), name="import_units_template"),
    path(UNIT, reads(units.unit), name="unit"),
    path(UNIT + "nhat-ky/", reads(ledgers.unit_ledger), name="unit_ledger"),
    path(UNIT + "nhat-ky/tai-ve.jsonl", reads(ledgers.unit_ledger_file), name="unit_ledger_file"),
    path(UNIT + "sua/", unit_acts.change, name="unit_change"),
    path(UNIT + "ket-thuc/", unit_acts.end, name="unit_end"),
    path(UNIT + "khoi-phuc/", unit_acts.restore, name="unit_restore"),
    path(UNIT + "chia-tach/", unit_acts.split, name="split"),
    path(UNIT + "ky/<round:round>/", basis.basis, name="basis"),
    path(UNIT + "ky-rieng/", own.own_rounds, name="own_rounds"),
    path(UNIT + "ky-rieng/thoi-giao/<int:grant>/", own.end, name="own_rounds_end"),
    path("nguoi-dung/", reads(people.people), name="people"),
    path("nguoi-dung/tai-ve.xlsx", reads(people.people_file), name="people_file"),
    path("nguoi-dung/them/", person_acts.add, name="person_add"),
    path("nguoi-dung/nhap-tep/", imports.people, name="import_people"),
    path("nguoi-dung/nhap-tep/mau.xlsx", reads(imports.people_template), name="import_people_template"),
    path(PERSON, reads(people.person), name="person"),
    path(PERSON + "nhat-ky/", reads(ledgers.person_ledger), name="person_ledger"),
    path(PERSON + "nhat-ky/tai-ve.jsonl", reads(ledgers.person_ledger_file), name="person_ledger_file"),
    path(PERSON + "sua/", person_acts.change, name="person_change"),
    path(PERSON + "khoa/", person_acts.close, name="person_close"),
    path(PERSON + "mat-khau/", door_acts.one_time_password, name="one_time_password"),
    path(PERSON + "phien/", door_acts.sessions_end, name="sessions_end"),
    path(PERSON + "tat-hai-lop/", door_acts.factor_off, name="factor_off"),
    path(PERSON + "mo/", person_acts.reopen, name="person_reopen"),
    path(PERSON + "giao-vai-tro/", person_acts.grant, name="grant"),
    path(PERSON + "thu-hoi/<int:grant>/", person_acts.revoke, name="revoke"),
    path(PERSON + "uy-quyen/<int:grant>/", person_acts.lend, name="lend"),
    path(PERSON + "rut-uy-quyen/<int:delegation>/", person_acts.end_delegation, name="end_delegation"),
    path(PERSON + "phan-tham-dinh/<round:round>/", sharing.share, name="share"),
    path(PERSON + "roi-don-vi/", leaving.leave, name="leave"),
    path("nguoi-cua-don-vi/", reads(leaving.own_people), name="own_people"),
    path(PERSON + "du-lieu/", reads(personal.person_data), name="person_data"),
    path(PERSON + "du-lieu/tai-ve.json", reads(personal.person_data_file), name="person_data_file"),
    path(PERSON + "xoa-du-lieu/", personal.erase, name="person_erase"),
    path("du-lieu-ca-nhan/", reads(personal.inventory), name="personal"),
    path(PERSON + "ban-giao/", person_acts.hand_over, name="hand_over"),
    path("ket-qua-nam-truoc/", reads(past.past), name="past"),
    path("ket-qua-nam-truoc/tai-ve.xlsx", reads(past.past_file), name="past_file"),
    path("ket-qua-nam-truoc/nhap-tep/", imports.past, name="import_past"),
    path("ket-qua-nam-truoc/nhap-tep/mau.xlsx", reads(imports.past_template), name="import_past_template"),
    path("lich/", reads(calendars.this_year), name="calendar_now"),
    path("lich/<int:year>/", calendars.calendar, name="calendar"),
    path("van-hanh/", reads(operating.operating), name="operating"),
    path("nhat-ky/", reads(ledgers.find), name="ledger_find"),
    path("van-hanh/tinh-trang/", reads(operating.condition), name="condition"),
    path("van-hanh/khoa-cong-khai.pem", reads(operating.keys_file), name="keys_file"),
    path("ket-noi/", reads(connections.connections), name="connections"),
    path("ket-noi/cap/", connections.add, name="connection_add"),
    path("ket-noi/<int:key>/", reads(connections.connection), name="connection"),
    path("ket-noi/<int:key>/thu-hoi/", connections.revoke, name="connection_revoke"),
    path("vai-tro/", reads(matrix.roles), name="roles"),
    path("vai-tro/tai-ve.xlsx", reads(matrix.roles_file), name="roles_file"),
]
