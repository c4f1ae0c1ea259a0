"""Some tubes of the last day went to the province; its list comes back in its own words."""

from datetime import timedelta

from admin_suite.core.clock import shown
from admin_suite.excel import paper
from admin_suite.excel.paper import Leaf
from admin_suite.module import Scene
from admin_suite.registry.queries import commune_names
from modules.lab import queries
from modules.lab.codes import Stage
from modules.lab.demo.tubes import Line, bring
from modules.lab.queries import SampleRow, SampleView
from modules.lab.rules import DAY
from modules.lab.sheets import RESULTS

SENT, POSITIVE = 24, 3
HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Địa chỉ",
    "Ngày lấy mẫu",
    "Số labo",
    "Ct ORF1ab",
    "Ct N",
    "Nội chứng",
    "Kết luận",
    "Sinh phẩm",
    "Số lô",
)


def build(scene: Scene) -> None:
    """Write the province's list and bring it in; nothing in it names a tube of ours."""
    with scene.work("technician", scene.today) as work:
        view = SampleView(stages=(Stage.RECEIVED,))
        rows = queries.sample_rows(work, queries.sample_keys(work, view))
        communes = commune_names(work)
    names = [row.name for row in rows]
    alone = [row for row in rows if not row.pooled and names.count(row.name) == 1][:SENT]
    above = (
        "SỞ Y TẾ TỈNH LÀO CAI",
        "TRUNG TÂM KIỂM SOÁT BỆNH TẬT TỈNH LÀO CAI",
        "KẾT QUẢ XÉT NGHIỆM SARS-CoV-2 BẰNG REALTIME RT-PCR",
    )
    homes = [communes(row.commune_code, row.collected_at[:DAY]) for row in alone]
    numbers = range(1, len(alone) + 1)
    lines = [_line(scene, *one) for one in zip(numbers, alone, homes, strict=True)]
    file = scene.folder / "lists" / "CDC tỉnh KQ.xlsx"
    paper.write(file, [Leaf("KQ", HEADINGS, lines, above)])
    with scene.work("technician", scene.today - timedelta(minutes=30)) as work:
        bring(work, RESULTS, file)


def _line(scene: Scene, number: int, row: SampleRow, home: str) -> Line:
    positive = number % (SENT // POSITIVE) == 1
    cycles = [f"{scene.dice.randint(180, 330) / 10:.1f}".replace(".", ",") for _gene in range(2)]
    told = cycles if positive else ["Undetermined", "N/A"]
    control = f"{scene.dice.randint(240, 280) / 10:.1f}".replace(".", ",")
    word = "Dương tính" if positive else "Âm tính"
    day = shown(row.collected_at[:DAY])
    born = shown(row.dob)
    own = f"LC{row.collected_at[2:4]}-{number:04d}"
    who = [number, row.name.upper(), born, home, day]
    return [*who, own, *told, control, word, "LightPower", "LP2108"]
