"""The one field of the front door: a counter's code, a receipt, or a whole address that somebody pasted."""

import re
from typing import Any

from skm.security import codes
from skm.survey.problem import Problem
from skm.usecases.answering import answer
from skm.web.frame.connection import now, store

# The first part of an address of ours, and the view that it opens.
_VIEWS = {
    "s": "public.show_form",
    "kios": "public.show_kiosk",
    "layar": "public.show_screen",
    "terima-kasih": "public.show_thanks",
}
_ADDRESS = re.compile(rf"/({'|'.join(_VIEWS)})/([^/?#]+)", re.IGNORECASE)
_FAULTS = {"token_mistyped", "token_unknown"}  # what is closed or replaced has a page that says so


def find_view(typed: str) -> tuple[str, dict[str, Any]]:
    """The view that a typed code opens, with its code; raises Problem with what is wrong about it."""
    address = _ADDRESS.search(typed)
    code = codes.normalise(address[2] if address else typed)
    by_length = "public.show_thanks" if len(code) == codes.RECEIPT_LENGTH else "public.show_form"
    view = _VIEWS[address[1].lower()] if address else by_length
    _refuse_signs(code)
    if view == "public.show_thanks":
        return view, {"receipt": answer.find_receipt(store(), code).receipt}
    try:
        answer.find_place(store(), code, now())
    except Problem as problem:
        if problem.key in _FAULTS:
            raise
    return view, {"token": code}


def _refuse_signs(code: str) -> None:
    strange = sorted({sign for sign in code if sign not in codes.ALPHABET})
    if strange:
        raise Problem("code_signs", signs=", ".join(strange[:5]))
    if len(code) not in (codes.TOKEN_LENGTH, codes.RECEIPT_LENGTH):
        lengths = {"counter": codes.TOKEN_LENGTH, "receipt": codes.RECEIPT_LENGTH}
        raise Problem("code_length", n=len(code), **lengths)
