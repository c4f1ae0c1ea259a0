"""Release on the command line, a file for each subject: the same verbs that buttons call."""

from modules.results.commands.changes import CHANGING
from modules.results.commands.release import RELEASING
from modules.results.commands.slips import VERIFYING
from modules.results.commands.telling import TELLING
from modules.results.sheets import NOTIFYING

COMMANDS = (*RELEASING, *CHANGING, *VERIFYING, *TELLING, *NOTIFYING)

__all__ = ["COMMANDS"]
