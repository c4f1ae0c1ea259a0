"""What happened to tubes before their way was written down is told of them after the upgrade."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import MetaData, text
from sqlalchemy.engine import make_url

from admin_suite.core.identity import new_uids
from admin_suite.core.permissions import Actor
from admin_suite.db import engine, migrate
from admin_suite.setting_up import seed
from admin_suite.suite import open_suite
from modules.lab import queries, service
from modules.lab.codes import Again, Stage
from modules.lab.day import history
from tests.conftest import EVERYTHING, MODULES

BEFORE = "20261128_1_tubes"  # the way of tubes comes with the next one
MORNING = datetime(2021, 8, 12, 1, tzinfo=UTC)
STAGES = ("EXPECTED", "RECEIVED", "MEASURED", "CHECKED", "RELEASED", "REJECTED", "CANCELLED")
POOL, LATER = len(STAGES) + 1, len(STAGES) + 2  # tubes: a positive pool, a swab taken after it
TOLD = {"outcome": "NEGATIVE", "reported": "NEGATIVE", "method": "PCR", "ct": "N 24.5"}
TOLD |= {"tested_at": "2021-08-12T10:00", "entered_by": 1}
UIDS = new_uids(MORNING, LATER + 1)
PERSON = {"folded": "ly", "sorted": "ly", "dob": "1985", "phone": "", "id_no": ""}
PERSON |= {"insurance_no": "", "commune_code": "", "address": ""}


def hour(dialect, hours):
    moment = MORNING + timedelta(hours=hours)
    return moment if dialect == "postgresql" else f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def tube(dialect, number, stage, pooled=False):
    row = {"id": number, "uid": UIDS[number], "accession": f"21BY00000{number}", "list_id": 1}
    row |= {"code": f"G{number}", "pooled": pooled, "stage": stage, "state": "RECEIVED"}
    row |= {"stated": 1, "unfit_note": ""}
    if stage in {"EXPECTED", "CANCELLED"}:
        return row | {"state": "COLLECTED" if stage == "EXPECTED" else "CANCELLED"}
    row |= {"received_at": hour(dialect, 1), "received_by": 1}
    if stage == "REJECTED":
        rejected = {"unfit": "BROKEN", "rejected_at": hour(dialect, 2), "rejected_by": 1}
        row |= {"state": "REJECTED", **rejected}
    return row


def rows(dialect):
    """A laboratory with a tube at every stage, checked and released by the second colleague."""
    yield "house_salt", {"id": 1, "secret": b"0123"}
    rule = {"code": "results.signatures", "scope": "", "valid_from": date(1900, 1, 1)}
    yield "house_rule", {**rule, "id": 1, "source": "x", "adopted": True, "content": "{}"}
    unit = {"name": "Trạm Y tế", "folded": "tram y te", "parent": "", "place": "", "site": "BY"}
    yield "registry_unit", {"id": 1, "own": 1, **unit}
    for n in (1, 2):
        user = {"name": f"no {n}", "full_name": f"no {n}", "role": "ADMIN", "password": ""}
        yield "registry_user", {"id": n, "active": True, "failed": 0, **user}
    yield "lab_list", {"id": 1, "sender_id": 1, "title": "DS", "collected_on": date(2021, 8, 12)}
    for n in (1, 2):
        yield "registry_person", {"id": n, "uid": f"p{n}", "name": f"Lý {n}", **PERSON}
    for n, stage in enumerate((*STAGES, "RELEASED", "EXPECTED"), start=1):
        yield "lab_tube", tube(dialect, n, stage, n == POOL)
    there = [(n, 1) for n in range(1, POOL)] + [(POOL, 1), (POOL, 2), (LATER, 2)]
    for key, (n, person) in enumerate(there, start=1):
        day = "2021-08-13" if n == LATER else "2021-08-12T07:15"
        swab = {"uid": f"s{key}", "row": key, "collected_at": day, "note": ""}
        yield "lab_specimen", {"id": key, "tube_id": n, "person_id": person, **swab}
    yield from measured(dialect)


def measured(dialect):
    """Results: one sent back and entered anew, one checked, two released."""
    measurements = ((1, 3, False), (2, 3, True), (3, 4, True), (4, 5, True), (5, POOL, True))
    pool = {"outcome": "AWAITING_SINGLES", "reported": "POSITIVE"}
    told = {}
    for key, n, current in measurements:
        told[key] = {"tube_id": n, **TOLD, **(pool if n == POOL else {})}
        row = {"pooled": n == POOL, "current": current, "entered_at": hour(dialect, 4)}
        yield "lab_measurement", {"id": key, **told[key], **row}
    for key, more in (
        (1, {"returned_by": 2, "returned_at": hour(dialect, 6), "reason": "lại"}),
        (3, {}),
        (4, {"released_by": 2, "released_at": hour(dialect, 9)}),
        (5, {"released_by": 2, "released_at": hour(dialect, 9)}),
    ):
        checked = {"persons": 2, "rule_id": 1, "validated_by": 2}
        checked |= {"validated_at": hour(dialect, 5)}
        yield "results_release", {"id": key, "measurement_id": key, **told[key], **checked, **more}


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request, tmp_path):
    """A database of that time; answers its address."""
    if request.param == "sqlite":
        address = make_url(f"sqlite:///{tmp_path / 'suite.db'}")
        filled(address)
        yield address
        return
    whole = make_url(request.getfixturevalue("postgres_url"))
    with closing_engine(whole) as opened, opened.begin() as connection:
        connection.execute(text("CREATE SCHEMA earlier"))
    address = whole.update_query_dict({"options": "-csearch_path=earlier"})
    filled(address)
    yield address
    with closing_engine(whole) as opened, opened.begin() as connection:
        connection.execute(text("DROP SCHEMA earlier CASCADE"))


class closing_engine(closing):  # noqa: N801 - reads as the one of the library
    """An engine for as long as it is needed."""

    def __init__(self, address):
        opened = engine.open_migrator(address)
        opened.close = opened.dispose
        super().__init__(opened)


def filled(address):
    with closing_engine(address) as opened, opened.connect() as connection:
        command.upgrade(migrate.settings(connection), BEFORE)
        known = MetaData()
        known.reflect(connection)
        numbered = {}
        for name, row in rows(connection.dialect.name):
            connection.execute(known.tables[name].insert().values(row))
            numbered[name] = row["id"]
        if connection.dialect.name == "postgresql":
            for name, last in numbered.items():
                sequence = {"name": name, "last": last}
                counted = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
                connection.execute(text(counted), sequence)
        connection.commit()


@pytest.fixture
def upgraded(old):
    engine.bring_up_to_date(old)
    suite = open_suite(MODULES, old, Actor(1, "no 1", EVERYTHING))
    with suite.database.work(suite.actor) as work:
        seed(work, MODULES)  # as the first sign-in does
    yield suite
    suite.close()


def test_the_way_of_every_tube_is_filled_in(upgraded):
    asked = 'SELECT tube_id, stage, "by" FROM lab_passage ORDER BY tube_id, id'
    with upgraded.database.read(upgraded.actor) as work:
        known = [tuple(row) for row in work.session.execute(text(asked))]
        told = {n: [one.title for one in history(work, n)] for n in range(1, LATER + 1)}
        since = queries.released_since(work, list(told))
    assert known == [
        (3, "CHECKED", 2),  # and sent back since
        (4, "CHECKED", 2),
        (5, "CHECKED", 2),
        (5, "RELEASED", 2),
        (POOL, "CHECKED", 2),
        (POOL, "RELEASED", 2),
    ]
    assert told[1] == ["Registered"]
    assert told[2] == ["Received", "Registered"]
    assert told[5][:4] == [Stage.RELEASED.word, "Checked", "Measured", "Received"]
    assert told[6][:2] == ["Rejected", "Received"]
    assert since == dict.fromkeys((5, POOL), MORNING + timedelta(hours=9))


def test_the_pools_of_before_ask_for_new_swabs_of_whoever_has_none(upgraded):
    with upgraded.database.read(upgraded.actor) as work:
        tasks = queries.open_tasks(work)
    assert [(one.person_id, one.why) for one in tasks] == [(1, Again.POOL)]


def test_what_was_released_before_is_thrown_away_by_the_rule_of_today(upgraded):
    with upgraded.database.work(upgraded.actor) as work:
        assert service.dispose(work, [5]) == 1
        assert queries.lettering(work).covers_site(2026, 1) is False
