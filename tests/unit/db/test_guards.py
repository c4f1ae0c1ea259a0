"""What the database itself refuses, whoever writes into it; on PostgreSQL without any trigger."""

import sqlite3
from contextlib import contextmanager

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from admin_suite.core.errors import UserError
from admin_suite.db import engine, guards
from admin_suite.db.complaints import constraint
from admin_suite.db.guards import NoOverlap, append_only, guarded
from admin_suite.db.types import UTCDateTime
from admin_suite.db.whole import examine
from admin_suite.registry.service import NewPerson
from admin_suite.registry.trail import note_backup
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult, NewSample
from modules.results import queries, service
from tests.conftest import forge

EMBEDDED_ONLY = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

# -- beds that nobody has built yet ---------------------------------------------------------------

BEDS = MetaData()
STAYS = Table(
    "stay",
    BEDS,
    Column("id", Integer, primary_key=True),
    Column("bed", Integer, index=True),
    Column("kind", String),
    Column("starts", UTCDateTime()),
    Column("ends", UTCDateTime()),
    Column("first", Date),
    Column("last", Date),
    **guarded(
        NoOverlap("ex_stay_bed", ("bed",), ("starts", "ends"), where="kind = 'STAY'"),
        NoOverlap("ex_stay_kind", ("bed",), ("first", "last"), differ="kind"),
    ),
)
DIARY = Table("diary", BEDS, Column("id", Integer, primary_key=True), Column("said", String))
DIARY.info |= append_only("diary")["info"]


def at(hour):
    return None if hour is None else f"2026-11-22 {hour:02d}:00:00.000000"


@pytest.fixture
def beds(url):
    opened = engine.open_migrator(url)
    with opened.begin() as connection:
        BEDS.drop_all(connection)
        BEDS.create_all(connection)
        guards.put_up(connection, BEDS)
        assert guards.missing(connection, BEDS) == []
    yield opened
    with opened.begin() as connection:
        BEDS.drop_all(connection)
    opened.dispose()


def stay(opened, bed, start, end, kind="STAY", days=(None, None)):
    """Book a bed from one hour to another; answers what refused it."""
    zone = "+00" if opened.dialect.name == "postgresql" else ""
    hours = [None if hour is None else at(hour) + zone for hour in (start, end)]
    given = dict(zip("abcdef", (bed, kind, *hours, *days), strict=True))
    query = (
        "INSERT INTO stay (bed, kind, starts, ends, first, last) VALUES (:a, :b, :c, :d, :e, :f)"
    )
    if opened.dialect.name == "postgresql":
        casts = (
            "CAST(:c AS timestamptz), CAST(:d AS timestamptz), CAST(:e AS date), CAST(:f AS date)"
        )
        query = query.replace(":c, :d, :e, :f", casts)
    try:
        with opened.begin() as connection:
            connection.execute(text(query), given)
    except IntegrityError as error:
        return constraint(error)
    return ""


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (8, 10, ""),  # half-open: the bed is free the moment it is left
        (12, None, ""),
        (9, 11, "ex_stay_bed"),
        (11, 13, "ex_stay_bed"),
        (8, 13, "ex_stay_bed"),
        (8, None, "ex_stay_bed"),
        (10, 12, "ex_stay_bed"),
    ],
)
def test_no_bed_is_booked_twice(beds, start, end, said):
    assert stay(beds, 1, 10, 12) == ""
    assert stay(beds, 1, start, end) == said
    assert stay(beds, 2, start, end) == ""
    assert stay(beds, None, start, end) == ""
    assert stay(beds, 1, 10, 12, kind="NOTE") == ""


def test_a_stay_without_an_end_takes_the_bed_for_ever(beds):
    assert stay(beds, 1, 10, None) == ""
    assert stay(beds, 1, 23, None) == "ex_stay_bed"


def test_a_stay_cannot_be_moved_over_another_one(beds):
    assert stay(beds, 1, 10, 12) == stay(beds, 1, 12, 14) == ""
    with pytest.raises(IntegrityError) as caught, beds.begin() as connection:
        connection.execute(text("UPDATE stay SET ends = NULL WHERE id = 1"))
    assert constraint(caught.value) == "ex_stay_bed"


def test_a_lock_and_a_stay_exclude_each_other_by_days(beds):
    days = ("2026-11-22", "2026-11-24")
    assert stay(beds, 1, 1, 2, "LOCK", days) == ""
    assert stay(beds, 1, 2, 3, "LOCK", days) == ""
    assert stay(beds, 1, 3, 4, "STAY", ("2026-11-23", "2026-11-24")) == "ex_stay_kind"
    assert stay(beds, 1, 3, 4, "STAY", ("2026-11-24", "2026-11-26")) == ""


def test_a_server_without_btree_gist_keeps_numbers_apart_and_says_what_it_cannot(
    postgres_url, monkeypatch
):
    monkeypatch.setattr(guards, "extended", lambda _connection: False)
    plain = MetaData()
    Table(
        "plain",
        plain,
        Column("id", Integer, primary_key=True),
        Column("bed", Integer),
        Column("first", Date),
        Column("last", Date),
        **guarded(NoOverlap("ex_plain_bed", ("bed",), ("first", "last"))),
    )
    opened = engine.open_migrator(postgres_url)
    query = "INSERT INTO plain VALUES (:n, :bed, '2026-11-22', '2026-11-24')"
    with opened.connect() as connection:
        plain.create_all(connection)
        guards.put_up(connection, plain)
        connection.execute(text(query), [{"n": 1, "bed": 1}, {"n": 2, "bed": 2}])
        with pytest.raises(IntegrityError) as caught, connection.begin_nested():
            connection.execute(text(query), {"n": 3, "bed": 1})
        assert constraint(caught.value) == "ex_plain_bed"
        BEDS.drop_all(connection)
        BEDS.create_all(connection)
        with pytest.raises(UserError, match="btree_gist"):
            guards.put_up(connection, BEDS)
    opened.dispose()


# -- what was told --------------------------------------------------------------------------------


@pytest.fixture
def released(suite, as_actor):
    """One released result by 1 and 2; one entered by 1 that waits, one tube that is expected."""
    with suite.database.work(as_actor(1)) as work:
        names = ("An", "Bình", "Cường")
        lab.register(work, [NewSample(NewPerson(name, "1985"), "2021-08-12") for name in names])
        first, _second, _third = there = tubes.tubes_at(work, Stage.EXPECTED)
        lab.receive(work, there[:2])
        numbers = [row.accession for row in tubes.samples(work)][:2]
        lab.enter(work, [NewResult(number, Outcome.NEGATIVE) for number in numbers])
    with suite.database.work(as_actor(2)) as work:
        service.sign(work, [first])
    return suite


EVERYWHERE = {
    "another outcome": "UPDATE lab_measurement SET outcome = 'POSITIVE' WHERE id = 1",
    "another word": "UPDATE lab_measurement SET reported = 'POSITIVE' WHERE id = 1",
    "another value": "UPDATE lab_measurement SET ct = '18' WHERE id = 1",
    "another day": "UPDATE lab_measurement SET tested_at = '2021-01-01' WHERE id = 1",
    "another author": "UPDATE lab_measurement SET entered_by = 3 WHERE id = 1",
    "another tube": "UPDATE lab_measurement SET tube_id = 3 WHERE id = 1",
    "a result deleted": "DELETE FROM lab_measurement WHERE id = 1",
    "a release of another tube": "UPDATE results_release SET measurement_id = 2",
    "a release of another outcome": "UPDATE results_release SET outcome = 'POSITIVE'",
    "a release of another author": "UPDATE results_release SET entered_by = 3",
    "released by its author": "UPDATE results_release SET released_by = 1",
    "checked by its author": "UPDATE results_release SET validated_by = 1",
    "a second result in force": (
        "INSERT INTO lab_measurement SELECT id + 9, version, tube_id, pooled, 'POSITIVE', "
        "'POSITIVE', current, method, ct, tested_at, entered_by, entered_at "
        "FROM lab_measurement WHERE id = 1"
    ),
    "a release that lies": (
        "INSERT INTO results_release (id, measurement_id, tube_id, outcome, reported, method, ct, "
        "tested_at, entered_by, persons, rule_id, validated_by, validated_at) "
        "SELECT 9, 2, 2, outcome, reported, method, ct, tested_at, 3, 2, rule_id, 1, validated_at "
        "FROM results_release"
    ),
    "a tube deleted": "DELETE FROM lab_tube WHERE id = 1",
    "pooled afterwards": "UPDATE lab_tube SET pooled = true WHERE id = 1",
}
EMBEDDED = {
    "an author before the release": "UPDATE lab_measurement SET entered_by = 3 WHERE id = 2",
    "a release deleted": "DELETE FROM results_release",
    "a release undone": "UPDATE results_release SET released_by = NULL, released_at = NULL",
    "a swab into another tube": "UPDATE lab_specimen SET tube_id = 2 WHERE tube_id = 1",
    "a swab out of its tube": "UPDATE lab_specimen SET tube_id = 3 WHERE tube_id = 1",
    "a swab into a tube with a result": "UPDATE lab_specimen SET tube_id = 1 WHERE tube_id = 3",
    "a swab taken out": "UPDATE lab_specimen SET voided_at = collected_at WHERE tube_id = 1",
    "a swab deleted": "DELETE FROM lab_specimen WHERE tube_id = 3",
    "a swab added": (
        "INSERT INTO lab_specimen (id, tube_id, person_id, row, collected_at, note) "
        "VALUES (9, 1, 3, 1, '', '')"
    ),
    "a number changed": "UPDATE lab_tube SET accession = '26BY0000000' WHERE id = 1",
    "a result written over": (
        "REPLACE INTO lab_measurement SELECT id, version, tube_id, pooled, 'POSITIVE', "
        "'POSITIVE', current, method, ct, tested_at, entered_by, entered_at "
        "FROM lab_measurement WHERE id = 1"
    ),
    "a release written over": "REPLACE INTO results_release SELECT * FROM results_release",
    "an entry of the trail edited": "UPDATE house_audit SET actor = 3 WHERE number = 1",
    "an entry removed": "DELETE FROM house_audit WHERE number = 1",
    "an entry written over": "REPLACE INTO house_audit SELECT * FROM house_audit",
    "an entry pushed out": (
        "REPLACE INTO house_audit SELECT id + 999, version, number, at, 3, verb, subject, "
        "first_id, last_id, detail, digests, hash FROM house_audit"
    ),
    "an anchor removed": "DELETE FROM house_anchor",
    "the salt changed": "UPDATE house_salt SET secret = x'00'",
}


def refused(connect, statements, kind):
    """Try each statement in a transaction of its own; answers those that were not refused."""
    through = []
    for name, statement in statements.items():
        try:
            with connect() as connection:
                connection(statement)
        except kind:
            continue
        through.append(name)
    return through


def test_both_engines_refuse_what_must_never_be(released):
    @contextmanager
    def suite_itself():
        with released.database.writer.begin() as connection:
            yield lambda statement: connection.execute(text(statement))

    assert refused(suite_itself, EVERYWHERE, IntegrityError) == []
    assert examine(released.database.readers).whole


@EMBEDDED_ONLY
def test_another_program_with_foreign_keys_off_is_refused_too(released, as_actor):
    with released.database.work(as_actor(1)) as work:
        note_backup(work, examine(released.database.readers).head)

    @contextmanager
    def other_program():
        other = sqlite3.connect(released.database.writer.url.database)
        try:
            with other:
                yield other.execute
        finally:
            other.close()

    assert refused(other_program, EVERYWHERE | EMBEDDED, sqlite3.IntegrityError) == []
    assert examine(released.database.readers).whole


def test_a_result_that_was_sent_back_gives_way_to_a_new_one(released, as_actor):
    with released.database.work(as_actor(2)) as work:
        service.validate(work, [2])
        service.send_back(work, [2], "Nhầm ống")
    with released.database.work(as_actor(1)) as work:
        [number] = [row.accession for row in tubes.samples(work) if row.tube_id == 2]
        lab.enter(work, [NewResult(number, Outcome.POSITIVE)])
    with released.database.work(as_actor(2)) as work:
        service.sign(work, [2])
    with released.database.read(as_actor(1)) as work:
        outcomes = {row.outcome for row in queries.released(work)}
    assert outcomes == {Outcome.NEGATIVE, Outcome.POSITIVE}


@EMBEDDED_ONLY
def test_a_refusal_of_a_guard_is_a_sentence(released):
    with pytest.raises(IntegrityError) as caught, released.database.writer.begin() as connection:
        connection.execute(text("DELETE FROM results_release"))
    assert str(released.explained(caught.value)) == "A release is never deleted."


def test_every_guard_has_a_sentence_or_is_the_houses_own(suite):
    named = {rule.name for table, rule in guards._rules(guards.Base.metadata)}
    assert {name for name in named if "_house_" not in name} <= suite.complaints.keys()


# -- guards that are gone -------------------------------------------------------------------------


@EMBEDDED_ONLY
def test_a_guard_that_was_taken_away_or_changed_is_told(released):
    name = "guard_kept_results_release_delete"
    with released.database.writer.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}"))
    assert name in examine(released.database.readers).damage[0]
    with released.database.writer.begin() as connection:
        connection.execute(
            text(f"CREATE TRIGGER {name} BEFORE DELETE ON results_release BEGIN SELECT 1; END")
        )
    assert name in examine(released.database.readers).damage[0]
    with released.database.writer.begin() as connection:
        forge(connection)
    assert examine(released.database.readers).whole


def test_the_guards_stand_after_every_migration(tmp_path):
    url = make_url(f"sqlite:///{tmp_path / 'suite.db'}")
    engine.bring_up_to_date(url)
    opened = engine.open_readers(url)
    assert examine(opened).whole
    opened.dispose()


@pytest.fixture
def station(postgres_url):
    """A schema of a role that is no superuser, as an installation has it."""
    address = make_url(postgres_url)
    admin = engine.open_migrator(address)
    with admin.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS post CASCADE"))
        connection.execute(text("DROP ROLE IF EXISTS keeper"))
        connection.execute(text("CREATE ROLE keeper LOGIN"))
        connection.execute(text("CREATE SCHEMA post AUTHORIZATION keeper"))
    own = address.set(username="keeper").update_query_dict({"options": "-csearch_path=post"})
    engine.bring_up_to_date(own)
    opened = engine.open_writer(own)
    yield opened
    opened.dispose()
    with admin.begin() as connection:
        connection.execute(text("DROP SCHEMA post CASCADE"))
        connection.execute(text("DROP ROLE keeper"))
    admin.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM results_release",
        "DELETE FROM lab_specimen",
        "TRUNCATE house_audit",
        "UPDATE house_audit SET actor = 3",
        "UPDATE lab_measurement SET entered_by = 3",
        "UPDATE results_release SET measurement_id = 2",
    ],
)
def test_on_postgresql_the_role_itself_lacks_the_right(station, statement):
    with pytest.raises(DBAPIError, match="permission denied"), station.begin() as connection:
        connection.execute(text(statement))
    with station.connect() as connection:
        assert guards.missing(connection) == []


def test_a_right_that_was_given_back_on_postgresql_is_told(station):
    with station.begin() as connection:
        connection.execute(text("GRANT DELETE ON results_release TO keeper"))
        assert guards.missing(connection) == ["kept_results_release"]
        guards.lift(connection)
        assert len(guards.missing(connection)) > 5
        guards.put_up(connection)
        assert guards.missing(connection) == []


def test_a_constraint_that_was_dropped_or_weakened_on_postgresql_is_told(station):
    lost = [
        ("results_release", "fk_results_release_told", ""),
        ("lab_measurement", "fk_lab_measurement_tube_id_pooled", ""),
        ("lab_measurement", "ck_lab_measurement_pool", "CHECK (outcome IS NOT NULL) NOT VALID"),
    ]
    with station.connect() as connection:
        for table, name, instead in lost:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
            if instead:
                added = f"ALTER TABLE {table} ADD CONSTRAINT {name} {instead}"
                connection.execute(text(added))
            assert guards.missing(connection) == [name]
            connection.rollback()
        assert guards.missing(connection) == []
