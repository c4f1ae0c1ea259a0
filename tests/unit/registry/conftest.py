"""The command line over a database of its own, for what lists bring and take."""

import json

import pytest

from admin_suite.cli.run import run
from tests.conftest import MODULES


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Run a command as the administrator; answers the status, the JSON and what was said."""
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", "mot-hai-ba")

    def command(who, *words):
        database = str(tmp_path / "cli.db")
        status = run(MODULES, ("--db", database, "--lang", "en", "--json", "--as", who, *words))
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    made = command("quan.tri", "init", "--unit", "Trung tâm Y tế Bảo Yên", "--admin", "quan.tri")
    assert made[0] == 0
    return command
