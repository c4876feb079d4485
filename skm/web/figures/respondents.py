"""Who answered: the page of a unit, an agency or the city, and its tables to take home."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from skm import ikm
from skm.figures import respondents
from skm.figures.respondents import Row, Table, Who
from skm.i18n import formats
from skm.output.csv_file import table_csv
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED
from skm.survey.small_cells import MERGED, PART, QUARTERS, K
from skm.usecases.answering import answer
from skm.web.figures import overview
from skm.web.figures.tabs import sections
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, store
from skm.web.frame.sending import send
from skm.wording import spans

respondent_pages = Blueprint("respondents", __name__)
DOORS = {
    "respondents.show_respondents": "reads_figures",
    "respondents.export_respondents": "reads_figures",
}

HEADINGS = {
    "sex": "Jenis kelamin",
    "age": "Usia (tahun)",
    "education": "Pendidikan",
    "occupation": "Pekerjaan",
    "disability": "Penyandang atau pendamping disabilitas",
    "service": "Layanan",
    "hour": "Jam mengisi",
    "channel": "Saluran",
}
SAID = {"sex": "{}", "age": "usia {} tahun", "disability": "penyandang atau pendamping disabilitas: {}"}
OTHERS = {
    NOT_ANSWERED: "Tidak menjawab",
    NOT_ASKED: "Tidak ditanyakan",
    MERGED: "Digabung (kelompok kecil)",
}
NAMED = 3  # groups in the sentence on top
HEADS = ("Tahun", "Organisasi", "Menurut", "Kelompok", "Jawaban", "Persen", "IKM", "Mutu", "Catatan")


@respondent_pages.get("/organisations/<slug>/who")
def show_respondents(slug: str) -> str:
    """Who answered in a year, and what index each group gives."""
    found = _chosen(slug)
    return render_template(
        "figures/respondents.html",
        page=_page(found),
        crumbs=[*way(found.above), {"name": found.organisation.name, "url": None}],
    )


@respondent_pages.get("/organisations/<slug>/who.csv")
def export_respondents(slug: str) -> Response:
    """The same tables as a file."""
    found = _chosen(slug)
    note = "DATA CONTOH" if answer.show_city_name(store()).demo else ""
    return send(table_csv(HEADS, _lines(found, note), f"responden-{slug}-{found.year.code}.csv"))


def _chosen(slug: str) -> Who:
    return respondents.show_who(store(), slug, request.args.get("period", ""), now())


def _page(found: Who) -> dict[str, Any]:
    return {
        "name": found.organisation.name,
        "sections": sections(found.organisation),
        "headline": _sexes(found),
        "lower": _lower(found),
        "subline": _subline(found),
        "warnings": _warnings(found),
        "filters": {"services": [], "spans": _years(found)},
        "tables": [_table(table) for table in found.tables if table.rows],
        "few": K,
        "csv_url": url_for(
            "respondents.export_respondents", slug=found.organisation.slug, period=found.year.code
        ),
    }


def _sexes(found: Who) -> str:
    """The shares of the sexes, the larger first: "Perempuan 61 %, laki-laki 35 %."."""
    rows = [row for table in found.tables if table.heading == "sex" for row in table.rows]
    named = sorted((row for row in rows if row.code not in OTHERS), key=lambda row: -row.n)
    words = ", ".join(
        f"{_label(found.tables[0], row).lower()} {_share(row.n, found.result.n, 0)}" for row in named
    )
    if not found.result.n:
        return "Belum cukup jawaban."
    return f"{words[0].upper()}{words[1:]}." if words else f"{formats.count(found.result.n)} responden."


def _lower(found: Who) -> str:
    """Which groups rate lower than the others, as far as that is no chance."""
    if not found.result.n:
        return ""
    if not found.lower:
        return "Tidak ada kelompok yang jelas menilai lebih rendah daripada yang lain."
    named = [_said(table, row) for table, row in found.lower[:NAMED]]
    if more := len(found.lower) - len(named):
        named.append(f"dan {more} kelompok lain")
    return f"Menilai lebih rendah daripada yang lain: {'; '.join(named)}."


def _said(table: Table, row: Row) -> str:
    """A group with its index and number: "usia 17–25 tahun (81,20; n = 34)"."""
    label = _label(table, row)
    plain = label.lower() if table.heading in ("sex", "disability") else label
    words = SAID.get(table.heading, f"{HEADINGS[table.heading].lower()} {{}}").format(plain)
    measure = row.result.measure
    return f"{words} ({formats.number(measure.index if measure else None)}; n = {formats.count(row.n)})"


def _subline(found: Who) -> str:
    if not found.result.n or found.until is None:
        return (
            f"Tahun {found.year.code}. Tabel tampil setelah satu triwulan berakhir dan "
            f"sedikitnya {PART} jawaban terkumpul di satu unit."
        )
    when = f"tahun {found.year.code}" + (
        "" if found.until.code.endswith(str(QUARTERS)) else f" sampai {spans.name(found.until)}"
    )
    return f"Dari {formats.count(found.result.n)} jawaban, {when}. {overview.headline(found.result)}"


def _warnings(found: Who) -> list[str]:
    return [words for words in (_waiting(found), _left_out(found)) if words]


def _waiting(found: Who) -> str:
    over = found.until is not None and found.until.code.endswith(str(QUARTERS))
    number = formats.count(found.waiting)
    if not found.waiting:
        return ""
    if over:
        return f"{number} jawaban tidak termasuk: jumlahnya di satu unit kurang dari {K}."
    return f"{number} jawaban belum termasuk: triwulannya belum berakhir, atau di unitnya masih kurang dari {PART}."


def _left_out(found: Who) -> str:
    if not found.left_out:
        return ""
    return f"{formats.count(found.left_out)} jawaban dari kuesioner dengan unsur lain tidak ikut dihitung di sini."


def _years(found: Who) -> list[dict[str, Any]]:
    years = found.years if found.year in found.years else [found.year, *found.years]
    return [
        {"code": at.code, "name": spans.name(at), "selected": at == found.year, "group": "Tahun"}
        for at in years
    ]


def _table(table: Table) -> dict[str, Any]:
    n = sum(row.n for row in table.rows)
    return {
        "code": table.heading,
        "title": HEADINGS[table.heading],
        "rows": [_row(table, row, n) for row in table.rows],
    }


def _row(table: Table, row: Row, n: int) -> dict[str, Any]:
    measure = row.result.measure
    grade = measure.grade if measure else None
    return {
        "label": _label(table, row),
        "group": row.code not in OTHERS,
        "lower": bool(row.apart and row.apart.points < 0),
        "n": row.n,
        "share": _share(row.n, n, 1),
        "bar": _percent(row.n, n, 1),
        "index": measure.index if measure else None,
        "grade": grade,
        "kinerja": ikm.KINERJA[grade] if grade else "",
    }


def _label(table: Table, row: Row) -> str:
    return OTHERS.get(row.code) or table.labels.get(row.code, row.code)


def _percent(n: int, total: int, places: int) -> Decimal:
    return ikm.round_half_up(Fraction(100 * n, total), places)


def _share(n: int, total: int, places: int) -> str:
    return f"{formats.number(_percent(n, total, places), places) if places else _percent(n, total, 0)} %"


def _lines(found: Who, note: str) -> Iterator[tuple[str, ...]]:
    for table in found.tables:
        for row in table.rows:
            yield (found.year.code, found.organisation.name, *_cells(table, row, found.result.n), note)


def _cells(table: Table, row: Row, n: int) -> tuple[str, ...]:
    measure = row.result.measure
    index, grade = (measure.index, measure.grade) if measure else (None, None)
    shown = "" if index is None else str(index)
    return (
        HEADINGS[table.heading],
        _label(table, row),
        str(row.n),
        str(_percent(row.n, n, 1)),
        shown,
        grade or "",
    )
