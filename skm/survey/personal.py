"""What in a comment could lead to a person: pointed out to the writer before it is sent, never decided for them."""

import re

_NIK = "[0-9](?:[ .-]?[0-9]){15}"  # 16 digits
_MOBILE = "(?:[+]?62|0)[ .-]?8(?:[ .-]?[0-9]){7,11}"
_LANDLINE = "[(]?0[0-9]{2,3}[)]?[ -]?[0-9]{5,8}"
_MAIL = "[^ @]+@[^ @]+[.][A-Za-z]{2,}"
# As the browser reads it too.
PERSONAL = f"(?:^|[^0-9])(?:{_NIK}|{_MOBILE}|{_LANDLINE})(?![0-9])|{_MAIL}"


def may_lead_to_somebody(comment: str) -> bool:
    """Whether a comment seems to hold a NIK, a telephone number or an e-mail address."""
    return re.search(PERSONAL, comment) is not None
