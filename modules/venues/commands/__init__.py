"""Venues on the command line, a file for each subject: the same verbs that buttons call."""

from modules.venues.commands import codes, keeping, rules, visits

COMMANDS = (*codes.COMMANDS, *keeping.COMMANDS, *visits.COMMANDS, *rules.COMMANDS)
