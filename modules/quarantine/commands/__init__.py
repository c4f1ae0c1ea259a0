"""Quarantine on the command line: the same verbs and questions that pages use."""

from modules.quarantine.commands.allocate import ALLOCATING
from modules.quarantine.commands.deciding import DECIDING
from modules.quarantine.commands.home import AT_HOME
from modules.quarantine.commands.keeping import KEEPING
from modules.quarantine.commands.leaving import LEAVING
from modules.quarantine.commands.rules import RULES_OF_MEALS

COMMANDS = (*ALLOCATING, *LEAVING, *DECIDING, *AT_HOME, *KEEPING, *RULES_OF_MEALS)

__all__ = ["COMMANDS"]
