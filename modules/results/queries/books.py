"""The rules of release that a ministry or the unit can change: dated, with their source."""

from admin_suite.core.i18n import N_
from admin_suite.db.dated import RuleBook
from modules.results.rules import Contamination, Disclosure, Signatures

SIGNATURES = RuleBook("results.signatures", N_("How many persons release a result"), Signatures)
CONTAMINATION = RuleBook(
    "results.contamination", N_("When a result may have come out of its neighbour"), Contamination
)
DISCLOSURE = RuleBook(
    "results.disclosure", N_("How small a group is told without its results"), Disclosure
)
