"""The modules of the suite, in menu order. Adding one is one folder and one line here."""

INSTALLED = (
    "lab",
    "results",
    "venues",
)
