"""A paper or report of a facility is of the one that is named, or of the only one there is."""

import pytest

from admin_suite.core.errors import UserError
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.service.places import NewFacility, add_facilities


def test_where_there_is_one_facility_nobody_has_to_name_it(work):
    with pytest.raises(UserError, match="There is no facility yet"):
        facility_coded(work, "")
    add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
    assert facility_coded(work, " ").code == "NT"
    assert facility_coded(work, "trường nội trú").code == "NT"
    with pytest.raises(UserError, match=r"no facility “KS”\. There are: NT"):
        facility_coded(work, "KS")
    add_facilities(work, [NewFacility("KS", "Khách sạn")])
    with pytest.raises(UserError, match=r"Say which facility: (KS, NT|NT, KS)\."):
        facility_coded(work, "")
