"""The forms of setting up a city and of its people. Fields keep what was typed; the use case has the last word."""

from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from skm.survey.officer import ROLES
from skm.survey.organisation import CHANNELS, FIELDS, TIME_ZONES
from skm.survey.period import AGGREGATIONS
from skm.web.office.places import PlaceField

LONGEST_LINE = 200  # signs
OWN_DATES = "own"
# What WTForms says by itself, as an Indonesian civil servant would say it.
_WORDS = {
    "Not a valid choice.": "Pilih salah satu dari daftar.",
    "Not a valid date value.": "Tulis tanggal yang ada di kalender.",
    "Not a valid integer value.": "Tulis bilangan bulat, misalnya 1200.",
}
_given = DataRequired("Bagian ini wajib diisi.")
_typed = InputRequired(
    "Bagian ini wajib diisi."
)  # leaves it to the field to say that what was typed is no date
_chosen = DataRequired("Pilih salah satu dari daftar.")
_PLACE = "Ketik sebagian namanya, lalu pilih dari daftar."
_line = Length(max=LONGEST_LINE, message="Paling banyak %(max)d huruf.")


class _Words:
    def gettext(self, sentence: str) -> str:
        return _WORDS.get(sentence, sentence)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


class Form(FlaskForm):
    """A form whose own complaints are Indonesian. `field_order`: where the order of writing is not that of reading."""

    field_order: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Field]:
        """The fields in the order of reading; the one against forgery last."""
        rest = (name for name in self._fields if name not in self.field_order)
        return iter([self._fields[name] for name in (*self.field_order, *rest)])

    class Meta(FlaskForm.Meta):
        """Where WTForms looks for words."""

        def get_translations(self, form: FlaskForm) -> _Words:  # noqa: ARG002 - WTForms asks so
            """The words above."""
            return _Words()


def _clean(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _text(label: str, hint: str = "", needed: bool = True, **more: str) -> StringField:
    rules = [_given, _line] if needed else [_line]
    return StringField(label, rules, filters=[_clean], description=hint, render_kw=more)


def _aggregation() -> SelectField:
    hint = "Berlaku untuk angka perangkat daerah dan angka kota."
    return SelectField("Cara menggabungkan unit", choices=AGGREGATIONS, description=hint)


def of_this_age(_: Form, field: Field) -> None:
    """Refuses the first and the last years that a date can have: no time zone reaches them."""
    if field.data and not 1900 <= field.data.year < 3000:
        raise ValidationError(_WORDS["Not a valid date value."])


class Organisation(Form):
    """A new organisation below another."""

    kind = SelectField("Jenis")
    name = _text("Nama", "Nama resmi, seperti pada papan nama.")
    address = _text("Alamat", needed=False)
    phone = _text("Telepon", needed=False, inputmode="tel")


class Rename(Form):
    """Another name."""

    name = _text("Nama baru", "Nama lama tetap tersimpan beserta tanggal terakhir pemakaiannya.")


class Address(Form):
    """Where an organisation is found, and by which clock it works."""

    address = _text("Alamat", needed=False)
    phone = _text("Telepon", needed=False, inputmode="tel")
    time_zone = SelectField("Zona waktu", choices=TIME_ZONES)
    field = SelectField(
        "Bidang pelayanan",
        choices={"": "Sama dengan organisasi di atasnya"} | FIELDS,
        description="Untuk angka kota menurut bidang.",
    )


class Branding(Form):
    """What stands at the head and at the foot of pages and of QR sheets."""

    heading = _text(
        "Judul", "Misalnya Suara Warga Denpasar. Tampil di atas halaman dan lembar QR.", needed=False
    )
    contact = _text(
        "Kontak",
        "Tampil sesudah “Ada pertanyaan?” di kaki halaman warga, misalnya 0361 555 111.",
        needed=False,
    )
    logo = FileField(
        "Logo",
        description="PNG, paling besar 200 kB. Dikosongkan berarti tidak berubah.",
        render_kw={"accept": "image/png"},
    )
    without_logo = BooleanField("Tanpa logo")


class Target(Form):
    """Another organisation: the one to move below, or to merge into."""

    slug = PlaceField("Dipindahkan ke bawah", [_chosen], description=_PLACE)


class Confirmation(Form):
    """What cannot be undone is confirmed by naming it."""

    named = StringField("Nama untuk konfirmasi", [_line], filters=[_clean])

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(**more)
        self._name = _clean(name)
        self.named.description = f"Ketik: {self._name}"

    def validate_named(self, field: StringField) -> None:
        """Right when it is the name, in whatever case."""
        if field.data.casefold() != self._name.casefold():
            raise ValidationError(f"Ketik “{self._name}” untuk melanjutkan.")


class Merge(Confirmation):
    """Into which organisation, from which day, and the name of the one that ends."""

    slug = PlaceField("Digabungkan ke", [_chosen], description=_PLACE)
    on = DateField("Mulai tanggal", [_typed, of_this_age])
    field_order = ("slug", "on", "named")


class Close(Confirmation):
    """From which day, and the name of what ends."""

    on = DateField("Ditutup mulai tanggal", [_typed, of_this_age])
    field_order = ("on", "named")


class CloseEarly(Confirmation):
    """The last day of a period, and its name."""

    on = DateField("Hari terakhir", [_typed, of_this_age])
    field_order = ("on", "named")


class Revision(Form):
    """Why figures that were frozen are frozen anew."""

    reason = _text("Alasan revisi", "Tersimpan pada rekaman yang baru, untuk setiap orang yang membacanya.")


class Withdrawal(Form):
    """Why figures are no longer official."""

    reason = _text("Alasan", "Tersimpan untuk setiap petugas yang membaca periode ini.")


class Service(Form):
    """A service of a unit."""

    name = _text("Nama layanan")
    channel = SelectField(
        "Cara pelayanan", choices={code: name.capitalize() for code, name in CHANNELS.items()}
    )
    free_of_charge = BooleanField("Tidak dipungut biaya", default=True)
    yearly_visitors = IntegerField(
        "Pengunjung dalam setahun",
        [Optional(), NumberRange(1, 100_000_000, "Tulis bilangan lebih dari nol.")],
        description="Perkiraan; dipakai untuk menghitung jumlah responden yang diperlukan. Boleh dikosongkan.",
        render_kw={"inputmode": "numeric"},
    )


class Counter(Form):
    """A counter and what is served there."""

    name = _text("Nama loket", "Seperti yang dibaca orang di tempat, misalnya Loket 1 atau Poli Gigi.")
    service_ids = SelectMultipleField(
        "Layanan di loket ini",
        [_given],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class Period(Form):
    """Another name, other days, another rule for a period that is there already."""

    name = _text("Nama periode")
    opens = DateField("Dibuka", [_given])
    closes = DateField("Ditutup", [_given], description="Hari terakhir survei dibuka.")
    aggregation = _aggregation()


class NewPeriod(Form):
    """A time in which answers are collected."""

    span = SelectField("Jangka waktu")
    instrument = SelectField("Kuesioner")
    weights = SelectField("Bobot unsur")
    aggregation = _aggregation()
    name = _text("Nama periode", "Hanya untuk tanggal sendiri, misalnya Uji coba 2026.", needed=False)
    opens = DateField("Dibuka", [Optional(), of_this_age], description="Hanya untuk tanggal sendiri.")
    closes = DateField(
        "Ditutup", [Optional(), of_this_age], description="Hari terakhir; hanya untuk tanggal sendiri."
    )

    def validate_span(self, field: SelectField) -> None:
        """Own dates are given in full."""
        if field.data == OWN_DATES and not (self.name.data and self.opens.data and self.closes.data):
            raise ValidationError("Untuk tanggal sendiri, isi nama, tanggal dibuka, dan tanggal ditutup.")


class LogSearch(Form):
    """What to look for in the log. It changes nothing, so it is sent openly, in the address."""

    words = StringField(
        "Cari nama, perbuatan, atau objek", [_line], filters=[_clean], render_kw={"type": "search"}
    )
    first = DateField("Dari tanggal", [Optional(), of_this_age])
    last = DateField("Sampai tanggal", [Optional(), of_this_age])

    class Meta(Form.Meta):
        """No mark against forgery."""

        csrf = False

    def validate_last(self, field: DateField) -> None:
        """Not before the first."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError("Tanggal ini mendahului tanggal awal.")


class Upload(Form):
    """A file."""

    file = FileField("Berkas", [FileRequired("Pilih berkas yang akan diunggah.")])


class Reviewed(Form):
    """The key of a file that was looked at, to be applied as it is, and what was shown then."""

    key = HiddenField()
    shown = HiddenField()


class Invitation(Form):
    """Who is invited, in which role, and where."""

    name = _text("Nama lengkap")
    email = EmailField("Surel", [_given, _line], filters=[_clean])
    role = SelectField("Peran", [_chosen], choices={"": "Pilih peran"} | ROLES)
    organisation = PlaceField(
        "Untuk",
        [_chosen],
        description=f"Peran berlaku di sini dan di semua organisasi di bawahnya. {_PLACE}",
    )


class Nothing(Form):
    """A button that asks nothing else."""
