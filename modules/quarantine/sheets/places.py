"""Sheets of facilities, rooms, stays and health rounds."""

import re
from collections.abc import Mapping
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.excel.narrowing import narrowed
from admin_suite.excel.sheet import About, Column, Field, Noted, Sheet, Table, Wrong, text
from admin_suite.excel.words import either
from admin_suite.registry.reading import days
from admin_suite.registry.reading.columns import PERSON_COLUMNS, tidied
from admin_suite.registry.reading.people import communes, world
from admin_suite.registry.sheets import PERSON_FIELDS
from modules.quarantine import formats
from modules.quarantine.permissions import SEE
from modules.quarantine.queries import beds as queries
from modules.quarantine.queries import stays
from modules.quarantine.rules.rounds import MARKS, typed
from modules.quarantine.service import places, rounds
from modules.quarantine.service.places import NewFacility, NewRoom
from modules.quarantine.service.rounds import NewObservation
from modules.quarantine.sheets import reading


def facilities(table: Table) -> list[NewFacility | None]:
    """The facilities of a list; a name alone is its own code."""
    names, codes = table.column("name", ""), table.column("code", "")
    communes_of, addresses = communes(table)
    rows = zip(
        [code or name for code, name in zip(codes, names, strict=True)],
        [name or code for code, name in zip(codes, names, strict=True)],
        communes_of,
        addresses,
        table.column("phone", ""),
        strict=True,
    )
    return [NewFacility(*row) for row in rows]


def rooms(table: Table) -> list[NewRoom | None]:
    """The rooms of a list, each with the number of its beds."""
    unread = {remark.at for remark in table.refused}
    for at, beds in enumerate(table.column("beds")):
        if beds is None and at not in unread:
            table.refuse(at, "beds", "NO_VALUE", _("A value is required."))
    rows = zip(
        reading.facilities_of(table),
        table.column("name", ""),
        table.column("beds", 0),
        table.column("building", ""),
        table.column("floor", 0),
        table.column("most", 0),
        table.column("accessible", False),
        table.column("isolation", False),
        table.column("note", ""),
        table.column("places", ""),
        strict=True,
    )
    return [NewRoom(*row) for row in rows]


def _degrees(cell: object, about: About) -> object:
    """A temperature in tenths of a degree, as a round types it: ``36,7``, ``38.2°C``, ``367``."""
    written = text(cell, about)
    if not (found := DEGREES.search(written)):
        said = _("“{cell}” is not a temperature and was left out.")
        return Noted(None, "NO_TEMPERATURE", said.format(cell=written))
    try:
        degrees = typed(found[0].replace(",", ".")).temperature
    except UserError as error:
        raise Wrong("BAD_TEMPERATURE", str(error)) from error
    if degrees is None:
        raise Wrong("BAD_TEMPERATURE", _("“{cell}” is not a temperature.").format(cell=written))
    return degrees


def _per_cent(cell: object, about: About) -> int:
    value = formats.whole(cell, about)
    if not 50 <= value <= 100:  # noqa: PLR2004 - what the database accepts
        said = _("“{cell}” is not a saturation; it is between 50 and 100 per cent.")
        raise Wrong("BAD_SATURATION", said.format(cell=cell))
    return value


def _symptoms(cell: object, about: About) -> object:
    """Symptoms, or a sign that nobody was measured; beside a measurement ``v`` is a tick."""
    written = text(cell, about)
    return (written, True) if written.lower() in MARKS else formats.symptoms(cell, about)


def observations(table: Table) -> list[NewObservation | None]:
    """The lines of a health round."""
    told = [(moment.day if moment else None) or table.about.day for moment in table.column("day")]
    ill = [value or ("", False) for value in table.column("symptoms")]
    heat, breath = table.column("temperature"), table.column("saturation")
    marks = [
        MARKS.get(pair[0].lower()) if measured == (None, None) else None
        for pair, measured in zip(ill, zip(heat, breath, strict=True), strict=True)
    ]
    rows = zip(
        reading.facilities_of(table),
        table.column("room", ""),
        table.column("bed", ""),
        [day.isoformat() if day else "" for day in told],
        table.column("round", 1),
        heat,
        breath,
        [pair[0] if pair[1] and not mark else "" for pair, mark in zip(ill, marks, strict=True)],
        table.column("building", ""),
        marks,
        strict=True,
    )
    return [NewObservation(*row) for row in rows]


DEGREES = re.compile(r"\d+(?:[.,]\d+)?")
SHORT_CODES = frozenset({"NT", "nt", "NTR", "ntr"})  # no two facilities have one code
PERSONS = {column.field: column for column in PERSON_COLUMNS}
PLACES = ("hamlet", "commune", "district", "province", "commune_code", "phone")
BUILDING = Column(
    "building", N_("Building"), ("Dãy nhà", "Dãy", "Tòa nhà", "Tòa", "Khu nhà", "Nhà"), text
)
NAME = ("Phòng", "Tên phòng", "Số phòng", "Phòng số", "Mã phòng")
FACILITY_FIELDS = (
    Field("code", N_("Code"), 10),
    Field("name", N_("Name"), 30),
    Field("commune_code", N_("Commune code"), 10),
    Field("address", N_("Address"), 36),
    Field("phone", N_("Telephone"), 13),
    Field("rooms", N_("Rooms"), 8),
    Field("beds", N_("Beds"), 8),
    Field("taken", N_("Occupied"), 9),
)
FACILITIES = Sheet(
    name="quarantine.facilities",
    title=N_("Quarantine facilities"),
    kind=NewFacility,
    columns=(
        Column(
            "code",
            N_("Code"),
            ("Mã", "Mã cơ sở", "Mã khu", "Mã khu cách ly", "Mã cơ sở cách ly", "Ký hiệu"),
            text,
            codes=lambda _world: SHORT_CODES,
        ),
        Column(
            "name",
            N_("Name"),
            either(
                """
                Tên cơ sở | Cơ sở cách ly | Tên | Khu cách ly | Tên khu cách ly | Tên điểm cách ly |
                Điểm cách ly | Tên cơ sở cách ly | Địa điểm cách ly | Tên điểm | Nơi cách ly
                """
            ),
            tidied,
            required=True,
        ),
        Column("address", N_("Address"), ("Địa chỉ", "Địa điểm"), tidied),
        *(PERSONS[name] for name in PLACES),
    ),
    items=facilities,
    context=world,
    counted=reading.FACILITIES,
    of_places=True,
    store=places.add_facilities,
    check=places.wrong_facilities,
    rows=narrowed(queries.facilities, FACILITY_FIELDS),
    permission=SEE,
    fields=FACILITY_FIELDS,
    ignored=("STT", "Số phòng", "Số giường", "Ghi chú", "Sức chứa"),
    example={"code": "CL01", "name": "Trường Nội trú huyện", "address": "Phố Ràng"},
)
ROOM_EXAMPLE: Mapping[str, Any] = {
    "facility": "CL01",
    "building": "A",
    "floor": 1,
    "name": "101",
    "beds": 4,
    "most": 4,
    "accessible": "x",
    "isolation": "",
    "note": "",
    "places": "1 2 / 3 4",
}
ROOMS = Sheet(
    name="quarantine.rooms",
    title=N_("Quarantine rooms"),
    kind=NewRoom,
    columns=(
        reading.FACILITY,
        BUILDING,
        Column("floor", N_("Floor"), ("Tầng", "Lầu"), reading.floor),
        Column("name", N_("Room"), NAME, text, required=True),
        Column(
            "beds",
            N_("Beds"),
            ("Số giường", "Giường", "Số lượng giường", "Tổng số giường", "SL giường", "Số chỗ"),
            formats.whole,
            required=True,
        ),
        Column(
            "most",
            N_("Takes at most"),
            ("Sức chứa", "Tối đa", "Số người tối đa", "Nhận tối đa"),
            formats.whole,
            note=N_("People by distance or staff; empty: all beds."),
        ),
        Column(
            "accessible",
            N_("Without stairs"),
            ("Không bậc", "Lối đi xe lăn", "Tiếp cận", "Dễ đi lại"),
            formats.ticked,
        ),
        Column(
            "isolation",
            N_("For confirmed cases"),
            ("Phòng F0", "Phòng cách ly F0", "Dành cho F0"),
            formats.ticked,
        ),
        Column("note", N_("Note"), ("Ghi chú",), tidied),
        Column(
            "places",
            N_("Places of the beds"),
            ("Vị trí giường", "Bố trí giường", "Sơ đồ giường"),
            text,
            note=N_("Row by row, a full stop where none stands: 1 2 3 / . . 4."),
        ),
    ),
    items=rooms,
    context=reading.sites,
    counted=reading.ROOMS,
    store=places.add_rooms,
    check=places.wrong_rooms,
    rows=queries.rooms,
    permission=SEE,
    fields=(
        Field("facility", N_("Facility code"), 10),
        Field("building", N_("Building"), 10),
        Field("floor", N_("Floor"), 6),
        Field("name", N_("Room"), 8),
        Field("beds", N_("Beds"), 6),
        Field("most", N_("Takes at most"), 8, nothing=None),
        Field("accessible", N_("Without stairs"), 10),
        Field("isolation", N_("For confirmed cases"), 10),
        Field("note", N_("Note"), 24),
        Field("places", N_("Places of the beds"), 16),
        Field("taken", N_("Occupied"), 8),
    ),
    ignored=("STT", "Diện tích", "Phụ trách", "Đang ở", "Còn trống"),
    example=ROOM_EXAMPLE,
)
STAYS: Sheet[Any] = Sheet(
    name="quarantine.stays",
    title=N_("Stays in quarantine"),
    rows=stays.stays,
    permission=SEE,
    fields=(
        *PERSON_FIELDS,
        Field("group", N_("Group"), 18),
        Field("facility", N_("Facility code"), 10),
        Field("building", N_("Building"), 10),
        Field("room", N_("Room"), 8),
        Field("bed", N_("Bed"), 6),
        Field("starts_at", N_("Since"), 16),
        Field("ends_at", N_("Until"), 16),
        Field("ended", N_("How it ended"), 18),
        Field("day0", N_("Counted from"), 12),
        Field("last_day", N_("Last day"), 12),
    ),
)
OBSERVATIONS = Sheet(
    name="quarantine.observations",
    title=N_("Health rounds"),
    kind=NewObservation,
    columns=(
        reading.FACILITY,
        BUILDING,
        Column("room", N_("Room"), NAME, text, required=True),
        Column("bed", N_("Bed"), ("Giường", "Số giường", "Giường số"), text, required=True),
        Column("day", N_("Day"), ("Ngày", "Ngày đo", "Ngày theo dõi"), days.moment),
        Column("round", N_("Round"), ("Lần", "Lượt", "Lần đo", "Lượt đo"), formats.whole),
        Column(
            "temperature",
            N_("Temperature"),
            ("Nhiệt độ", "Thân nhiệt", "Nhiệt độ (°C)"),
            _degrees,
        ),
        Column("saturation", N_("SpO2"), ("Nồng độ oxy", "SpO2 (%)"), _per_cent),
        Column("symptoms", N_("Symptoms"), formats.SYMPTOM_WORDS, _symptoms),
    ),
    items=observations,
    context=reading.sites,
    store=rounds.observe_all,
    check=rounds.wrong_observations,
    rows=stays.observations,
    permission=SEE,
    fields=(
        *PERSON_FIELDS,
        Field("facility", N_("Facility code"), 10),
        Field("room", N_("Room"), 8),
        Field("bed", N_("Bed"), 6),
        Field("day", N_("Day"), 12),
        Field("round", N_("Round"), 6),
        Field("at", N_("At"), 16),
        Field("temperature", N_("Temperature"), 8, nothing=None),
        Field("saturation", N_("SpO2"), 6, nothing=None),
        Field("symptoms", N_("Symptoms"), 24),
        Field("mark", N_("Not measured"), 20),
    ),
    ignored=("STT", "Họ và tên", "Năm sinh", "Ngày sinh", "Ghi chú", "Điện thoại"),
    example={
        "facility": "CL01",
        "building": "A",
        "room": "101",
        "bed": "1",
        "day": "13/08/2021",
        "round": 1,
        "temperature": "36,7",
        "saturation": 98,
        "symptoms": "",
    },
)
