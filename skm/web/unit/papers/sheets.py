"""Sheets of a batch: keyed, changed, removed; a sample keyed again by a second person, and what differs decided."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.figures import paper_batches
from skm.i18n.words import N_
from skm.security.keys import random_key
from skm.survey.paper import BatchDetails, CheckProgress, Difference, Sheet, values_of
from skm.survey.profile import unpack
from skm.survey.response import Sent
from skm.usecases.papers import batches, checking, keying
from skm.web.asking.form import Nothing
from skm.web.asking.question import Page, ask
from skm.web.frame.connection import store
from skm.web.frame.errors import Explanation, not_in_list
from skm.web.frame.officer import deed, officer
from skm.web.unit.papers import pages, sheet_page
from skm.web.unit.papers.batches import NEXT_STEP
from skm.web.unit.papers.sheet_page import Asked, Stored
from skm.wording.papers import difference, place_and_day

sheets = Blueprint("sheets", __name__)
DOORS = {
    "sheets.key_sheet": "keys_papers",
    "sheets.edit_sheet": "keys_papers",
    "sheets.remove_sheet": "keys_papers",
    "sheets.check_sheet": "keys_papers",
    "sheets.decide_sheet": "keys_papers",
    "sheets.repeat_check": "keys_papers",
}
PROBLEMS = {
    "paper_sheet_unknown": not_in_list(N_("Lembar tidak ditemukan")),
    "paper_check_closed": Explanation(409, N_("Bundel ini tidak menunggu pemeriksaan"), NEXT_STEP),
    "paper_own_keying": Explanation(
        409,
        N_("Pemeriksa harus orang lain"),
        N_("Mintalah rekan yang tidak ikut mengetik untuk memeriksanya."),
    ),
    "paper_sheet_decided": Explanation(409, N_("Lembar ini sudah diputuskan"), NEXT_STEP),
}


@sheets.route("/papers/<batch_id>/sheets/add", methods=["GET", "POST"])
def key_sheet(batch_id: str) -> Page:
    """Takes a new sheet, and asks for the next."""
    details = paper_batches.show_batch(store(), batch_id)
    asked = _new(details)
    if request.method == "GET":
        return sheet_page.show(asked) if details.batch.state == "keying" else redirect(_batch(batch_id))

    def save(sheet_id: str, sent: Sent) -> Stored:
        return _after_keying(details, keying.save_sheet(store(), deed(), batch_id, sheet_id, sent))

    return sheet_page.take(asked, save)


@sheets.route("/papers/<batch_id>/sheets/<sheet_id>", methods=["GET", "POST"])
def edit_sheet(batch_id: str, sheet_id: str) -> Page:
    """Edits a keyed sheet."""
    batches.being_keyed(store(), batch_id)
    details, sheet = paper_batches.show_batch(store(), batch_id), keying.get(store(), batch_id, sheet_id)
    asked = _changed(details, sheet)
    if request.method == "GET":
        return sheet_page.show(asked)

    def save(_: str, sent: Sent) -> Stored:
        keying.save_sheet(store(), deed(), batch_id, sheet_id, sent)
        return Stored(f"Lembar {sheet.number} tersimpan.", _batch(batch_id))

    return sheet_page.take(asked, save)


@sheets.route("/papers/<batch_id>/sheets/<sheet_id>/remove", methods=["GET", "POST"])
def remove_sheet(batch_id: str, sheet_id: str) -> Page:
    """Removes a sheet from its batch."""
    batches.being_keyed(store(), batch_id)
    details, sheet = paper_batches.show_batch(store(), batch_id), keying.get(store(), batch_id, sheet_id)
    question = pages.question(
        details,
        f"Hapus lembar {sheet.number}",
        f"Hapus lembar {sheet.number}",
        danger=True,
        effects=[
            "Lembar ini tidak ikut dihitung; penghapusannya tercatat.",
            "Nomornya dipakai lembar berikutnya.",
        ],
        done=f"Lembar {sheet.number} dihapus.",
    )
    return ask(question, Nothing(), lambda: keying.remove_sheet(store(), deed(), batch_id, sheet_id))


@sheets.route("/papers/<batch_id>/check", methods=["GET", "POST"])
def check_sheet(batch_id: str) -> Page:
    """Takes the second keying of a drawn sheet, of which the first is not shown."""
    details, progress = checking.show_check(store(), officer().actor, batch_id)
    left = [*progress.undecided, *progress.todo]
    if request.method == "GET" and (not left or progress.undecided):
        return redirect(_on(batch_id, progress))
    asked = _second(details, progress, request.form.get("sheet", ""))

    def save(sheet_id: str, sent: Sent) -> Stored:
        alike = checking.check_sheet(store(), deed(), batch_id, sheet_id, sent)
        said = "tidak ada selisih." if alike else "ada selisih; lihat kertasnya."
        return Stored(
            f"Lembar {asked.number}: {said}", _on(batch_id, paper_batches.show_progress(store(), batch_id))
        )

    return sheet_page.show(asked) if request.method == "GET" else sheet_page.take(asked, save)


@sheets.route("/papers/<batch_id>/check/<sheet_id>", methods=["GET", "POST"])
def decide_sheet(batch_id: str, sheet_id: str) -> Page:
    """Takes what the paper says wherever two people read it differently."""
    details, progress = checking.show_check(store(), officer().actor, batch_id)
    sheet = next((one for one in progress.undecided if one.id == sheet_id), None)
    if sheet is None:
        return redirect(_on(batch_id, progress))
    asked = [one for one in progress.differences if one.sheet_id == sheet_id]
    missing = [one.field for one in asked if one.field not in request.form]
    if request.method == "GET" or missing:
        page = _differences(details, sheet, asked, missing if request.method == "POST" else [])
        return page if request.method == "GET" else (page, 422)
    checking.decide_sheet(store(), deed(), batch_id, sheet_id, request.form)
    flash(f"Lembar {sheet.number}: keputusan tersimpan.")
    return redirect(_on(batch_id, paper_batches.show_progress(store(), batch_id)), 303)


@sheets.post("/papers/<batch_id>/check/<sheet_id>/again")
def repeat_check(batch_id: str, sheet_id: str) -> Response:
    """Lets the second person key a sheet once more, where the second keying is wrong too."""
    checking.repeat_check(store(), deed(), batch_id, sheet_id)
    return redirect(url_for("sheets.check_sheet", batch_id=batch_id), 303)


def _new(details: BatchDetails) -> Asked:
    return Asked(
        title=f"Ketik Bundel {details.batch.number}",
        details=details,
        sheet_id=random_key(),
        number=details.next_number,
        place=f"dari {details.batch.stack}",
        instruction="Tulis nomor ini di sudut kertasnya.",
        crumbs=[*pages.crumbs(details.unit, details.batch), {"name": "Ketik", "url": None}],
        back=_batch(details.batch.id),
        draft=details.batch.id,
        keyed=len(details.sheets),
    )


def _after_keying(details: BatchDetails, sheet: Sheet) -> Stored:
    """After the last sheet of the stack the batch is shown; before it, the next one is asked for."""
    after = paper_batches.show_batch(store(), details.batch.id)
    said = f"Lembar {sheet.number} tersimpan."
    if len(after.sheets) >= after.batch.stack:
        return Stored(f"{said} Semua {after.batch.stack} lembar sudah diketik.", _batch(details.batch.id))
    following = {"sheet": random_key(), "number": after.next_number, "keyed": len(after.sheets)}
    return Stored(said, url_for("sheets.key_sheet", batch_id=details.batch.id), following)


def _changed(details: BatchDetails, sheet: Sheet) -> Asked:
    values = values_of(details.instrument, sheet.scores, unpack(details.instrument.profile, sheet.profile))
    return Asked(
        title=f"Ubah lembar {sheet.number}",
        details=details,
        sheet_id=sheet.id,
        number=sheet.number,
        place=f"dari {details.batch.stack}",
        instruction="Yang sudah diketik tampil di bawah; ubah yang salah saja.",
        crumbs=[*pages.crumbs(details.unit, details.batch), {"name": f"Lembar {sheet.number}", "url": None}],
        back=_batch(details.batch.id),
        values=values | {"comment": sheet.comment},
        remove_url=url_for("sheets.remove_sheet", batch_id=details.batch.id, sheet_id=sheet.id),
    )


def _second(details: BatchDetails, progress: CheckProgress, sheet_id: str) -> Asked:
    """The drawn sheet that was sent, or else the first that is still to be keyed again."""
    sent = [sheet for sheet in progress.drawn if sheet.id == sheet_id]
    sheet = [*sent, *progress.todo, *progress.drawn][0]
    return Asked(
        title=f"Periksa Bundel {details.batch.number}",
        details=details,
        sheet_id=sheet.id,
        number=sheet.number,
        place=f"({len(progress.checks) + 1} dari {len(progress.drawn)} lembar contoh)",
        instruction=f"Ambil kertas nomor {sheet.number} dari tumpukan. Ketikan pertama sengaja tidak ditampilkan.",
        crumbs=[*pages.crumbs(details.unit, details.batch), {"name": "Periksa", "url": None}],
        back=_batch(details.batch.id),
        comment=False,
        draft=f"{details.batch.id}/{sheet.id}",
    )


def _differences(details: BatchDetails, sheet: Sheet, asked: list[Difference], missing: list[str]) -> str:
    at: dict[str, Any] = {"batch_id": details.batch.id, "sheet_id": sheet.id}
    return render_template(
        "unit/papers/decide.html",
        batch=details.batch,
        number=sheet.number,
        lead=place_and_day(details),
        differences=[difference(details.instrument, one) for one in asked],
        picked=request.form,
        missing=missing,
        again_url=url_for("sheets.repeat_check", **at),
        crumbs=[*pages.crumbs(details.unit, details.batch), {"name": f"Lembar {sheet.number}", "url": None}],
    )


def _on(batch_id: str, progress: CheckProgress) -> str:
    """What comes next in a check: a difference, another sheet, or the batch."""
    if progress.undecided:
        return url_for("sheets.decide_sheet", batch_id=batch_id, sheet_id=progress.undecided[0].id)
    return url_for("sheets.check_sheet", batch_id=batch_id) if progress.todo else _batch(batch_id)


def _batch(batch_id: str) -> str:
    return url_for("papers.show_batch", batch_id=batch_id)
