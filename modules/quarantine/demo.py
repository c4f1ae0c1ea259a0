"""A boarding school turned quarantine facility: two buses, its supplies and its parcels."""

from datetime import timedelta

from admin_suite.db.work import Work
from admin_suite.module import Scene
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine.codes import Channel, Duty, Flow, Group
from modules.quarantine.queries.arrivals import waiting
from modules.quarantine.queries.beds import beds, facility_coded
from modules.quarantine.queries.proposals import suggestion
from modules.quarantine.service.allocation import settle
from modules.quarantine.service.arrivals import NewArrival, expect
from modules.quarantine.service.calls import call
from modules.quarantine.service.home import Terms, begin_at_home
from modules.quarantine.service.parcels import NewParcel, hand_over, receive_parcels
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.rounds import observe
from modules.quarantine.service.staffing import set_staff
from modules.quarantine.service.stays import Placement
from modules.quarantine.service.supplies import NewItem, Passing, keep_items, pass_supplies

CODE, NAME = "CL01", "Trường Nội trú huyện"
FLOORS, ROOMS, BEDS = 3, 5, 4
FAMILIES = (
    ("H01", "Giàng A Páo", "M", 1985, "Giàng Thị Sú", "F", 1988, "Giàng A Lâm", "M", 2015),
    ("H02", "Vàng Seo Phử", "M", 1979, "Vàng Thị Mỷ", "F", 1981, "Vàng Thị Mai", "F", 2012),
)
ALONE = (
    ("Hoàng Văn Tuấn", "M", 1992),
    ("Lý Quang Huy", "M", 1990),
    ("Bàn Văn Quẩy", "M", 1987),
    ("Phùng Thu Hường", "F", 1995),
    ("Lương Thị Đào", "F", 1993),
    ("Nông Ngọc Ánh", "F", 1998),
    ("Triệu Mùi Nái", "F", 1961),
    ("Đỗ Đức Mạnh", "M", 1952),
)
SUPPLIES = (
    ("Khẩu trang y tế", "hộp", 20, 24),
    ("Xà phòng", "bánh", 30, 80),
    ("Sữa trẻ em", "hộp", 5, 12),
)
PARCELS = (("Hoàng Thị Liên", "Túi quần áo"), ("Lý Văn Sơn", "Sách, bộ sạc điện thoại"))
EARLY = (("Hà Văn Chung", "M", 1990), ("Lục Văn Thành", "M", 1984))
AT_HOME = (
    (
        "Tổ dân phố 3A",
        (
            ("Hoàng Thị Xuân", "F", 1975, "0387000111"),
            ("Phạm Văn Đức", "M", 1972, "0387000112"),
            ("Phạm Thị Thảo", "F", 2004, ""),
        ),
    ),
    (
        "Tổ dân phố 6C",
        (
            ("Trần Văn Hùng", "M", 1988, "0978000113"),
            ("Vi Thị Nga", "F", 1990, "0978000114"),
            ("Trần Minh Quân", "M", 2013, ""),
            ("Trần Thị Sửu", "F", 1949, ""),
            ("Trần Thu Hà", "F", 2016, ""),
        ),
    ),
)
LATE = (("Lò Văn Páo", "M", 1992), ("Sùng Thị Dợ", "F", 1997))


def build(scene: Scene) -> None:
    """The school, the first bus in its beds, the second one at the door."""
    with scene.work("quarantine", scene.today) as work:
        furnish(work)
        keep_books(work)


def furnish(work: Work) -> None:
    """Set the school up, give the first bus and two who go home soon their beds, go one round."""
    add_facilities(work, [NewFacility(CODE, NAME, "02947", "Tổ dân phố 2A, thị trấn Phố Ràng")])
    rooms = [
        NewRoom(CODE, f"{floor}0{n}", BEDS, floor=floor, isolation=(floor, n) == (FLOORS, ROOMS))
        for floor in range(1, FLOORS + 1)
        for n in range(1, ROOMS + 1)
    ]
    add_rooms(work, rooms)
    expect(work, _first_bus(work))
    facility = facility_coded(work, CODE)
    people = {row.id: row for row in waiting(work, facility.id)}
    parties = {row.id: str(row.party_id) for row in people.values() if row.party_id}
    found = suggestion(work, facility.id, people, parties)
    settle(work, [Placement(one.id, one.bed_id) for one in found.placed], {})
    for one, line in zip(found.placed, ("367 98 .", "384 95 ho"), strict=False):
        observe(work, one.id, 1, line)
    expect(work, [_guest(work, *who, Group.RETURNEE, "") for who in LATE])
    _households(work)


def _households(work: Work) -> None:
    """Two households in quarantine at home; of one some have been called, one does not answer."""
    began = work.today() - timedelta(days=3)
    for address, members in AT_HOME:
        people = [
            NewPerson(name, str(born), Sex.of(sex), phone, commune_code="02947", address=address)
            for name, sex, born, phone in members
        ]
        terms = Terms(Group.F1, began, began - timedelta(days=1), "BN201972")
        keys = begin_at_home(work, add_people(work, people).ids, terms)
        for key, line in zip(keys, (".", "378 97 ho", "k", "k"), strict=False):
            call(work, key, Channel.CALL, line)


def keep_books(work: Work) -> None:
    """Supplies of which one is scarce, two parcels at the gate, who is on duty."""
    facility = facility_coded(work, CODE).id
    items = keep_items(work, facility, [NewItem(*one[:3]) for one in SUPPLIES])
    pass_supplies(
        work,
        [
            Passing(key, Flow.IN, one[3], "Xe 24A-012.34")
            for key, one in zip(items, SUPPLIES, strict=True)
        ],
    )
    pass_supplies(work, [Passing(items[0], Flow.OUT, 6, "Tầng 1")])
    people = [row.person_id for row in beds(work, facility) if row.person_id is not None]
    parcels = [NewParcel(key, *one) for key, one in zip(people, PARCELS, strict=False)]
    hand_over(work, receive_parcels(work, facility, parcels)[:1])
    staff = {Duty.NURSE: 3, Duty.GUARD: 2, Duty.SERVICE: 2}
    set_staff(work, facility, staff, work.today(), "Lịch trực tháng")


def _first_bus(work: Work) -> list[NewArrival]:
    coming = [_guest(work, *who, Group.F1, "") for who in ALONE]
    for party, *members in FAMILIES:
        for at in range(0, len(members), 3):
            name, sex, born = members[at : at + 3]
            coming.append(_guest(work, str(name), str(sex), int(str(born)), Group.F1, str(party)))
    began = (work.today() - timedelta(days=14)).isoformat()
    early = [_guest(work, *who, Group.RETURNEE, "") for who in EARLY]
    return [*coming, *(one._replace(arrived=began) for one in early)]


def _guest(work: Work, name: str, sex: str, born: int, group: Group, party: str) -> NewArrival:
    today = work.today()
    contact = (today - timedelta(days=2)).isoformat() if group is Group.F1 else ""
    person = NewPerson(name, str(born), Sex.of(sex), commune_code="02947")
    case = "BN201972" if group is Group.F1 else ""
    return NewArrival(person, group, today.isoformat(), case, contact, party)
