"""Papers of people at home: whom each kind concerns, and the record of who left without leave."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine import documents
from modules.quarantine.codes import Channel, Document, Group, Lack
from modules.quarantine.commands.leaving import make_papers
from modules.quarantine.queries.home_papers import (
    commune_choices,
    home_absconders,
    home_papers,
    without_paper,
)
from modules.quarantine.service import calls, cases, heads, home, papers
from modules.quarantine.service.home import Terms

TERMS = Terms(Group.F1, date(2021, 8, 12), date(2021, 8, 10))


def at_home(work, *names, commune="02947", address="Bản 3"):
    """A household of these people in quarantine at home since the 12th, until the 24th."""
    rows = [
        NewPerson(name, "1990", phone=f"07{n:08d}", commune_code=commune, address=address)
        for n, name in enumerate(names)
    ]
    return home.begin_at_home(work, add_people(work, rows).ids, TERMS)


def printed(work, draw, **values):
    out = io.BytesIO()
    with speaking("vi"):
        draw(work, values, out)
    pages = PdfReader(io.BytesIO(out.getvalue())).pages
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pages]


def asked(kind, **more):
    """What the command line gives to make papers."""
    nothing = dict.fromkeys(("facility", "quarantine", "commune", "at-home"))
    return {**nothing, "kind": kind, **more}


def leave_without_leave(work, clock, key, words):
    """Found missing by a visit, not found again."""
    calls.call(work, key, Channel.VISIT, "v")
    clock.pass_(hours=2)
    heads.abscond(work, [key], words)


def test_a_decision_is_wanted_of_each_in_quarantine_until_there_is_one(desk, clock):
    one, other = at_home(desk, "Lò Thị Mai", "Lò Văn Sơn")
    assert without_paper(desk, Document.DECISION) == [one, other]
    batch = papers.issue(desk, Document.DECISION, [one])
    rows = {row.id: row for row in home_papers(desk, Document.DECISION).rows}
    assert (rows[one].batch, rows[one].wanting, rows[other].wanting) == (batch, False, True)
    assert without_paper(desk, Document.DECISION) == [other]
    clock.pass_(days=12)  # followed up by now
    assert home_papers(desk, Document.DECISION).rows == []


def test_a_decision_that_a_list_brought_is_not_made_again(desk):
    [key] = at_home(desk, "Lò Thị Mai")
    desk.session.get_one(papers.Episode, key).decision_no = "45/QĐ-UBND"
    desk.session.flush()
    [row] = home_papers(desk, Document.DECISION).rows
    assert (row.number, row.wanting) == ("45/QĐ-UBND", False)


def test_an_extension_is_wanted_of_each_last_day_that_has_moved(desk, clock):
    keys = at_home(desk, "Lò Thị Mai", "Lò Văn Sơn", "Lò Thị Sua")
    assert home_papers(desk, Document.EXTENSION).rows == []
    clock.pass_(days=3)
    cases.confirm(desk, cases.report(desk, keys[0], "2021-08-16"), None)
    rows = home_papers(desk, Document.EXTENSION).rows
    assert [(row.id, row.former, row.wanting) for row in rows] == [
        (key, date(2021, 8, 24), True) for key in keys[1:]
    ]
    assert make_papers(desk, asked(Document.EXTENSION, **{"at-home": True})) == {
        "batch": 1,
        "papers": 2,
    }
    assert without_paper(desk, Document.EXTENSION) == []
    clock.pass_(days=3)
    cases.confirm(desk, cases.report(desk, keys[1], "2021-08-19"), None)
    assert without_paper(desk, Document.EXTENSION) == keys[2:]


def test_a_certificate_says_what_is_missing_and_is_not_made_without_it(desk, clock):
    at_home(desk, "Lò Thị Mai")
    assert home_papers(desk, Document.COMPLETION).rows == []
    clock.pass_(days=10)
    [row] = home_papers(desk, Document.COMPLETION).rows
    assert set(row.lacks) == {Lack.CLOCK, Lack.NO_TEST}
    assert not row.wanting
    with pytest.raises(UserError, match="Nobody at home is without"):
        make_papers(desk, asked(Document.COMPLETION, **{"at-home": True}))


def test_papers_are_made_for_one_commune(desk):
    here = at_home(desk, "Lò Thị Mai")
    there = at_home(desk, "Giàng A Páo", commune="02950")
    assert without_paper(desk, Document.DECISION, "02950") == there
    told = asked(Document.DECISION, commune="02947", **{"at-home": True})
    assert make_papers(desk, told)["papers"] == 1
    assert without_paper(desk, Document.DECISION) == there
    assert home_papers(desk, Document.DECISION, "02947").rows[0].id == here[0]


def test_the_record_of_who_left_home_names_the_home_and_when_heard_of_last(desk, clock):
    key, _mate = at_home(desk, "Lò Thị Mai", "Lò Văn Sơn")
    calls.call(desk, key, Channel.CALL, ".")
    clock.pass_(hours=1)
    leave_without_leave(desk, clock, key, "Hàng xóm thấy đi về phía chợ")
    [gone] = home_absconders(desk)
    assert (gone.who.id, gone.commune_code) == (key, "02947")
    [page] = printed(desk, documents.draw_absconded_home, day="2021-08-13")
    assert "LÒ THỊ MAI" in page.upper()
    assert "tại nhà, Bản 3" in page
    assert "Lần liên lạc gần nhất: 08:00 13/08/2021" in page
    assert "vắng mặt không phép lúc 11:00 13/08/2021" in page
    assert "Hàng xóm thấy đi về phía chợ" in page
    assert "Lò Văn Sơn" not in page
    assert [code for code, _name in commune_choices(desk)] == ["02947"]
    with pytest.raises(UserError, match="Nobody left home quarantine"):
        documents.draw_absconded_home(desk, {"day": "2021-08-13", "commune": "02950"}, io.BytesIO())
    with pytest.raises(UserError, match="Nobody left Trường"):  # the other place has its own
        documents.draw_absconded(desk, {"day": "2021-08-13"}, io.BytesIO())
    home.back_home(desk, [key])
    assert home_absconders(desk) == []
