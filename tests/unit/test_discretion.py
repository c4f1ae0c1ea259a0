"""What goes wrong is written down without the names of those it happened to."""

import logging

import pytest

from admin_suite import app
from admin_suite.core import log
from admin_suite.registry import service
from modules import INSTALLED
from modules.lab import service as lab

NAMES = ("Lý Thanh Đức", "ly thanh duc", "1988", "0818730183", "010088001234")
HEADINGS = "STT;Họ và tên;Ngày sinh;Giới tính;SĐT;CCCD;Địa chỉ;Ngày giờ lấy mẫu"
LINE = "1;Lý Thanh Đức;12/07/1988;Nam;0818730183;010088001234;xã Điện Quan;12/08/2021 07:15"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder of our own, with the log in it."""
    monkeypatch.setattr(app, "data_folder", lambda: tmp_path / "data")
    monkeypatch.delenv("ADMIN_SUITE_DEBUG", raising=False)
    before = list(logging.getLogger().handlers)
    yield tmp_path / "data"
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture
def say(tmp_path, folder, monkeypatch, capsys):
    """The program as it is started; answers the status and what was said."""
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", "mot-hai-ba")

    def command(*words):
        database = str(tmp_path / "suite.db")
        status = app.main(INSTALLED, ["--db", database, "--as", "ha", "--lang", "en", *words])
        return status, "".join(capsys.readouterr())

    assert command("init", "--unit", "Trạm Y tế xã Kim Sơn", "--admin", "ha")[0] == 0
    return command


def written(folder):
    return "".join(f.read_text("utf-8") for f in folder.rglob("*") if f.is_file())


def raise_with(row):
    raise RuntimeError(f"cannot store {row}")


def break_the_database(work, rows):
    """What a bug does: a statement that the database refuses, with the row as its parameter."""
    work.session.connection().exec_driver_sql("INSERT INTO nowhere VALUES (?)", (str(rows),))


@pytest.mark.parametrize("failing", ["a verb", "the database"])
def test_an_import_that_crashes_writes_no_name_down(say, folder, tmp_path, monkeypatch, failing):
    def crash(work, people, *_more):
        if failing == "the database":
            break_the_database(work, people)
        raise_with(people)

    monkeypatch.setattr(lab, "add_people", crash)
    file = tmp_path / "list.csv"
    file.write_text(f"{HEADINGS}\n{LINE}\n", encoding="utf-8-sig")
    status, said = say("import", "lab.samples", str(file))
    assert (status, "A report is in" in said) == (1, True)
    told = written(folder) + said
    assert "crash" in told
    assert [name for name in NAMES if name in told] == []


@pytest.mark.logs
def test_the_log_says_where_an_error_happened_and_not_what_it_said(folder):
    log.write_to(folder)
    try:
        raise_with(service.NewPerson("Lý Thanh Đức"))
    except RuntimeError:
        logging.getLogger("admin_suite.test").exception("Unexpected error")
    told = written(folder)
    assert "RuntimeError" in told
    assert "raise_with" in told
    assert "Lý Thanh Đức" not in told
