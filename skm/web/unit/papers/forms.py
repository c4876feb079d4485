"""What is asked about a stack of papers, and why one is given up."""

from collections.abc import Sequence
from datetime import datetime

from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from skm.survey.organisation import Counter, Service, is_closed
from skm.survey.paper import PARTS, STACK_LIMIT
from skm.usecases.papers.batches import Stack
from skm.web.asking.form import LONGEST_LINE, Form, of_this_age
from skm.wording.papers import LANGUAGES

_typed = InputRequired("Bagian ini wajib diisi.")
_chosen = InputRequired("Pilih salah satu dari daftar.")
_size = NumberRange(1, STACK_LIMIT, "Tulis bilangan dari %(min)d sampai %(max)d.")
_SIGN = "/"  # between the keys of a counter and a service
_CHOOSE = SelectChoice("", "Pilih loket dan layanan")


class StackForm(Form):
    """One stack: everything that its sheets have in common."""

    place = SelectField("Loket dan layanan", [_chosen])
    day = DateField(
        "Tanggal survei", [_typed, of_this_age], description="Tanggal yang ditulis warga pada kertas."
    )
    part = SelectField(
        "Jam survei",
        [_chosen],
        choices=[SelectChoice("", "Pilih jam survei")]
        + [SelectChoice(str(hour), part) for hour, part in PARTS.items()],
        description="Pisahkan kertas pagi dan siang; setiap tumpukan menjadi bundel tersendiri.",
    )
    language = SelectField("Bahasa formulir", choices=LANGUAGES, default="id")
    sheets = IntegerField(
        "Banyaknya lembar",
        [_typed, _size],
        description="Hitung tumpukannya; lembar yang kosong seluruhnya tidak ikut dihitung.",
        render_kw={"inputmode": "numeric", "class": "short"},
    )

    def offer(self, counters: Sequence[tuple[Counter, Sequence[Service]]], now: datetime) -> None:
        """The counters with what is served there; those closed or moved by now say so, for papers may be older."""
        self.place.choices = [_CHOOSE] + [
            SelectChoice(
                f"{counter.id}{_SIGN}{service.id}", service.name, optgroup=_named(counter, service, now)
            )
            for counter, services in counters
            for service in services
        ]

    @property
    def stack(self) -> Stack:
        """What was said, once the form is filled in rightly."""
        counter_id, _, service_id = self.place.data.partition(_SIGN)
        return Stack(
            counter_id, service_id, self.day.data, int(self.part.data), self.language.data, self.sheets.data
        )


def filled(stack: Stack) -> dict[str, object]:
    """A stack as the data of the form."""
    return {
        "place": f"{stack.counter_id}{_SIGN}{stack.service_id}",
        "day": stack.day,
        "part": str(stack.local_hour),
        "language": stack.language,
        "sheets": stack.sheets,
    }


class DiscardForm(Form):
    """Why a batch is given up."""

    why = StringField(
        "Alasan",
        [_typed, Length(max=LONGEST_LINE, message="Paling banyak %(max)d huruf.")],
        description="Misalnya: tumpukan yang sama sudah diketik sebagai Bundel 6.",
    )


def _named(counter: Counter, service: Service, now: datetime) -> str:
    if counter.unit_id != service.unit_id:
        return f"{counter.name} (sudah pindah)"
    return f"{counter.name} (sudah ditutup)" if is_closed(counter, now) else counter.name
