"""Which inquiries have screens (:mod:`web.inquiries`); here, because the navigation asks who may make any of them."""

from schemas.contract import Interface
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY

INTERFACES: tuple[Interface, ...] = (FACILITY_INQUIRY,)
"""A further one is a line here."""
