"""Labels of 50 x 25 mm as the text that label printers understand (ZPL II, 8 dots to a mm).

Everything stands in UTF-8 (``^CI28``); the printer's own font A0 has the letters of Vietnamese
where the printer is newer than firmware V60.14, and an older one prints the number at least.
"""

import re

from admin_suite.documents.labels import Label

WIDE, TALL = 400, 200  # dots
MARKUP = re.compile(r"<[^>]+>")
COMMANDS = str.maketrans({"^": " ", "~": " ", "\\": " "})
MOST_LINES = 2


def zpl(label: Label) -> str:
    """One label: the QR code, the short number large beside it, the whole number, the words."""
    lines = [
        f"^FO168,{104 + 30 * at}^A0N,24,20^FB228,1,0,L^FD{_plain(words)}^FS"
        for at, words in enumerate(label.words[:MOST_LINES])
    ]
    return "\n".join(
        (
            "^XA^CI28",
            f"^PW{WIDE}^LL{TALL}",
            f"^FO12,16^BQN,2,6^FDMA,{label.number}^FS",
            f"^FO168,16^A0N,52,40^FD{_plain(label.short)}^FS",
            f"^FO168,74^A0N,26,24^FD{_plain(label.whole)}^FS",
            *lines,
            "^XZ",
            "",
        )
    )


def _plain(words: str) -> str:
    """Without mark-up, and without the signs that begin a command of the printer."""
    bare = MARKUP.sub("", words).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return bare.translate(COMMANDS)
