"""Lists made up by a seed: the patterns of the shared lists in other words, orders and mixes.

What each list means is known by how it was made, so nothing here is read with the reader's eyes.
"""

import random

from msgspec import Struct, field

from tests.unit.excel.list_words import (
    AWAY,
    COMMUNES,
    FAMILY,
    GIVEN,
    GRAND,
    HAMLETS,
    HEADINGS,
    LETTERHEADS,
    MIDDLE,
    NAMELESS,
    SIGNATURES,
    SPECIMENS,
    SUBJECTS,
    TITLES,
    UNDER_TITLE,
)


class Made(Struct):
    """A list as cells, and what it means: by row (from 1) the fields, the refused, the codes."""

    seed: int
    cells: list[list[object]]
    rows: dict[int, dict[str, str]]
    refused: set[tuple[int, str]]
    whole: set[str]  # what is said of the list as a whole
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    data: int = 0
    places: dict[str, int] = field(default_factory=dict)  # the columns by their names
    heads: int = 0  # the row of the first headings
    warned: set[tuple[int, str]] = field(default_factory=set)


class Maker:
    """Makes one list from a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.made = Made(seed, [], {}, set(), set())
        self.commune = self.dice.choice(list(COMMUNES))
        self.grouped = self.dice.random() < 0.4
        self.left = self.dice.choice([0, 0, 1, 3])
        self.day_in_title = self.dice.random() < 0.4
        self.people = 0
        self.names: set[str] = set()

    def pick(self, options):
        return self.dice.choice(options)

    def chance(self, share):
        return self.dice.random() < share

    def make(self) -> Made:
        self.columns = self._columns()
        self._head()
        self._headings()
        groups = self.dice.randint(2, 4) if self.grouped else 1
        for group in range(groups):
            self._group(group)
        self._foot()
        for row in self.made.cells:
            row[:0] = [""] * self.left
        self.made.merges = [(a, b + self.left, c, d + self.left) for a, b, c, d in self.made.merges]
        self.made.places = {name: at + self.left for at, name in enumerate(self.columns)}
        return self.made

    def _columns(self):
        sexes = self.pick(["sex", "split cross", "split year"])
        birth = self.pick(["dob", "dob", "age"]) if sexes != "split year" else ""
        where = self.pick(["address", "two"]) if not self.grouped else "hamlet"
        names = [
            "name",
            *([birth] if birth else []),
            "phone",
            "id_no",
            "specimen",
            "pool",
            "subject",
        ]
        names += ["sex"] if sexes == "sex" else []
        names += ["hamlet", "commune"] if where == "two" else [where]
        names += ["hour"] if self.day_in_title else self.pick([["collected"], ["day", "hour"]])
        names += self.dice.sample(["place", "result", "job", "note"], self.dice.randint(0, 4))
        self.dice.shuffle(names)
        if sexes != "sex":
            at = self.dice.randint(0, len(names))
            names[at:at] = [f"male {sexes}", f"female {sexes}"]
        numbered = self.chance(0.85)
        return (["number"] if numbered else []) + names

    def _add(self, *cells):
        self.made.cells.append(list(cells))
        return len(self.made.cells)

    def _head(self):
        for line in self.pick(LETTERHEADS):
            half = max(len(self.columns) // 2, 1)
            left, right = (text.replace("{COMMUNE}", self.commune.upper()) for text in line)
            self._add(left, *[""] * (half - 1), right)
        for _blank in range(self.dice.randint(0, 3)):
            self._add()
        where = f" XÃ {self.commune.upper()}" if self.grouped and self.chance(0.5) else ""
        self.in_title = bool(where)
        self._add(self.pick(TITLES) + where)
        for line in self.pick(UNDER_TITLE).split("|"):
            self._add(line)
        for _blank in range(self.dice.randint(0, 2)):
            self._add()

    def _headings(self):
        split = next((at for at, name in enumerate(self.columns) if name.startswith("male")), None)
        upper = [self.pick(HEADINGS.get(name, [""])) for name in self.columns]
        self.made_heads = [upper]
        if split is not None:
            crossed = self.columns[split].endswith("cross")
            upper[split] = self.pick(
                ["Giới tính", "Giới"] if crossed else ["Năm sinh", "Ngày sinh"]
            )
            lower = [""] * len(self.columns)
            lower[split : split + 2] = ["Nam", "Nữ"]
            self.made_heads.append(lower)
        elif self.chance(0.3):
            self._add_parents(upper)
        self.made.heads = len(self.made.cells) + 1
        for line in self.made_heads:
            self._add(*line)
        if self.chance(0.3):
            form = self.pick(["({n})", "{n}", "[{n}]"])
            self._add(*(form.format(n=n + 1) for n in range(len(self.columns))))

    def _add_parents(self, lower):
        whole = [name for name in self.columns if name != "number"]
        first = len(self.columns) - len(whole)
        cut = first + len(whole) // 2
        parents = [""] * len(self.columns)
        parents[:first] = lower[:first]
        lower[:first] = [""] * first
        parents[first], parents[cut] = "Thông tin người được lấy mẫu", "Thông tin mẫu"
        self.made_heads = [parents, lower]

    def _group(self, group):
        self.hamlet = HAMLETS[group % len(HAMLETS)]
        self.group_commune = self.pick(list(COMMUNES)) if not self.in_title else self.commune
        if self.grouped:
            where = f" - XÃ {self.group_commune.upper()}" if not self.in_title else ""
            mark = self.pick(["{r}. ", "{r}/ ", "", "{l}. "]).format(
                r=["I", "II", "III", "IV"][group], l="ABCD"[group]
            )
            text = mark + self.hamlet.upper() + where
            if "number" in self.columns and self.chance(0.3):
                name = self.columns.index("name")
                cells = [""] * len(self.columns)
                cells[0], cells[name] = ["I", "II", "III", "IV"][group], self.hamlet + where
                self._add(*cells)
            else:
                self._add(text)
        start = self.people
        for n in range(self.dice.randint(3, 9)):
            if n and self.chance(0.06):
                self._add()
            if n and self.chance(0.06):
                for line in self.made_heads:
                    self._add(*line)
            self._person()
        if self.grouped and self.chance(0.5):
            word = self.pick(["Cộng {h}: {n} người", "Tổng {h}: {n}", "Cộng: {n} người"])
            self._add("", word.format(h=self.hamlet.lower(), n=self.people - start))

    def _person(self):
        self.people += 1
        person = {"sex": self.pick("MF")}
        person["name"] = self._name(person["sex"])
        row = dict.fromkeys(self.columns, "")
        row["number"] = self.pick([self.people, str(self.people), f"{self.people}."])
        row["name"] = self._written_name(person["name"])
        words = set()
        if self.chance(0.03):
            row["name"] = person["name"] = self.pick(NAMELESS)
            words.add("UNNAMED_CHILD")
        self._birth(row, person)
        self._numbers(row, person)
        self._where(row, person)
        self._swab(row, person)
        for name in ("place", "result", "job", "note"):
            if name in row and self.chance(0.5):
                row[name] = {
                    "place": "Nhà văn hóa thôn",
                    "result": "ÂT",
                    "job": "Giám đốc công ty",
                    "note": "đã tiêm 1 mũi",
                }[name]
        at = self._add(*(row[name] for name in self.columns))
        self.made.data += 1
        if self.chance(0.04):
            self.made.cells[at - 1][self.columns.index("name")] = ""
            self.made.refused.add((at, "NO_NAME"))
            self.made.refused |= {(at, person["bad"])} if "bad" in person else set()
        elif "bad" in person:
            self.made.refused.add((at, person["bad"]))
        else:
            self.made.rows[at] = {k: v for k, v in person.items() if k != "bad"}
            self.made.warned |= {(at, word) for word in words | self._unknown(row, person)}

    def _unknown(self, row, person):
        """The codes of the words of a row that are not known."""
        told = {AWAY.get(row.get("address"), ("", ""))[1]} - {""}
        told |= {"SUBJECT_UNKNOWN"} if person["subject"] == "OTHER" else set()
        return told | ({"SPECIMEN_UNKNOWN"} if person["specimen"] == "" else set())

    def _name(self, sex):
        while True:
            name = f"{self.pick(FAMILY)} {self.pick(MIDDLE[sex])} {self.pick(GIVEN)}"
            if name not in self.names:
                self.names.add(name)
                return name

    def _written_name(self, name):
        forms = [
            "{}",
            "{}",
            "{}",
            "  {} ",
            "3. {}",
            "{} (con bà Hoa)",
            "'{}",
            "\u00a0{}\u200b",
            "5/ {}",
            "{} [F1]",
        ]
        return self.pick(forms).format(name)

    def _birth(self, row, person):
        year, month, day = (
            self.dice.randint(1940, 2015),
            self.dice.randint(1, 12),
            self.dice.randint(1, 28),
        )
        short = year > 1999
        forms = {
            f"{day:02}/{month:02}/{year}": f"{year}-{month:02}-{day:02}",
            f"{day}.{month}.{year}": f"{year}-{month:02}-{day:02}",
            f"{year}/{month}/{day}": f"{year}-{month:02}-{day:02}",
            f"ngày {day} tháng {month} năm {year}": f"{year}-{month:02}-{day:02}",
            f"{month:02}/{year}": f"{year}-{month:02}",
            f"T{month}/{year}": f"{year}-{month:02}",
            f"00/00/{year}": f"{year}",
            f"SN {year}": f"{year}",
            f"khoảng {year}": f"{year}",
            f"{year}": f"{year}",
            year: f"{year}",
            f"{day}/{month}/{year % 100:02}": f"{year}-{month:02}-{day:02}",
            f"31/02/{year}": "",
            "U70": "",
        }  # fmt: skip
        if short and year % 100 > 21:  # pragma: no cover - no such year is drawn
            forms.clear()
        written = self.pick(list(forms))
        told = forms[written]
        side = "male" if person["sex"] == "M" else "female"
        cross = next((n for n in self.columns if n.startswith(side) and n.endswith("cross")), None)
        if cross:
            row[cross] = self.pick(["x", "X", "v", 1, "✓"])
        if "age" in row:
            age = 2021 - year
            row["age"], person["dob"] = self.pick([age, f"{age}t", f"{age} tuổi"]), str(year)
            return
        row["dob" if "dob" in row else f"{side} split year"] = written
        person["dob"] = told
        if not told:
            person["bad"] = "BAD_DOB"

    def _numbers(self, row, person):
        tail = f"{self.dice.randint(0, 99999999):08}"
        phone = self.pick(["09", "03", "08"]) + tail
        landline = f"0214{self.dice.randint(3000000, 3999999)}"
        forms = {
            phone: phone,
            int(phone): phone,
            f"+84{phone[1:]}": phone,
            f"84 {phone[1:]}": phone,
            f"{phone[:4]}.{phone[4:7]}.{phone[7:]}": phone,
            f"{phone} / 0988 111 222": phone,
            f"Mẹ: {phone}": phone,
            f"{phone} (con)": phone,
            landline: landline,
            f"({landline[:4]}) {landline[4:]}": landline,
            landline[1:]: landline,
            "không có": "",
            "ko": "",
            "": "",
            "12345678": "",
            "9,12E+08": "",
        }
        row["phone"] = self.pick(list(forms))
        person["phone"] = forms[row["phone"]]
        old = f"063{self.dice.randint(0, 999999):06}"
        forms = {old: old, old[1:]: old, int(old): old, f"O{old[1:]}": old}
        forms |= {"x": "", "chưa có": "", "": "", "1,0085E+10": ""}
        forms[f"{old[:3]} {old[3:6]} {old[6:]}"] = old
        if "age" in row:
            forms.pop(int(old))
        row["id_no"] = self.pick(list(forms))
        person["id_no"] = forms[row["id_no"]]
        if "sex" in row:
            words = {
                "M": ["Nam", "nam", "NAM ", "Trai", "Nam giới"],
                "F": ["Nữ", "nũ", "NỮ", "Gái", "Nử"],
            }
            row["sex"] = self.pick(words[person["sex"]])

    def _where(self, row, person):
        here = self.group_commune if self.grouped else self.pick(list(COMMUNES))
        person["commune_code"] = COMMUNES[here]
        if self.grouped:
            row["hamlet"] = self.pick(["", self.hamlet])
        elif "commune" in row:
            row["hamlet"], row["commune"] = (
                self.pick(HAMLETS),
                self.pick(["{}", "xã {}"]).format(here),
            )
        else:
            hamlet = self.pick(HAMLETS)
            forms = ["{h}, xã {c}, huyện Bảo Yên", "{h} - {c} - Bảo Yên", "{h}, xã {c}"]
            forms += ["{h}, {c}, Bảo Yên, Lào Cai", "Lào Cai, Bảo Yên, xã {c}, {h}"]
            forms += ["{h} xã {c} huyện Bảo Yên", "{h}/xã {c}", "{h}, {c}, BY", "{h} (xã {c})"]
            row["address"] = self.pick(forms).format(h=hamlet, c=here)
            if self.chance(0.1):
                row["address"] = self.pick(list(AWAY))
                person["commune_code"] = AWAY[row["address"]][0]

    def _swab(self, row, person):
        hour, minute = self.dice.randint(7, 11), self.dice.choice([0, 5, 30])
        clock = {
            f"{hour}h{minute:02}": 1,
            f"{hour}:{minute:02} SA": 1,
            f"{hour} giờ {minute:02}": 1,
            f"{hour:02}:{minute:02}": 1,
            f"{hour}g{minute:02}'": 1,
        }
        at = f"2021-08-13T{hour:02}:{minute:02}"
        hours = self.pick(list(clock))
        days = self.pick(["13/8", "13/08/2021", "13.8.21", "2021-08-13", "ngày 13/8/2021"])
        person["collected_at"] = at
        if "collected" in row:
            row["collected"] = self.pick(
                [f"{hours} {days}", f"{days} {hours}", f"{hours} ngày 13/8/2021"]
            )
        else:
            row["hour"] = hours
            if "day" in row:
                row["day"] = self.pick([days, "Sáng 13/8"])
        for name, words in (("subject", SUBJECTS), ("specimen", SPECIMENS)):
            person[name] = self.pick(list(words))
            row[name] = self.pick(words[person[name]])
        row["pool"] = person["pool"] = self.pick(["1", "01", "G-07", "3-7", "ĐQ-01"])

    def _foot(self):
        total = self.pick([None, 0, 0, 2])
        if total is not None:
            forms = [form for form in GRAND if not (self.grouped and form.startswith("Cộng"))]
            self._add(*self.pick(forms).format(n=self.people + total).split("|"))
            if total:
                self.made.whole.add("TOTAL_DIFFERS")
        for _blank in range(self.dice.randint(0, 2)):
            self._add()
        for line in self.pick(SIGNATURES):
            self._add(*line.split("|"))
        if self.day_in_title:
            self.made.whole.add("DATE_FROM_TITLE")


def made(seed: int) -> Made:
    """The list of a seed."""
    return Maker(seed).make()
