"""What is what below the headings: records, lines above groups, totals, headings again, signatures.

Reading goes on to the last row that looks like a record. What stands below it and is none is kept
as *left*, so that nobody has to guess what was not read.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import and_, gt
from string import ascii_uppercase
from typing import Any

from admin_suite.excel import headings
from admin_suite.excel.grid import Grid, blank, plain
from admin_suite.excel.layout import ALIKE, FEW, Layout, Total
from admin_suite.excel.parts import DAY, TUBE, Parts, is_remark, kind_of
from admin_suite.excel.sheet import Sheet
from admin_suite.excel.totals import TOTAL, counted, stated
from admin_suite.excel.words import WORD, as_marked, loose, marked, unmarked, words

KEPT = 8192
SIGNED = re.compile(
    r"nguoi lap|lap (?:bieu|bang|danh sach)|ky ten|ky ghi ro|\bky nhay|thu truong"
    r"|truong tram|tram truong"
    r"|giam doc|(?<!dich vu )(?<!van phong )ke toan|(?<!van phong )dai dien"
    r"|^ghi chu(?: |$)|xac nhan cua|dong dau|^t ?m |^kt |^tuq |nguoi lay mau$|noi nhan"
    r"|chu tich|can bo lay mau$|nguoi (?:giao|nhan|kiem tra|tong hop)|^luu y|^chu thich"
    r"|truong (?:phong|khoa|ban|doan)|phu trach|^can bo (?:tong hop|lap|thong ke|giao|nhan)"
    r"|^(?:dai dien )?ben (?:giao|nhan)\b"
    r"|lanh dao (?:don vi|khoa|phong|trung tam|tram|ubnd)|^lanh dao$"
)
SPELLED = as_marked(  # the words of signatures: "Thu Trường" and "Trường bắn" are names
    [
        """người lập biểu bảng danh sách ký tên ghi rõ nháy thủ trưởng trạm giám đốc kế toán chú
        thích xác nhận của đóng dấu lấy mẫu nơi chủ tịch cán bộ giao bên kiểm tra tổng hợp đại diện
        lưu ý phòng khoa ban bản đoàn phụ trách thống kê lãnh đạo đơn vị trung tâm"""
    ]
)
PLACED = re.compile(r"[^\d,]{2,40}, *ngay [\d. …]* *thang|^ngay [. …]+thang")
MOMENT = re.compile(r"\d{1,4}[-:/.][-\d:/. ]*\d")  # a day or an hour: no total begins with one
ORDINAL = re.compile(r"[(\[]?\s*(?:\d{1,3}|[a-zA-Z])\s*(?:=[^)]*)?[)\]]?")
EXAMPLES = {"vi du", "vd", "example", "mau"}
COUNT = re.compile(r"[(\s]*\d{1,6}\s*[.):/]*\s*")
GROUP = re.compile(
    r"(?:(?:[ivxlc]+|[a-zđ]|\d{1,3})\s*[.)/:\-]\s*)?(?:thôn|bản|tổ|tdp|tổ dân phố"
    r"|xã|thị trấn|tt|khu phố|khu"
    r"|xóm|phường|ấp|đội|cụm|trường|công ty|cơ quan|đơn vị|nhóm|lớp|bệnh viện|trạm|hộ|gia đình"
    r"|khối|phòng"
    r"|thon|tdp|to dan pho|thi tran|khu pho|đối tượng|diện|đợt|danh sách)(?![\w'])"
)
ORDERED = re.compile(r"(?:[IVXLC]+|[A-ZĐa-z])\s*[.)/:\-]*")
SUSPECT = frozenset(
    loose(
        """tong cong tc total danh so ds nguoi lap ky thu truong tram giam ke ghi xac dong t tm kt
        tuq noi chu can dai luu phu ngay thon ban to tdp xa thi tt khu xom phuong ap doi cum co don
        nhom lop benh ho gia khoi phong dien dot stt ten name full"""
    ).split(" ")
)
MIDDLE, DIGIT = " Thị ", re.compile(r"\d")  # only at the beginning may it make a text name a town
LINE = re.compile(
    r"\s*(?:(?:[IVXLC]+|[A-ZĐ]|\d{1,2})\s*[.)/:]|[IVX]+\s*$|ngày\b|thứ\b)", re.IGNORECASE
)
NAMED, TOTALLED, GROUPED = "named", "total", "group"  # rows that wait: a name alone, a total ...
GRANDLY = re.compile(r"(?:số|cộng|so|cong)\s+(?=\w)")
GRAND = ("tổng cộng", "tổng số", "tong cong", "tong so", "tc")
SIGNATURE = 500  # letters of a cell that may tell that somebody signs there, or be a heading
RICH = 3  # cells of a record that needs no number to be one


def walk(sheet: Sheet[Any], grid: Grid, layout: Layout) -> None:
    """Say of every row below the headings what it is."""
    _Walk(sheet, grid, layout, _leads(sheet, layout.seats)).run()


def _leads(sheet: Sheet[Any], found: headings.Seats) -> list[int]:
    """The columns that say that a row is a row: the required ones, or what stands for them."""
    required = [c.field for c in sheet.columns if c.required]
    names = [c.field for c in sheet.columns if c.required or c.serves in required]
    places = [found.places[name] for name in names if name in found.places]
    places = [place for place in places if place != found.number]
    return places or [min(found.places.values())]


@lru_cache(KEPT)
def _is_syllable(word: str) -> bool:
    """Whether a word only occurs in names: no sign, no beginning of a total or a group."""
    return word.isalpha() and unmarked(word) not in SUSPECT


@lru_cache(KEPT)
def _is_signature(cell: str) -> bool:
    begun = cell[:SIGNATURE]
    return bool(SIGNED.search(_as_signed(begun)) or PLACED.search(unmarked(begun)))


def _as_signed(text: str) -> str:
    """A text without marks, but for words that signatures write with other marks."""
    return " ".join(
        loose(word) if word.isascii() or word in SPELLED.get(loose(word), {word}) else word
        for word in WORD.findall(marked(text))
    )


class _Walk:
    """Goes down the rows below the headings and says of each what it is."""

    def __init__(self, sheet: Sheet[Any], grid: Grid, layout: Layout, leads: Sequence[int]) -> None:
        self.sheet, self.grid, self.layout, self.leads = sheet, grid, layout, leads
        self.number = layout.seats.number
        taken = {*leads, *(() if self.number is None else (self.number,))}
        self.others = sorted(set(layout.seats.places.values()) - taken)
        rows = grid.rows[max(layout.top - 1, 0) : layout.first]
        cells = [cell for row in rows for cell in row[: layout.end]]
        self.written = {cell for cell in cells if isinstance(cell, str)}
        self.heads = {words(plain(cell)[:SIGNATURE]) for cell in cells if not blank(cell)}
        self.days = {head for head in self.heads if head[:1].isdigit()}
        places = layout.seats.places
        self.required = [places[c.field] for c in sheet.columns if c.required and c.field in places]
        self.parts, self.ended = Parts(), False
        self.odd: dict[Any, bool] = {}
        self.waiting: list[tuple[int, str]] = []  # rows with a name alone, or none of all this
        self.totals: list[tuple[Total, str]] = []

    def run(self) -> None:
        """Fill in what the layout holds of the rows."""
        rows, first = self.grid.rows, self.layout.first
        usual, at = [*self._usual(range(first, len(rows))), False], first
        while at < len(rows):
            if usual[at - first] and (self.number is not None or not self.ended):
                end = usual.index(False, at - first) + first
                self._take(range(at, end))
                at = end
                continue
            if self._is_record(at, rows[at]):
                self._take(range(at, at + 1))
            elif self.layout.below:
                break
            at += 1
        self._look_above()
        self._finish()

    def _look_above(self) -> None:
        """A total of people that stands in the title: ``Tổng số: 45 người``."""
        for at, row in enumerate(self.grid.rows[: self.layout.top]):
            for text in (marked(cell) for cell in row if isinstance(cell, str)):
                if TOTAL.match(text) and (people := counted(self.sheet, text)):
                    self.layout.totals.append(Total(at, (int(people[0]),)))

    def _usual(self, rows: range) -> list[bool]:
        """Which rows surely are records, seen at a glance, column by column.

        Without numbers that holds only above the signatures.
        """
        if not self.others or not rows:
            return [False] * len(rows)
        [names] = self.grid.columns(rows, [self.leads[0]])
        self._look_at_names(names)
        told = self.grid.parts(rows, self.others)
        if self.number is None:
            full = [sum(map(bool, row)) >= RICH for row in told]
        else:
            [numbers] = self.grid.columns(rows, [self.number])
            counted = [n.isdecimal() if isinstance(n, str) else bool(n) for n in numbers]
            full = list(map(and_, map(any, told), counted))
        odd = list(map(self.odd.__getitem__, names))
        return list(map(gt, full, odd))

    def _look_at_names(self, names: Sequence[Any]) -> None:
        """Say of each different name whether it is odd; few are, for they share their syllables."""
        different = set(names) - self.odd.keys()
        texts = [name for name in different if isinstance(name, str)]
        every = set("\n".join(texts).replace(MIDDLE, " ").split())
        odd = every.difference(filter(_is_syllable, every))
        for name in texts:
            syllables = name.replace(MIDDLE, " ").split() if odd else name.strip()
            if syllables and (odd.isdisjoint(syllables) or self._is_moment(name)):
                self.odd[name] = name in self.written
        for name in different - self.odd.keys():
            self._is_odd(name)

    def _is_odd(self, name: Any) -> bool:
        known = self.odd.get(name)
        if known is None:
            known = not isinstance(name, str) or blank(name)
            known = known or (not all(map(_is_syllable, name.split())) and self._is_no_name(name))
            known = known or name in self.written
            self.odd[name] = known
        return known

    def _is_moment(self, name: str) -> bool:
        return bool(MOMENT.fullmatch(name)) and not (self.days and words(name) in self.days)

    def _is_no_name(self, name: str) -> bool:
        text, written = words(name), marked(name)
        no_name = not text or text.isdecimal() or text in self.heads
        return bool(no_name or TOTAL.match(written) or GROUP.match(written) or _is_signature(name))

    def _take(self, records: range) -> None:
        """Take rows one below the other, and the bare names that waited above them."""
        taken = [at for at, kind in self.waiting if kind == NAMED]
        self.layout.between += [at for at, kind in self.waiting if not kind]
        self.waiting.clear()
        taken += records
        self.layout.rows += taken
        self.layout.sections += [self.parts.section] * len(taken)
        self.parts.begun = True

    def _is_record(self, at: int, row: Sequence[Any]) -> bool:
        filled = {c: cell for c, cell in enumerate(row[: self.layout.end]) if not blank(cell)}
        texts = {c: cell for c, cell in filled.items() if isinstance(cell, str)}
        numbered = self.number in filled and bool(COUNT.fullmatch(plain(filled[self.number])))
        empty = not filled or (numbered and len(filled) == 1) or self._is_example(filled)
        known = empty or self._is_head(at, filled, texts) or self._goes_on(at, filled)
        if known or self._is_total(at, filled, texts, numbered=numbered):
            return False
        if self._is_group(filled, texts):
            return self._begin(at, texts)
        if not numbered:
            return self._is_unnumbered(at, filled, texts)
        told = any(c in filled for c in (*self.leads, *self.others))
        self.waiting += [] if told else [(at, "")]
        return told

    def _is_unnumbered(self, at: int, filled: Mapping[int, Any], texts: Mapping[int, str]) -> bool:
        """Whether a row without a number is a record: it says enough, or names somebody."""
        named = sum(c in (texts if self.ended else filled) for c in self.leads)
        told = [c for c in self.others if c in filled]
        signed = [c for c, cell in texts.items() if _is_signature(cell)]
        sure = [c for c in told if c not in signed and DIGIT.search(plain(filled[c]))]
        if signed and len(sure) < FEW and not self._is_whole(filled):
            self.ended = True
        elif len(told) + named >= (RICH if self.ended else FEW) and (
            (sure and (named or not self.ended))
            or (named and not self.ended and named + len(told) > 1)
        ):
            return True
        said = {plain(cell) for c, cell in filled.items() if not self._is_ordinal(c, cell)}
        single = len(said) == 1 and len(texts) == len(filled)
        lone = named and set(filled) <= {*self.leads} and not signed and not self.ended
        if lone and not self._is_odd(filled.get(self.leads[0])) and self._is_family(filled):
            self.waiting.append((at, NAMED))
        elif single and not signed and not self.ended:
            self._begin(at, texts)
        else:
            self.waiting.append((at, ""))
        return False

    def _is_ordinal(self, column: int, cell: Any) -> bool:
        """Whether the number of a line is one of groups: ``II`` or ``B`` where people count."""
        return column == self.number and ORDERED.fullmatch(plain(cell)) is not None

    def _is_whole(self, filled: Mapping[int, Any]) -> bool:
        """Whether all is there that a record must have; of one thing alone that says nothing."""
        return len(self.required) > 1 and all(c in filled for c in self.required)

    def _is_family(self, filled: Mapping[int, Any]) -> bool:
        """Whether a lone name begins as other names of the list do."""
        if self.leads[0] not in filled:
            return False
        names = (plain(self.grid.cell(at, self.leads[0])) for at in self.layout.rows)
        families = {name.split()[0].casefold() for name in names if name}
        return plain(filled[self.leads[0]]).split()[0].casefold() in families

    def _begin(self, at: int, texts: Mapping[int, str]) -> bool:
        """A line above a group begins it."""
        line = max((plain(text) for text in texts.values()), key=len)
        if not is_remark(line):
            number = -1 if self.number is None else self.number
            self.parts.begin(line, plain(texts.get(number, "")))
        sure = any(GROUP.match(marked(text)) or LINE.match(text) for text in texts.values())
        sure = sure or kind_of(line) in {DAY, TUBE}
        self.waiting.append((at, GROUPED if sure else ""))
        return False

    def _goes_on(self, at: int, filled: Mapping[int, Any]) -> bool:
        """Whether one cell goes on with the one above it, which ends with a comma or a dash."""
        if len(filled) > 1 or at - 1 not in self.layout.rows[-1:]:
            return False
        [column] = filled
        above = plain(self.grid.cell(at - 1, column))
        if column not in self.others or not above.endswith((",", ";", "-", "\u2013")):
            return False
        self.waiting.append((at, ""))
        return True

    def _is_group(self, filled: Mapping[int, Any], texts: Mapping[int, str]) -> bool:
        """Whether this line names the group that follows: a hamlet, a school, a day."""
        told = [c for c in self.others if c in filled and c not in texts]
        if self.sheet.of_places and not self._stands_alone(filled):
            return False
        if len(filled) > 1 and set(filled) <= {*self.others}:  # a row that lacks its name
            return False
        places = [c for c, text in texts.items() if GROUP.match(marked(text))]
        if not places or len(told) > 1 or any(_is_signature(text) for text in texts.values()):
            return False
        named = self.leads[0] in places or not any(c in filled for c in self.leads)
        return named and len(set(map(plain, filled.values()))) <= FEW + len(told)

    def _stands_alone(self, filled: Mapping[int, Any]) -> bool:
        """Whether a row says one thing only: of places, whose names begin as groups do."""
        said = {plain(cell) for c, cell in filled.items() if c != self.number}
        number = plain(filled.get(self.number)) if self.number is not None else ""
        return len(said) == 1 and not COUNT.fullmatch(number)

    def _is_example(self, filled: Mapping[int, Any]) -> bool:
        """A row of our own template that shows how rows are written."""
        if self.number is None:
            return False
        return words(plain(filled.get(self.number))) in EXAMPLES

    def _is_head(self, at: int, filled: Mapping[int, Any], texts: Mapping[int, str]) -> bool:
        """Whether the headings come again, or their numbers, or those of another table."""
        again = sum(words(text.strip()[:SIGNATURE]) in self.heads for text in texts.values())
        if again >= FEW and again * 10 >= len(filled) * 6:
            self._end_if_moved(at, filled)
            return True
        if len(filled) >= ALIKE and all(ORDINAL.fullmatch(plain(c)) for c in filled.values()):
            orders = [plain(cell) for cell in filled.values()]
            return orders[0].startswith(("(", "[")) or _counts_columns(orders)
        liked = [c for c, text in texts.items() if headings.likes(self.sheet, text)]
        if len(liked) < ALIKE or len(liked) * 10 < len(filled) * 6:
            return False
        self._end_if_moved(at, filled)
        return True

    def _end_if_moved(self, at: int, filled: Mapping[int, Any]) -> None:
        """End the list where headings do not stand above the same columns as the first ones."""
        texts = [[plain(filled[c])] if c in filled else [] for c in range(self.layout.end)]
        places = headings.seats(self.sheet, texts, {}).places
        known = self.layout.seats.places
        moved = {name for name, place in places.items() if known.get(name, place) != place}
        elsewhere = FEW <= len(places) == sum(known.get(n) != at for n, at in places.items())
        exchanged = moved and {places[n] for n in moved} == {known[n] for n in moved}
        most = len(moved) >= ALIKE and len(moved) * 2 > len(places)
        if most or exchanged or (moved and elsewhere):
            self.layout.below = at

    def _is_total(
        self, at: int, filled: Mapping[int, Any], texts: Mapping[int, str], *, numbered: bool
    ) -> bool:
        begun = (text[:SIGNATURE] for text in texts.values())
        said = next((text for text in begun if TOTAL.match(marked(text))), None)
        told = sum(c in filled for c in self.others)
        if said is None or (numbered and told) or len(texts) > max(ALIKE, len(self.others) // 2):
            return False
        numbers = stated(
            self.sheet,
            [plain(c) for c in filled.values() if not isinstance(c, str) or DIGIT.search(c)],
        )
        self.totals.append((Total(at, numbers), " ".join(map(plain, texts.values()))))
        self.ended = self.ended or marked(said).lstrip().startswith(GRAND)
        self.waiting.append((at, TOTALLED))
        return True

    def _finish(self) -> None:
        """What is left below the list, and which of its totals are of all of it."""
        layout, rows = self.layout, self.grid.rows
        last = layout.rows[-1] if layout.rows else layout.first - 1
        if layout.below:
            self.waiting += [
                (at, "")
                for at in range(layout.below, len(rows))
                if any(not blank(cell) for cell in rows[at][: layout.end])
            ]
        layout.left = [at for at, kind in self.waiting if kind != TOTALLED and at > last]
        layout.footer = [
            plain(cell) for at in layout.left for cell in rows[at][: layout.end] if not blank(cell)
        ]
        several = len(self.totals) > 1
        for total, said in self.totals:
            section = self.parts.section
            here = layout.sections.count(section) if section else 0
            group = _of_a_group(said, section.replace("\n", " "), several) or (
                here in total.stated and not marked(said).startswith(GRAND)
            )
            if total.row > last and total.stated and not group:
                layout.totals.append(total)


def _counts_columns(orders: Sequence[str]) -> bool:
    """Whether cells number the columns: ``1 2 3``, ``A B 1 2``, ``A 1 2=1+3 3``."""
    bare = [order.partition("=")[0].strip("()[] ") for order in orders]
    numbers = [order for order in bare if not order.isalpha()]
    letters = [order.upper() for order in bare[: len(bare) - len(numbers)]]
    return numbers == list(map(str, range(1, len(numbers) + 1))) and letters == list(
        ascii_uppercase[: len(letters)]
    )


def _of_a_group(said: str, section: str, several: bool) -> bool:
    """Whether a total counts only one group: it names the group, or is a mere ``Cộng`` of many."""
    written = marked(said)
    rest = TOTAL.sub("", written.split(":")[0], count=1).strip(" :.0123456789-")
    if named := GRANDLY.match(rest):  # "Tổng số xã Cam Cọn" is of the part that it names
        rest = rest[named.end() :].partition("(")[0].strip()
        return len(rest) > FEW and f" {loose(rest)} " in f" {loose(section)} "
    if GROUP.match(rest) or (len(rest) > FEW and f" {loose(rest)} " in f" {loose(section)} "):
        return True
    return several and written.startswith(("cộng", "cong"))
