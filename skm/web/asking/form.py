"""A form whose words are Indonesian, the parts that fields share, and the forms that several audiences use."""

from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import TextInput

from skm.survey.names import folded
from skm.web.frame.held_forms import forget_held_form, restored

LONGEST_LINE = 200  # signs
# What WTForms says by itself, as an Indonesian civil servant would say it.
_WORDS = {
    "Not a valid choice.": "Pilih salah satu dari daftar.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Pilih dari daftar.",
    "Not a valid date value.": "Tulis tanggal yang ada di kalender.",
    "Not a valid integer value.": "Tulis bilangan bulat, misalnya 1200.",
}
given = DataRequired("Bagian ini wajib diisi.")
typed = InputRequired(
    "Bagian ini wajib diisi."
)  # leaves it to the field to say that what was typed is no date
line = Length(max=LONGEST_LINE, message="Paling banyak %(max)d huruf.")


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
        first = (name for name in self.field_order if name in self._fields)
        return iter([self._fields[name] for name in (*first, *rest)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is right. What was typed as a date or number and is none comes back in a field for text."""
        valid = bool(super().validate(extra_validators))
        for field in self:
            typed = any(field.raw_data or ()) and field.raw_data != [str(field.data)]
            if typed and isinstance(field, DateField | IntegerField):
                field.widget = TextInput()  # a browser leaves the others empty
        return valid

    class Meta(FlaskForm.Meta):
        """Where WTForms looks for words, and for what was typed."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """What was sent; on the way back from the sign-in what was typed before."""
            sent = super().wrap_formdata(form, formdata)
            if sent is not None:
                forget_held_form()
            elif formdata is _Auto and (fields := restored()):
                return MultiDict((name, value) for name, values in fields.items() for value in values)
            return sent

        def get_translations(self, form: FlaskForm) -> _Words:  # noqa: ARG002 - WTForms asks so
            """The words above."""
            return _Words()


def clean(typed: str | None) -> str:
    """A typed line without spaces at its ends or doubled ones."""
    return " ".join((typed or "").split())


def text(label: str, hint: str = "", needed: bool = True, **more: str) -> StringField:
    """A line of text."""
    rules = [given, line] if needed else [line]
    return StringField(label, rules, filters=[clean], description=hint, render_kw=more)


def of_this_age(_: Form, field: Field) -> None:
    """Refuses the first and the last years that a date can have: no time zone reaches them."""
    if field.data and not 1900 <= field.data.year < 3000:
        raise ValidationError(_WORDS["Not a valid date value."])


class Confirmation(Form):
    """What cannot be undone is confirmed by naming it."""

    named = StringField("Nama untuk konfirmasi", [line], filters=[clean])

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(**more)
        self._name = clean(name)
        self.named.description = f"Ketik: {self._name}"

    def validate_named(self, field: StringField) -> None:
        """Right when it is the name, in whatever case and with whatever quotes."""
        if folded(field.data) != folded(self._name):
            raise ValidationError(f"Ketik “{self._name}” untuk melanjutkan.")


class Upload(Form):
    """A file."""

    file = FileField("Berkas", [FileRequired("Pilih berkas yang akan diunggah.")])


class Reviewed(Form):
    """The key of a file that was looked at, to be applied as it is, and what was shown then."""

    key = HiddenField()
    shown = HiddenField()


class Nothing(Form):
    """A button that asks nothing else."""
