"""A list sent again is compared with what its sender wrote before."""

from hypothesis import given
from hypothesis import strategies as st

from admin_suite.excel.revision import compare, differences
from admin_suite.excel.told import Known
from admin_suite.registry.reading.again import keys_within

MATTER = ("collected_at", "pool")
ROW = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Lý An", "Lý Anh", "Vàng Bình", "Vàng Chi"]),
        "dob": st.sampled_from(["1985", "1985-03-07", "1990-01-02"]),
        "phone": st.sampled_from(["", "0912345678", "0912345679"]),
        "id_no": st.sampled_from(["", "010085001234"]),
        "pool": st.sampled_from(["", "G1", "G2"]),
    }
)
LISTS = st.lists(ROW.map(lambda row: {k: v for k, v in row.items() if v}), max_size=8)


def compared(before, now, days=()):
    there = [Known(at, "", at + 8, row) for at, row in enumerate(before)]
    return compare(now, there, lambda cells: keys_within(cells, MATTER), days=days)


def only(before, now):
    found = compared([before], [now])
    return "changed" if found.changed else "unchanged" if found.unchanged else "new"


@given(LISTS, LISTS)
def test_every_row_is_one_thing_and_no_record_is_meant_twice(before, now):
    found = compared(before, now)
    places = [*found.unchanged, *found.changed, *found.new]
    assert sorted(places) == list(range(len(now)))
    meant = [one.id for one in (*found.unchanged.values(), *found.changed.values(), *found.missing)]
    assert sorted(meant) == list(range(len(before)))
    assert all(differences(one.cells, now[at]) for at, one in found.changed.items())


@given(LISTS, st.randoms())
def test_the_same_rows_in_any_order_are_unchanged(rows, dice):
    again = list(rows)
    dice.shuffle(again)
    found = compared(rows, again)
    assert (len(found.unchanged), found.changed, found.new, found.missing) == (
        len(rows),
        {},
        [],
        [],
    )


def test_what_tells_that_a_row_is_the_same():
    row = {
        "name": "Sùng Thị Máy",
        "dob": "1962-06-27",
        "phone": "0396154567",
        "id_no": "063350993",
        "collected_at": "2021-08-13T13:35",
        "pool": "G008",
    }
    assert only(row, row | {"name": "Sùng Thị Quyên"}) == "changed"
    assert only(row, row | {"phone": "0396154568"}) == "changed"
    assert only(row, row | {"dob": "1963"}) == "changed"
    assert only(row, row | {"id_no": "063350994"}) == "changed"
    assert only(row, row | {"pool": "G009"}) == "changed"
    assert only(row, row | {"name": "Lý Văn An", "id_no": "010085001234"}) == "new"
    few = {"name": "Sùng Thị Máy", "dob": "1962", "collected_at": "2021-08-13", "pool": "G008"}
    assert only(few, few | {"dob": "1963"}) == "changed"
    assert only(few, few | {"name": "Sùng Thị Quyên"}) == "new"


def test_a_list_that_says_the_same_with_less_changes_nothing():
    """Another clerk writes the same people in capitals and with the years of their births."""
    person = {"name": "Lý Thị Hoa", "dob": "1985-03-07", "phone": "0912345678"}

    def again(**more):
        found = compared([person], [{**person, **more}], days=("dob",))
        return dict(differences(person, found.told[0])), bool(found.unchanged)

    assert again(name="LÝ THỊ HOA", dob="1985") == ({}, True)
    assert again(dob="1985-03") == ({}, True)
    assert again(dob="1986")[0] == {"dob": ("1985-03-07", "1986")}
    assert again(name="LÝ THỊ HÒA")[0] == {"name": ("Lý Thị Hoa", "LÝ THỊ HÒA")}
    assert again(name="Lý thị hoa")[0] == {"name": ("Lý Thị Hoa", "Lý thị hoa")}


def test_a_year_corrects_the_first_of_january_and_a_day_the_year():
    person = {"name": "Lý An", "dob": "1985-01-01", "phone": "0912345678"}
    year = {**person, "dob": "1985"}
    assert compared([person], [year], days=("dob",)).changed
    assert compared([year], [person], days=("dob",)).changed
