"""What went wrong, as a page in the reader's language with a way on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from skm.i18n.words import N_
from skm.store.database import StoreBusy, StoreError, cannot_now
from skm.survey.problem import Problem
from skm.tables import SENTENCES, sentence
from skm.web.frame.guard import OFFICERS, READING, front_page
from skm.web.frame.held_forms import sent_fields
from skm.web.frame.language import gettext, language, language_links
from skm.web.frame.officer import find_officer

Answer = tuple[str, int, Mapping[str, str]]


@dataclass(frozen=True)
class Explanation:
    """A status with a heading and what to do next."""

    status: int
    heading: str
    hint: str


def not_in_list(heading: str) -> Explanation:
    """What is looked for does not exist; the pages list what does."""
    return Explanation(404, heading, N_("Kembali ke halaman sebelumnya dan pilih dari daftar."))


OTHERWISE = Explanation(
    422, N_("Belum dapat dilakukan"), N_("Kembali ke halaman sebelumnya dan perbaiki isiannya.")
)

STATUSES = {
    400: (
        N_("Permintaan tidak terbaca"),
        N_("Alamat atau isian ini tidak dapat dibaca; muat ulang halamannya, lalu coba sekali lagi."),
    ),
    403: (
        N_("Halaman ini di luar peran Anda"),
        N_(
            "Peran yang sedang Anda pakai tidak mencakup halaman ini; ganti peran, atau mintalah kepada admin."
        ),
    ),
    404: (
        N_("Halaman tidak ditemukan"),
        N_("Alamat ini tidak terdaftar di sini; periksa kembali penulisannya."),
    ),
    405: (
        N_("Permintaan tidak dikenal"),
        N_("Halaman ini tidak dapat dibuka dengan cara itu; silakan mulai dari halaman depan."),
    ),
    408: (
        N_("Kiriman terlalu lama di jalan"),
        N_(
            "Kiriman Anda tidak sampai utuh pada waktunya, jadi belum ada yang tersimpan; kembali ke halaman "
            "sebelumnya, lalu kirim sekali lagi."
        ),
    ),
    413: (N_("Isian terlalu besar"), N_("Isian yang dikirim melebihi batas; mohon dipersingkat.")),
    500: (
        N_("Terjadi gangguan pada sistem"),
        N_("Gangguan ini sudah dicatat; silakan coba beberapa saat lagi."),
    ),
    503: (
        N_("Sistem sedang sibuk"),
        N_("Untuk sementara data tidak dapat dibaca atau disimpan; silakan coba beberapa saat lagi."),
    ),
}

# What is said besides where something was sent: the page has it still, unless it was a file or a password.
SEND_AGAIN = N_("Isian Anda belum tersimpan, tetapi masih ada di halaman ini; kirim sekali lagi.")
NOT_SAVED = N_("Belum ada yang tersimpan; kembali ke halaman sebelumnya, lalu kirim sekali lagi.")


# What a forged form gets, and far more often one that was opened before its officer signed in again.
FORGED = (
    N_("Halaman tadi dibuka sebelum Anda masuk kembali"),
    N_(
        "Belum ada yang dijalankan; kembali ke halaman sebelumnya, salin yang sudah Anda ketik, muat ulang, lalu kirim "
        "sekali lagi."
    ),
)


def init(app: Flask, problems: Mapping[str, Explanation]) -> None:
    """Registers the pages for problems, by their keys, and for HTTP errors."""
    if strangers := problems.keys() - SENTENCES.keys():
        raise LookupError(f"a page for no Problem: {', '.join(sorted(strangers))}")
    app.extensions["problems"] = problems
    app.register_error_handler(Problem, show_problem)
    app.register_error_handler(HTTPException, show_status)
    app.register_error_handler(StoreBusy, show_busy)
    app.register_error_handler(StoreError, show_store_error)


def explain(problem: Problem) -> tuple[Explanation, str]:
    """What is said of a problem, and the sentence of what is wrong in the reader's language."""
    explanation: Explanation = current_app.extensions["problems"].get(problem.key, OTHERWISE)
    return explanation, sentence(problem.key, problem.details, language())


def show_problem(problem: Problem) -> Answer:
    """The page for a problem that a person can do something about."""
    explanation, message = explain(problem)
    return _page(explanation.status, explanation.heading, message, explanation.hint)


def show_status(error: HTTPException) -> Answer:
    """The page for an HTTP error."""
    status = error.code or 500
    heading, message = STATUSES.get(status, STATUSES[400 if status < 500 else 500])
    if isinstance(error, CSRFError):
        heading, message = FORGED
    return _page(status, heading, gettext(message), "")


def show_busy(error: Exception) -> Answer:
    """The page while the database cannot be read or written; what was sent is in it, to be sent again."""
    current_app.logger.error("%s %s: %s", request.method, request.path, error)
    heading, message = STATUSES[503]
    fields = None if request.method in READING or request.files else sent_fields()
    hint = "" if request.method in READING else NOT_SAVED if fields is None else SEND_AGAIN
    return _page(503, heading, gettext(message), hint, fields)


def show_store_error(error: Exception) -> Answer:
    """As `show_busy` where the disk, the file or a lock is the reason; else the page for a fault of ours."""
    if cannot_now(error):
        return show_busy(error)
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return show_status(InternalServerError())


def _page(
    status: int, heading: str, message: str, hint: str, fields: Sequence[tuple[str, str]] | None = None
) -> Answer:
    """The page, also where the database cannot be read: then without the name of the city and the officer's frame."""
    try:
        return _rendered(status, heading, message, hint, fields)
    except (StoreBusy, StoreError):
        g.without_store, g.officer = True, None
        return _rendered(status, heading, message, hint, fields)


def _rendered(
    status: int, heading: str, message: str, hint: str, fields: Sequence[tuple[str, str]] | None
) -> Answer:
    """An officer keeps the navigation and the choice of another role; a citizen's door shows what citizens see."""
    signed_in = find_officer()
    in_office = signed_in is not None and request.blueprint != "public" and language() == "id"
    page = render_template(
        "errors/error.html",
        layout="layouts/officer.html" if in_office else "layouts/citizen.html",
        heading=gettext(heading),
        message=message,
        hint=gettext(hint) if hint else "",
        fields=fields,
        sent_to=request.full_path.rstrip("?"),
        action={"label": gettext(N_("Ke halaman depan")), "url": front_page() if signed_in else "/"},
        status=status,
        languages=[] if fields else language_links(),
    )
    return page, status, OFFICERS if in_office else {}
