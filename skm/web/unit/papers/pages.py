"""Batches in words and rows: the list of a unit, the page of a batch, its report."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for

from skm.i18n import formats
from skm.output.csv_file import table_csv
from skm.output.document import Document
from skm.survey.instrument import Instrument, say
from skm.survey.organisation import Organisation
from skm.survey.paper import PARTS, STATES, UNANSWERED, Batch, Difference
from skm.usecases.city.counter_cards import show_line
from skm.usecases.papers.batches import Card
from skm.usecases.papers.report import Report
from skm.web.asking.question import Crumb, Question
from skm.web.figures import overview, tables
from skm.web.figures.tabs import sections
from skm.web.frame.addresses import way
from skm.web.frame.connection import store
from skm.web.unit.papers.forms import LANGUAGES

NOT_COUNTED = "Belum dihitung"


def listed(unit: Organisation, found: Sequence[tuple[Batch, str, str, int]]) -> dict[str, Any]:
    """The context `page` of a unit's batches."""
    waiting = [(batch, keyed) for batch, _, _, keyed in found if batch.state in ("keying", "checking")]
    return {
        "name": unit.name,
        "sections": sections(unit),
        "headline": _headline(waiting) if found else "",
        "rows": [_row(*one) for one in found],
        "add_url": url_for("papers.open_batch", slug=unit.slug),
    }


def batch(found: Report, officer_id: str) -> dict[str, Any]:
    """The context `page` of one batch, as one officer sees it."""
    card, at = found.card, found.card.batch.id
    state = card.batch.state
    return {
        "title": f"Bundel {card.batch.number}",
        "lead": lead(card),
        "state": state,
        "headline": _state(found),
        "facts": _facts(found),
        "keyed": len(card.sheets),
        "stack": card.batch.stack,
        "even": len(card.sheets) == card.batch.stack,
        "own": officer_id in card.keyers,
        "drawn": len(found.progress.drawn),
        "left": len(found.progress.todo) + len(found.progress.undecided),
        "turns": found.progress.turns,
        "numbers": [sheet.number for sheet in found.progress.drawn],
        "sheets": [_sheet(card, one.id, one.number, one.officer_name) for one in card.sheets],
        "result": _result(found),
        "corrections": _corrections(found),
        "csv_url": url_for("papers.export_batch", batch_id=at),
        "key_url": url_for("sheets.key_sheet", batch_id=at),
        "check_url": url_for("sheets.check_sheet", batch_id=at),
        "finish_url": url_for("papers.finish_batch", batch_id=at),
        "count_url": url_for("papers.count_batch", batch_id=at),
        "edit_url": url_for("papers.edit_batch", batch_id=at),
        "discard_url": url_for("papers.discard_batch", batch_id=at),
    }


def table(found: Report) -> Document:
    """The report of a batch as CSV: what is known of it, then every item with its counts."""
    card = found.card
    known = [(name, value) for name, value in _facts(found)]
    scores = [str(score) for score in range(1, card.instrument.scale + 1)]
    counted = _result(found)
    items: list[Sequence[str]] = []
    if counted:
        index = ("", "") if counted["index"] is None else ("IKM", formats.number(counted["index"]))
        known += [index, ("Jawaban", str(counted["n"]))]
        items = [("Pertanyaan", "Kosong", *scores)]
        items += [(row["code"], str(row["empty"]), *map(str, row["counts"])) for row in counted["items"]]
    slug, number = card.unit.slug, card.batch.number
    return table_csv(("Keterangan", "Isi"), [*known, *items], f"bundel-{slug}-{number}.csv")


def crumbs(unit: Organisation, shown: Batch | None = None) -> list[Crumb]:
    """The line down to a unit's batches, or to one of them."""
    above = way(show_line(store(), unit))
    line: list[Crumb] = [*above, {"name": "Kertas", "url": url_for("papers.show_batches", slug=unit.slug)}]
    if shown is None:
        return line
    return [*line, {"name": f"Bundel {shown.number}", "url": url_for("papers.show_batch", batch_id=shown.id)}]


def here(way: Sequence[Crumb]) -> list[Crumb]:
    """The same way for the page at its end, which does not link to itself."""
    return [*way[:-1], way[-1] | {"url": None}]


def question(card: Card, title: str, button: str, **more: Any) -> Question:
    """A question about a batch, which leads back to it."""
    back = url_for("papers.show_batch", batch_id=card.batch.id)
    way = crumbs(card.unit, card.batch)
    return Question(title, button, back, way, f"Bundel {card.batch.number}, {lead(card)}", **more)


def lead(card: Card) -> str:
    """Where and when the papers of a batch were filled in."""
    day = formats.date(date.fromisoformat(card.batch.survey_date))
    return f"{card.unit.name}, {card.counter.name}, {card.service.name}, {day}."


def difference(instrument: Instrument, one: Difference) -> dict[str, Any]:
    """A field that two people read differently, in words."""
    return {
        "field": one.field,
        "label": label_of(instrument, one.field),
        "text": next((say(item.text, "id") for item in instrument.items if item.code == one.field), ""),
        "first": word_of(instrument, one.field, one.first),
        "second": word_of(instrument, one.field, one.second),
        "chosen": None if one.chosen is None else word_of(instrument, one.field, one.chosen),
        "wrong": one.wrong,
        "officer": one.officer_name,
    }


def label_of(instrument: Instrument, name: str) -> str:
    """A field as an officer knows it."""
    codes = [item.code for item in instrument.items]
    if name in codes:
        return f"Pertanyaan {codes.index(name) + 1}"
    return say({one.code: one for one in instrument.profile}[name].label, "id")


def word_of(instrument: Instrument, name: str, value: str) -> str:
    """A value as an officer reads it on the paper."""
    if value == UNANSWERED:
        return "kosong"
    item = next((one for one in instrument.items if one.code == name), None)
    if item is not None:
        return f"{value} – {say(item.options[int(value) - 1], 'id')}"
    found = next(one for one in instrument.profile if one.code == name)
    return next((say(choice.label, "id") for choice in found.choices if choice.code == value), value)


def _headline(waiting: Sequence[tuple[Batch, int]]) -> str:
    if not waiting:
        return "Semua bundel sudah dihitung atau dibuang."
    sheets = formats.count(sum(keyed for _, keyed in waiting))
    return f"{len(waiting)} bundel belum dihitung ({sheets} lembar)."


def _row(shown: Batch, counter: str, service: str, keyed: int) -> dict[str, Any]:
    return {
        "name": f"Bundel {shown.number}",
        "url": url_for("papers.show_batch", batch_id=shown.id),
        "place": f"{counter}, {service}",
        "day": date.fromisoformat(shown.survey_date),
        "keyed": keyed,
        "stack": shown.stack,
        "officer": shown.officer_name,
        "state": STATES[shown.state],
        "open": shown.state in ("keying", "checking"),
    }


def _state(found: Report) -> str:
    card, progress = found.card, found.progress
    if card.batch.state == "keying":
        return f"{NOT_COUNTED}: {len(card.sheets)} dari {card.batch.stack} lembar sudah diketik."
    if card.batch.state == "checking":
        if progress.todo or progress.undecided:
            return f"{NOT_COUNTED}: menunggu pemeriksaan orang kedua."
        return f"{NOT_COUNTED}: pemeriksaan tinggal diselesaikan."
    if card.batch.state == "discarded":
        return "Dibuang, tidak dihitung."
    return overview.headline(found.result) if found.result else "Sudah dihitung."


def _facts(found: Report) -> list[tuple[str, str]]:
    """What is known of a batch, in the order of a report."""
    card, progress = found.card, found.progress
    known = card.batch
    day = formats.date(date.fromisoformat(known.survey_date))
    said = [
        ("Unit", card.unit.name),
        ("Loket", card.counter.name),
        ("Layanan", card.service.name),
        ("Tanggal dan jam survei", f"{day}, {PARTS[known.local_hour]}"),
        ("Kuesioner", f"{say(card.instrument.title, 'id')}; formulir bahasa {LANGUAGES[known.language]}"),
        ("Dibuka", f"{known.officer_name}, {_moment(card.unit, known.opened)}"),
        ("Diketik", ", ".join(card.keyers.values()) + _since(card.unit, known.keyed)),
        ("Lembar dalam tumpukan", formats.count(known.stack)),
        ("Lembar diketik", formats.count(len(card.sheets))),
    ]
    if known.keyed:
        numbers = ", ".join(str(sheet.number) for sheet in progress.drawn)
        said += [("Lembar contoh", f"{len(progress.drawn)} (nomor {numbers})"), *_check(found)]
    if known.discarded:
        said.append(("Dibuang", f"{_moment(card.unit, known.discarded)}: {known.why}"))
    return said


def _check(found: Report) -> list[tuple[str, str]]:
    progress, card = found.progress, found.card
    if not progress.checks:
        return []
    rate = formats.number(100 * progress.wrong / progress.compared)
    return [
        ("Diperiksa", ", ".join(found.checkers) + _since(card.unit, card.batch.counted)),
        ("Isian dibandingkan", formats.count(progress.compared)),
        ("Selisih ditemukan", formats.count(len(progress.differences))),
        ("Isian diperbaiki", f"{formats.count(progress.wrong)} ({rate} %)"),
    ]


def _since(unit: Organisation, moment: str | None) -> str:
    return f"; selesai {_moment(unit, moment)}" if moment else ""


def _moment(unit: Organisation, at: str) -> str:
    return formats.moment(unit.local(datetime.fromisoformat(at)))


def _sheet(card: Card, key: str, number: int, officer: str) -> dict[str, Any]:
    return {
        "number": number,
        "officer": officer,
        "url": url_for("sheets.edit_sheet", batch_id=card.batch.id, sheet_id=key),
    }


def _result(found: Report) -> dict[str, Any] | None:
    """What the answers of a counted batch come to."""
    tally, result = found.tally, found.result
    if tally is None or tally.counts is None or result is None:
        return None
    items = zip(found.card.instrument.items, tally.counts, strict=True)
    return tables.value(result) | {
        "scores": list(range(1, found.card.instrument.scale + 1)),
        "items": [
            {
                "code": item.code,
                "text": f"{number}. {say(item.text, 'id')}",
                "empty": counts[0],
                "counts": list(counts[1:]),
            }
            for number, (item, counts) in enumerate(items, 1)
        ],
    }


def _corrections(found: Report) -> list[dict[str, Any]]:
    """What differed, once it is decided; before, it would show the first keying to the second person."""
    if found.card.batch.state == "checking":
        return []
    numbers = {sheet.id: sheet.number for sheet in found.card.sheets}
    return [
        difference(found.card.instrument, one) | {"sheet": numbers[one.sheet_id]}
        for one in found.progress.differences
        if one.chosen is not None
    ]
