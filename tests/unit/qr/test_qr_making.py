"""A matrix is read back by another program."""

import pytest
import zxingcpp
from PIL import Image

from admin_suite.qr.making import matrix

SCALE, QUIET = 4, 4


def picture(rows):
    side = len(rows) + 2 * QUIET
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.putpixel((x + QUIET, y + QUIET), 0 if dark else 255)
    return image.resize((side * SCALE, side * SCALE), Image.Resampling.NEAREST)


@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
@pytest.mark.parametrize("payload", ["21BY000815K", "BYR1:21BY000815K:1:N:20210813:" + "A" * 60])
def test_a_code_is_read_back(payload, level):
    [found] = zxingcpp.read_barcodes(picture(matrix(payload, level)))
    assert found.text == payload


def test_a_tube_number_makes_the_smallest_code():
    rows = matrix("21BY000815K")
    assert len(rows) == len(rows[0]) == 21
