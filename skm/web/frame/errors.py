"""What went wrong, as a page in the reader's language with a way on."""

from dataclasses import dataclass

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from skm.i18n.words import N_
from skm.store.database import StoreBusy
from skm.survey.problem import Problem
from skm.tables import sentence
from skm.web.frame.guard import front_page
from skm.web.frame.language import gettext, language, language_links
from skm.web.frame.officer import find_officer

Answer = tuple[str, int]


@dataclass(frozen=True)
class Explanation:
    """A status with a heading and what to do next."""

    status: int
    heading: str
    hint: str


_AGAIN = N_("Pindai kembali kode QR di loket, atau tanyakan kepada petugas.")
_STAFF = N_("Masukan tetap dapat disampaikan langsung kepada petugas.")
_LIST = N_("Kembali ke halaman sebelumnya dan pilih dari daftar.")
_BATCH = N_("Buka halaman bundelnya untuk melihat langkah berikutnya.")

PROBLEMS = {
    "token_mistyped": Explanation(
        404, N_("Kode loket tidak tepat"), N_("Periksa huruf dan angkanya, lalu coba lagi.")
    ),
    "token_unknown": Explanation(404, N_("Kode loket tidak dikenal"), _AGAIN),
    "token_revoked": Explanation(410, N_("Kode QR ini sudah diganti"), _AGAIN),
    "counter_closed": Explanation(410, N_("Loket ini sudah ditutup"), _STAFF),
    "unit_closed": Explanation(410, N_("Unit ini sudah ditutup"), _STAFF),
    "unit_merged": Explanation(410, N_("Unit ini sudah ditutup"), _STAFF),
    "period_future": Explanation(
        403, N_("Survei belum dibuka"), N_("Silakan kembali pada tanggal tersebut.")
    ),
    "period_closed": Explanation(403, N_("Survei sedang tidak dibuka"), _STAFF),
    "service_none": Explanation(404, N_("Layanan tidak ditemukan"), _AGAIN),
    "receipt_unknown": Explanation(404, N_("Kode bukti tidak ditemukan"), N_("Periksa huruf dan angkanya.")),
    "organisation_unknown": Explanation(404, N_("Halaman tidak ditemukan"), _LIST),
    "counters_none": Explanation(
        404, N_("Belum ada loket"), N_("Tambahkan loket pada halaman penyiapan unit.")
    ),
    "services_none": Explanation(
        404, N_("Belum ada layanan"), N_("Tambahkan layanan pada halaman penyiapan unit.")
    ),
    "size_unknown": Explanation(404, N_("Ukuran tidak dikenal"), _LIST),
    "counter_unknown": Explanation(404, N_("Loket tidak ditemukan"), _LIST),
    "span_unknown": Explanation(404, N_("Periode tidak dikenal"), _LIST),
    "year_empty": Explanation(404, N_("Belum ada data"), _LIST),
    "worksheet_too_long": Explanation(
        422, N_("Buku kerja tidak dapat dibuat"), N_("Unduh jawaban tahun itu sebagai CSV.")
    ),
    "service_unregistered": Explanation(404, N_("Layanan tidak ditemukan"), _LIST),
    "period_unknown": Explanation(404, N_("Periode tidak ditemukan"), _LIST),
    "instrument_unknown": Explanation(404, N_("Kuesioner tidak ditemukan"), _LIST),
    "improvement_unknown": Explanation(404, N_("Perbaikan tidak ditemukan"), _LIST),
    "snapshot_unknown": Explanation(404, N_("Rekaman tidak ditemukan"), _LIST),
    "snapshot_damaged": Explanation(
        409, N_("Rekaman ini rusak"), N_("Beri tahu pengelola sistem dan auditor; jangan memakai angkanya.")
    ),
    "paper_batch_unknown": Explanation(404, N_("Bundel tidak ditemukan"), _LIST),
    "paper_sheet_unknown": Explanation(404, N_("Lembar tidak ditemukan"), _LIST),
    "paper_keying_done": Explanation(409, N_("Pengetikan sudah selesai"), _BATCH),
    "paper_batch_done": Explanation(409, N_("Bundel ini sudah selesai"), _BATCH),
    "paper_check_closed": Explanation(409, N_("Bundel ini tidak menunggu pemeriksaan"), _BATCH),
    "paper_own_keying": Explanation(
        409,
        N_("Pemeriksa harus orang lain"),
        N_("Mintalah rekan yang tidak ikut mengetik untuk memeriksanya."),
    ),
    "paper_sheet_decided": Explanation(409, N_("Lembar ini sudah diputuskan"), _BATCH),
    "upload_gone": Explanation(404, N_("Berkas tidak ditemukan"), _LIST),
    "link_spent": Explanation(
        410, N_("Tautan ini tidak berlaku lagi"), N_("Mintalah tautan baru kepada admin.")
    ),
    "membership_unknown": Explanation(404, N_("Peran tidak ditemukan"), _LIST),
    "officer_unknown": Explanation(404, N_("Petugas tidak ditemukan"), _LIST),
    "city_missing": Explanation(404, N_("Belum ada data"), N_("Siapkan organisasi dan loket lebih dahulu.")),
}

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
    413: (N_("Isian terlalu besar"), N_("Isian yang dikirim melebihi batas; mohon dipersingkat.")),
    500: (
        N_("Terjadi gangguan pada sistem"),
        N_("Gangguan ini sudah dicatat; silakan coba beberapa saat lagi."),
    ),
    503: (
        N_("Sistem sedang sibuk"),
        N_("Perubahan Anda belum tersimpan; kembali ke halaman sebelumnya, lalu kirim sekali lagi."),
    ),
}


def init(app: Flask) -> None:
    """Registers the pages for problems and for HTTP errors."""
    app.register_error_handler(Problem, show_problem)
    app.register_error_handler(HTTPException, show_status)
    app.register_error_handler(StoreBusy, lambda _: show_status(ServiceUnavailable()))


def show_problem(problem: Problem) -> Answer:
    """The page for a problem that a person can do something about."""
    explanation = PROBLEMS.get(problem.key, OTHERWISE)
    message = sentence(problem.key, problem.details, language())
    return _page(explanation.status, explanation.heading, message, explanation.hint)


def show_status(error: HTTPException) -> Answer:
    """The page for an HTTP error."""
    status = error.code or 500
    heading, message = STATUSES.get(status, STATUSES[400 if status < 500 else 500])
    return _page(status, heading, gettext(message), "")


def _page(status: int, heading: str, message: str, hint: str) -> Answer:
    page = render_template(
        "errors/error.html",
        heading=gettext(heading),
        message=message,
        hint=gettext(hint) if hint else "",
        action={"label": gettext(N_("Ke halaman depan")), "url": front_page() if find_officer() else "/"},
        status=status,
        languages=language_links(),
    )
    return page, status
