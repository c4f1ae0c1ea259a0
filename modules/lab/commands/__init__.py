"""The laboratory on the command line, a file for each subject."""

from modules.lab.commands import keeping, rapid, tubes, waiting

COMMANDS = (*tubes.COMMANDS, *keeping.COMMANDS, *rapid.COMMANDS, *waiting.COMMANDS)
