"""The books of a facility on the command line."""

import pytest

from admin_suite.core.errors import UserError
from modules.quarantine.codes import Payer
from modules.quarantine.commands.keeping import KEEPING
from modules.quarantine.queries.payers import payers
from modules.quarantine.service import stays
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person

COMMANDS = {command.name: command for command in KEEPING}


def run(work, name, **given):
    """What a command answers; options that are not named are empty."""
    command = COMMANDS[name]
    values = {one.name: [] if one.many else None for one in command.options}
    return command.run(work, values | {key.replace("_", "-"): v for key, v in given.items()})


def test_a_supply_is_begun_filled_and_emptied(desk):
    with pytest.raises(UserError, match="There is no supply “Gạo”"):
        run(desk, "supply", facility="NT", item="Gạo")
    told = {"facility": "NT", "item": "Gạo"}
    assert run(desk, "supply", **told, unit="kg", least=20, **{"in": 50, "out": 35})["left"] == 15
    [row] = run(desk, "supplies", facility="NT")
    assert (row.name, row.left, row.unit, row.least) == ("Gạo", 15, "kg", 20)
    assert run(desk, "supply", **told, counted=12, note="An đếm")["left"] == 12
    [row] = run(desk, "supplies", facility="NT")
    assert (row.unit, row.least) == ("kg", 20)


def test_the_payer_of_a_person_and_of_groups(desk):
    key = person(desk)
    stays.admit(desk, [Placement(key, bed(desk, "101"))])
    run(desk, "payers", payer=["F1=SPONSOR"], otherwise="STATE", source="QĐ 9")
    assert payers(desk).rows[0].payer is Payer.SPONSOR
    assert run(desk, "payer", quarantine=[key], payer="EMPLOYER") == {"people": 1}
    assert payers(desk).rows[0].payer is Payer.EMPLOYER
    for wrong in ("F1", "F1=NOBODY", "F9=SELF"):
        with pytest.raises(UserError):
            run(desk, "payers", payer=[wrong], otherwise="STATE", source="QĐ 9")


def test_staff_and_norm_make_a_limit(desk):
    assert run(desk, "capacity", facility="NT")["limited"] is False
    run(desk, "norms", people=["NURSE=3"], source="QĐ 7")
    run(desk, "staff", facility="NT", number=["NURSE=2"], source="Lịch trực")
    found = run(desk, "capacity", facility="NT")
    assert (found["limited"], found["left"]) == (True, 6)
    with pytest.raises(UserError, match="not a pair"):
        run(desk, "staff", facility="NT", number=["NURSE=hai"], source="Lịch trực")
