"""The pages on which one-time links are shown: the only time that anybody sees them."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from flask import render_template, url_for

from skm.output import mail
from skm.output.document import Document
from skm.output.workbook.tables import Column, WrittenTable, write_tables
from skm.usecases.people.people import Invited
from skm.web.asking.question import Crumb
from skm.web.frame.connection import now, settings
from skm.wording.roles import role_in_full

A_WEEK, TWO_HOURS = "7 hari", "2 jam"
MAILING = 20  # seconds: who waits for the page waits for the letters too
_HEADS = (
    Column("nama", 32),
    Column("surel", 32),
    Column("peran", 60),
    Column("tautan", 72),
    Column("pesan", 100),
)


def link_page(title: str, name: str, invited: Invited, lives: str, crumbs: Sequence[Crumb]) -> str:
    """One link with its message, or why there is none. `name` is the one typed: the account may have another."""
    email, link = invited.officer.email, _address(invited)
    letter = _letter(name, link, lives)
    return render_template(
        "city/people/link.html",
        title=title,
        name=name,
        email=email,
        link=link,
        letter=letter,
        lives=lives,
        awaited=invited.officer.password is None,
        anew=invited.anew,
        mailed=bool(link) and _mail(email, f"{title} SKM", letter),
        crumbs=[*crumbs, {"name": title, "url": None}],
    )


@dataclass(frozen=True)
class _Slip:
    """What one of many is sent, and where it leads."""

    name: str
    email: str
    roles: str
    link: str
    letter: str
    awaited: bool
    anew: bool


def links_page(title: str, invited: Sequence[Invited], crumbs: Sequence[Crumb]) -> str:
    """Many links, each with its message to copy; all of them can be printed, or taken home as a spreadsheet."""
    slips = [_slip(each) for each in invited if each.secret]
    return render_template(
        "city/people/links.html",
        title=title,
        slips=slips,
        mailed=_mail_all(slips, f"{title} SKM"),
        others=[_slip(each) for each in invited if not each.secret],
        lives=A_WEEK,
        file=_held(_spreadsheet(slips)),
        crumbs=[*crumbs, {"name": title, "url": None}],
    )


def _slip(invited: Invited) -> _Slip:
    officer, link = invited.officer, _address(invited)
    roles = "; ".join(map(role_in_full, invited.memberships))
    letter = _letter(officer.name, link, A_WEEK)
    return _Slip(officer.name, officer.email, roles, link, letter, officer.password is None, invited.anew)


def _mail_all(slips: Sequence[_Slip], subject: str) -> set[str]:
    """The addresses to which a letter went, before the time was up."""
    until = monotonic() + MAILING
    return {each.email for each in slips if monotonic() < until and _mail(each.email, subject, each.letter)}


def _spreadsheet(slips: Sequence[_Slip]) -> Document:
    cells = [(each.name, each.email, each.roles, each.link, each.letter) for each in slips]
    return write_tables("skm-undangan.xlsx", [WrittenTable("Undangan", _HEADS, cells)], "Undangan SKM")


def _held(document: Document) -> dict[str, str]:
    """A file inside the page that shows it: the server keeps no link to give out a second time."""
    assert isinstance(document.content, bytes)
    content = b64encode(document.content).decode()
    return {"name": document.name, "address": f"data:{document.media_type};base64,{content}"}


def _address(invited: Invited) -> str:
    """Where the link leads; "" without one."""
    if invited.secret is None:
        return ""
    return settings().address + url_for("sign_in.show_arrival", secret=invited.secret)


def _letter(name: str, link: str, lives: str) -> str:
    return (
        f"Yth. {name},\n\ntautan untuk masuk ke aplikasi SKM, berlaku {lives} dan sekali pakai:\n\n{link}\n"
    )


def _mail(to: str, subject: str, text: str) -> bool:
    letter = mail.write_letter(settings().address, to, subject, text, now())
    return mail.send(settings().smtp, letter)
