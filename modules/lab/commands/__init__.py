"""The laboratory on the command line, a file for each subject."""

from modules.lab.commands import rapid, tubes, waiting

COMMANDS = (*tubes.COMMANDS, *rapid.COMMANDS, *waiting.COMMANDS)
