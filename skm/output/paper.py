"""The questionnaire on paper (formulir kertas): A4, in the layout of the annex of PermenPANRB 14/2017."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skm.i18n.words import N_, translations
from skm.output.document import Document
from skm.output.documents import pdf
from skm.survey.instrument import KEYS, Instrument, ProfileField, say

WORDS: Mapping[str, str] = {
    "title": N_("Kuesioner Survei Kepuasan Masyarakat (SKM)"),
    "at": N_("pada unit layanan {unit}"),
    "date": N_("Tanggal survei"),
    "hour": N_("Jam survei"),
    "promise": N_(
        "Penilaian ini anonim dan sukarela. Jawaban Anda tidak memengaruhi pelayanan yang Anda terima."
    ),
    "readers": N_(
        "Jawaban satu per satu hanya dilihat oleh Bagian Organisasi, auditor, dan petugas yang mengetiknya."
    ),
    "profile": N_("Profil"),
    "skip": N_("Boleh dilewati"),
    "service": N_("Jenis layanan yang diterima"),
    "opinion": N_("Pendapat responden tentang pelayanan"),
    "mark": N_("Beri satu tanda silang untuk setiap pertanyaan."),
    "comment": N_("Kritik dan saran (boleh dikosongkan)"),
    "nameless": N_("Mohon tidak menuliskan nama, NIK, atau nomor telepon."),
    "complaint": N_("Pengaduan yang memerlukan jawaban dapat disampaikan melalui SP4N-LAPOR! di"),
    "page": N_("Halaman {page} dari {pages}"),
}


@dataclass(frozen=True)
class PaperForm:
    """One questionnaire and the unit's services that are asked with it; `version` is such as `permenpan-14-2017/1`."""

    instrument: Instrument
    version: str
    services: tuple[str, ...]


@dataclass(frozen=True)
class Letterhead:
    """Whose form it is. `heading` "" stands for the city; `logo` is a PNG, b"" for none."""

    city: str
    unit: str
    address: str
    heading: str
    logo: bytes
    demo: bool


def paper_forms(head: Letterhead, forms: Sequence[PaperForm], language: str) -> Document:
    """One PDF/UA-1 file with every questionnaire, each from a page of its own, in `language`.

    Raises ValueError for no questionnaire.
    """
    if not forms:
        raise ValueError("a paper form needs at least one questionnaire")
    said = translations(language).gettext
    data = {
        "lang": language,
        "words": {key: said(words) for key, words in WORDS.items()},
        "city": head.city,
        "unit": head.unit,
        "address": head.address,
        "heading": head.heading,
        "logo": list(head.logo),
        "demo": head.demo,
        "forms": [_form(form, language) for form in forms],
    }
    return pdf("paper_form", data, f"formulir-kertas-{language}.pdf")


def _form(form: PaperForm, language: str) -> dict[str, Any]:
    return {
        "version": form.version,
        "services": form.services,
        "profile": [_field(field, language) for field in form.instrument.profile],
        "items": [
            {"text": say(item.text, language), "options": [say(words, language) for words in item.options]}
            for item in form.instrument.items
        ],
    }


def _field(field: ProfileField, language: str) -> dict[str, Any]:
    choices = [
        {"key": key, "label": say(choice.label, language)}
        for key, choice in zip(KEYS, field.choices, strict=False)
    ]
    return {"label": say(field.label, language), "choices": choices}
