"""Agencies and units as lists name them."""

from generator import api
from support.making import ROOT, WORLD


def test_units_are_found_by_what_their_documents_are_called() -> None:
    """As the overview of signatures names them: by code where there is one."""
    for folder in (ROOT / "agreements" / one for one in ("example-2570", "dsdw-2566")):
        known = {one.called: one for one in api.overview.units(folder)}
        rows = api.signing.status(WORLD, folder)
        assert {row.unit for row in rows} <= known.keys()
    assert known["กอส"].title == "กองกิจการอาสาสมัครและภาคประชาสังคม"
