"""The forms by which people come in. Each says in its fields what is wrong; the use case has the last word."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, Length

from skm.security.passwords import SHORTEST
from skm.survey.organisation import TIME_ZONES
from skm.survey.problem import Problem
from skm.usecases.people.sign_in import WINDOW
from skm.web.asking.question import words

LONGEST_LINE = 200  # signs: no name and no address of a person is longer
_ZONES = [SelectChoice(zone, name) for zone, name in TIME_ZONES.items()]
_given = DataRequired("Bagian ini wajib diisi.")
_line = Length(max=LONGEST_LINE, message="Paling banyak %(max)d huruf.")
_same = EqualTo("password", "Kedua kata sandi tidak sama; ketik sekali lagi.")
_NEW: dict[str, str] = {"autocomplete": "new-password", "minlength": str(SHORTEST)}
_CODE: dict[str, str] = {
    "autocomplete": "one-time-code",
    "autocapitalize": "characters",
    "spellcheck": "false",
}


class SignIn(FlaskForm):
    """Address and password."""

    email = EmailField("Surel", [_given, _line], render_kw={"autocomplete": "username"})
    password = PasswordField("Kata sandi", [_given], render_kw={"autocomplete": "current-password"})


class Code(FlaskForm):
    """Six digits of an authenticator, or a recovery code."""

    code = StringField("Kode", [_given, _line], render_kw=_CODE)


class NewPassword(FlaskForm):
    """A first or a new password, typed twice."""

    password = PasswordField("Kata sandi baru", [_given], render_kw=_NEW)
    again = PasswordField("Kata sandi baru sekali lagi", [_given, _same], render_kw=_NEW)


class ChangePassword(NewPassword):
    """A new password for one who knows the present one."""

    current = PasswordField("Kata sandi sekarang", [_given], render_kw={"autocomplete": "current-password"})


class Person(FlaskForm):
    """Who somebody is."""

    name = StringField("Nama lengkap", [_given, _line], render_kw={"autocomplete": "name"})
    email = EmailField("Surel", [_given, _line], render_kw={"autocomplete": "email"})


class Admin(Person, NewPassword):
    """The first admin of a city that is already there."""


class SetUp(Admin):
    """The first admin, and the city."""

    city = StringField("Nama pemerintah daerah", [_given, _line])
    time_zone = SelectField("Zona waktu", choices=_ZONES, default="Asia/Makassar")


@contextmanager
def said_in(form: FlaskForm) -> Iterator[None]:
    """What a use case refuses is said in the form, which keeps what was typed; passwords are typed again."""
    try:
        yield
    except Problem as problem:
        form.form_errors.append(words(problem))
        form.problem = problem


def refused(form: FlaskForm, page: str) -> tuple[str, int, dict[str, str]]:
    """The page with a form that was not taken; after too many tries also how many seconds to wait."""
    problem: Problem | None = getattr(form, "problem", None)
    if problem is None or problem.key != "sign_in_throttled":
        return page, 422, {}
    return page, 429, {"Retry-After": f"{WINDOW.total_seconds():.0f}"}
