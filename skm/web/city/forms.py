"""The forms of setting up a city and of its people. Fields keep what was typed; the use case has the last word."""

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from skm.survey.officer import ROLES
from skm.survey.organisation import CHANNELS, FIELDS, TIME_ZONES
from skm.survey.period import AGGREGATIONS
from skm.web.asking.form import Confirmation, Form, clean, given, line, of_this_age, text, typed
from skm.web.asking.organisation_field import OrganisationField

OWN_DATES = "own"
_chosen = DataRequired("Pilih salah satu dari daftar.")
_PLACE = "Ketik sebagian namanya, lalu pilih dari daftar."


def _aggregation() -> SelectField:
    hint = "Berlaku untuk angka perangkat daerah dan angka kota."
    return SelectField("Cara menggabungkan unit", choices=AGGREGATIONS, description=hint)


class Organisation(Form):
    """A new organisation below another."""

    kind = SelectField("Jenis")
    name = text("Nama", "Nama resmi, seperti pada papan nama.")
    address = text("Alamat", needed=False)
    phone = text("Telepon", needed=False, inputmode="tel")


class Rename(Form):
    """Another name."""

    name = text("Nama baru", "Nama lama tetap tersimpan beserta tanggal terakhir pemakaiannya.")


class Address(Form):
    """Where an organisation is found, and by which clock it works."""

    address = text("Alamat", needed=False)
    phone = text("Telepon", needed=False, inputmode="tel")
    time_zone = SelectField("Zona waktu", choices=TIME_ZONES)
    field = SelectField(
        "Bidang pelayanan",
        choices={"": "Sama dengan organisasi di atasnya"} | FIELDS,
        description="Untuk angka kota menurut bidang.",
    )


class Branding(Form):
    """What stands at the head and at the foot of pages and of QR sheets."""

    heading = text(
        "Judul", "Misalnya Suara Warga Denpasar. Tampil di atas halaman dan lembar QR.", needed=False
    )
    contact = text(
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


class Erasing(Form):
    """Which words of which answer, and why."""

    receipt = text("Kode bukti", "Dua belas huruf dan angka, seperti yang diterima sesudah mengirim jawaban.")
    what = SelectField(
        "Yang dihapus",
        choices={"": "Saran dan data responden", "comment": "Saran saja", "profile": "Data responden saja"},
    )
    why = text(
        "Alasan", "Tersimpan di log, misalnya “diminta orangnya pada 4 Mei”. Jangan tulis nama orangnya."
    )


class Move(Form):
    """Below which organisation, and from which day."""

    slug = OrganisationField("Dipindahkan ke bawah", [_chosen], description=_PLACE)
    on = DateField("Mulai tanggal", [typed, of_this_age], description="Hari ini, atau hari yang sudah lewat.")


class Merge(Confirmation):
    """Into which organisation, from which day, and the name of the one that ends."""

    slug = OrganisationField("Digabungkan ke", [_chosen], description=_PLACE)
    on = DateField("Mulai tanggal", [typed, of_this_age])
    field_order = ("slug", "on", "named")


class Close(Confirmation):
    """From which day, and the name of what ends."""

    on = DateField("Ditutup mulai tanggal", [typed, of_this_age])
    field_order = ("on", "named")


class EarlyEnd(Confirmation):
    """The last day of a period, and its name."""

    on = DateField("Hari terakhir", [typed, of_this_age])
    field_order = ("on", "named")


UNDECIDED = text(
    "Mengapa dibekukan dengan jawaban yang masih ditahan",
    "Hanya bila jawaban itu memang belum dapat diputuskan. Tersimpan pada rekaman.",
    needed=False,
)


class Freezing(Confirmation):
    """The name of the period whose figures are frozen, what was shown of them, and why although answers are held."""

    field_order = ("undecided", "named")
    shown = HiddenField()
    undecided = UNDECIDED


class Publication(Form):
    """What was shown of the figures that are published."""

    shown = HiddenField()


class Revision(Form):
    """The reason for a revision of frozen figures, what was shown of them, and why although answers are held."""

    shown = HiddenField()
    reason = text("Alasan revisi", "Tersimpan pada rekaman yang baru, untuk setiap orang yang membacanya.")
    undecided = UNDECIDED


class Withdrawal(Form):
    """Why figures are no longer official."""

    reason = text("Alasan", "Tersimpan untuk setiap petugas yang membaca periode ini.")


class Service(Form):
    """A service of a unit."""

    name = text("Nama layanan")
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

    name = text("Nama loket", "Seperti yang dibaca orang di tempat, misalnya Loket 1 atau Poli Gigi.")
    service_ids = SelectMultipleField(
        "Layanan di loket ini",
        [given],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class CounterMove(Form):
    """To which unit a counter moves."""

    slug = OrganisationField("Unit yang baru", [_chosen], description=_PLACE)


class Period(Form):
    """Another name, other days, another rule for a period that is there already."""

    name = text("Nama periode")
    opens = DateField("Dibuka", [given])
    closes = DateField("Berakhir", [given], description="Hari terakhir survei dibuka.")
    aggregation = _aggregation()


class NewPeriod(Form):
    """A time in which answers are collected."""

    span = SelectField("Jangka waktu")
    instrument = SelectField("Kuesioner")
    weights = SelectField("Bobot unsur")
    aggregation = _aggregation()
    name = text("Nama periode", "Hanya untuk tanggal sendiri, misalnya Uji coba 2026.", needed=False)
    opens = DateField("Dibuka", [Optional(), of_this_age], description="Hanya untuk tanggal sendiri.")
    closes = DateField(
        "Berakhir", [Optional(), of_this_age], description="Hari terakhir; hanya untuk tanggal sendiri."
    )

    def validate_span(self, field: SelectField) -> None:
        """Own dates are given in full."""
        if field.data == OWN_DATES and not (self.name.data and self.opens.data and self.closes.data):
            raise ValidationError("Untuk tanggal sendiri, isi nama, tanggal dibuka, dan tanggal berakhir.")


class LogSearch(Form):
    """What to look for in the log. It changes nothing, so it is sent openly, in the address."""

    words = StringField(
        "Cari nama, perbuatan, atau objek", [line], filters=[clean], render_kw={"type": "search"}
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


class Invitation(Form):
    """Who is invited, in which role, and where."""

    name = text("Nama lengkap")
    email = EmailField("Surel", [given, line], filters=[clean])
    role = SelectField("Peran", [_chosen], choices={"": "Pilih peran"} | ROLES)
    organisation = OrganisationField(
        "Untuk",
        [_chosen],
        description=f"Peran berlaku di sini dan di semua organisasi di bawahnya. {_PLACE}",
    )
    until = DateField(
        "Hari terakhir",
        [Optional(), of_this_age],
        description="Hanya untuk kepala sementara (Plt.). Dikosongkan berarti tanpa batas waktu.",
    )


class LastDay(Form):
    """Up to which day a role is held."""

    until = DateField(
        "Hari terakhir", [Optional(), of_this_age], description="Dikosongkan berarti tanpa batas waktu."
    )
