"""A unit's kiosks: which devices are registered at its counters, and the code for one more."""

from base64 import b64encode
from typing import Any

from flask import Blueprint, render_template, url_for
from wtforms import SelectField

from skm.i18n.words import N_
from skm.output import qr
from skm.survey.device import Device
from skm.survey.organisation import Organisation
from skm.usecases.city import devices
from skm.usecases.city.devices import Devices, NewCode
from skm.web.asking.form import Form, Nothing, text
from skm.web.asking.question import Crumb, Page, Question, ask, attempt, show
from skm.web.frame import bundles, guard
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, settings, store
from skm.web.frame.errors import not_in_list
from skm.web.frame.officer import deed
from skm.wording.devices import DeviceText, counters_unregistered, device_text

device_pages = Blueprint("devices", __name__)
DOORS = {
    "devices.show_devices": "registers_devices",
    "devices.make_code": "registers_devices",
    "devices.rename_device": "registers_devices",
    "devices.end_device": "registers_devices",
}
PROBLEMS = {"device_unknown": not_in_list(N_("Perangkat tidak ditemukan"))}
_NAME = "Misalnya: Tablet meja depan. Untuk membedakan perangkat, bukan untuk nama orang."


class NewDevice(Form):
    """At which counter a device will stand, and what it is called."""

    counter = SelectField("Loket")
    name = text("Nama perangkat", _NAME)


class DeviceName(Form):
    """What a device is called."""

    name = text("Nama perangkat", _NAME)


@device_pages.get("/units/<slug>/devices")
def show_devices(slug: str) -> str:
    """The devices of a unit."""
    shown = devices.show_devices(store(), slug)
    texts = [_text(shown, device) for device in shown.devices]
    return render_template(
        "unit/devices.html",
        unit=shown.unit,
        in_use=[one for one in texts if not one.ended],
        ended=[one for one in texts if one.ended],
        can_add=bool(shown.open_counters),
        unregistered=_unregistered(shown.unit),
        crumbs=[*_way(shown), {"name": "Perangkat kios", "url": None}],
    )


@device_pages.route("/units/<slug>/devices/code", methods=["GET", "POST"])
def make_code(slug: str) -> Page:
    """Makes the code for one device; the page that follows is the only one that shows it."""
    shown, made = devices.show_devices(store(), slug), list[NewCode]()
    form, question = (
        _new_form(shown),
        _question(shown, "Daftarkan perangkat kios", "Buat kode", lead=_CODE_LEAD),
    )

    def make() -> None:
        made.append(devices.make_code(store(), deed(), slug, form.counter.data, form.name.data))

    if not form.is_submitted():
        return show(question, form)
    if (problem := attempt(form, make)) is not None:
        return show(question, form, problem), 422
    return _code_page(shown, made[0], form.name.data)


@device_pages.route("/devices/<device_id>/edit", methods=["GET", "POST"])
def rename_device(device_id: str) -> Page:
    """Gives a device another name."""
    shown, device = devices.show_device(store(), device_id)
    form = DeviceName(data={"name": device.name})
    question = _question(shown, f"Ganti nama {device.name}", "Simpan", done="Nama perangkat diganti.")
    return ask(question, form, lambda: devices.rename_device(store(), deed(), device_id, form.name.data))


@device_pages.route("/devices/<device_id>/end", methods=["GET", "POST"])
def end_device(device_id: str) -> Page:
    """Ends a device."""
    shown, device = devices.show_device(store(), device_id)
    question = _question(
        shown,
        f"Akhiri {device.name}",
        "Akhiri perangkat",
        lead=f"Perangkat kios di {shown.counters[device.counter_id].name}.",
        done="Perangkat diakhiri.",
        danger=True,
        effects=_END_EFFECTS,
    )
    return ask(question, Nothing(), lambda: devices.end_device(store(), deed(), device_id))


def device_link(unit: Organisation) -> dict[str, str]:
    """For who may register a device: where, and which counters are used as a kiosk without one; nothing for others."""
    if not (guard.may("registers_devices") and guard.reaches(unit.path)):
        return {}
    return {"url": url_for("devices.show_devices", slug=unit.slug), "unregistered": _unregistered(unit)}


def _unregistered(unit: Organisation) -> str:
    found = devices.find_unregistered(store(), unit, now())
    return counters_unregistered([counter for one in found for counter in one.counters])


_CODE_LEAD = (
    "Kode ini diketik pada perangkat yang akan berdiri di loket. Sejak itu jawaban dari perangkat itu dihitung sebagai "
    "jawaban kios; jawaban dari perangkat yang tidak terdaftar diterima, tetapi ditahan."
)
_END_EFFECTS = (
    "Jawaban yang sudah dihitung tetap dihitung.",
    "Jawaban yang masih menunggu di perangkat itu tetap diterima, tetapi ditahan sampai diputuskan.",
    "Halaman kiosnya tetap dapat dipakai, sebagai perangkat yang belum terdaftar; jawabannya ditahan.",
    "Perangkat yang sama dapat didaftarkan lagi dengan kode baru.",
)


def _new_form(shown: Devices) -> NewDevice:
    form = NewDevice()
    form.counter.choices = list(shown.open_counters.items())
    return form


def _code_page(shown: Devices, made: NewCode, name: str) -> str:
    address = settings().address + url_for("public.show_kiosk", token=made.token)
    return render_template(
        "unit/device_code.html",
        unit=shown.unit,
        name=name,
        counter=made.counter.name,
        code=made.code,
        until=f"{shown.unit.local(made.until):%H.%M %Z}",
        address=address.partition("://")[2],
        qr=b64encode(qr.svg_bytes(address)).decode(),
        back=url_for("devices.show_devices", slug=shown.unit.slug),
        crumbs=[*_here(shown), {"name": "Kode perangkat", "url": None}],
    )


def _text(shown: Devices, device: Device) -> DeviceText:
    counter = shown.counters[device.counter_id].name
    return device_text(device, counter, shown.unit, now(), bundles.fingerprint("kiosk.js"))


def _way(shown: Devices) -> list[Crumb]:
    back = url_for("counters.show_counters", slug=shown.unit.slug)
    return [*way([*shown.above, shown.unit]), {"name": "Loket", "url": back}]


def _here(shown: Devices) -> list[Crumb]:
    return [
        *_way(shown),
        {"name": "Perangkat kios", "url": url_for("devices.show_devices", slug=shown.unit.slug)},
    ]


def _question(shown: Devices, title: str, button: str, **more: Any) -> Question:
    back = url_for("devices.show_devices", slug=shown.unit.slug)
    return Question(title, button, back, _here(shown), **more)
