"""Which doors the attacker goes through, and why he leaves the others alone.

A page that is new is in neither list, and a test says so: either it shows what people answered, and he reads it, or
there is a reason why it does not.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from flask import Flask

from skm.web.frame.guard import LOCKS

READ = frozenset(
    {
        "city.show_agency",
        "figures.export_method",
        "figures.export_units",
        "figures.show_chart",  # SVG and PNG are drawn from what the CSV has; no letter or number is in them as text
        "figures.show_gains",
        "figures.show_method",
        "figures.show_priorities",
        "figures.show_summary",
        "figures.show_units",
        "public.show_screen",
        "public.show_thanks",
        "respondents.export_respondents",
        "respondents.show_respondents",
        "sample.show_sample",
        "snapshots.export_frozen_method",
        "snapshots.show_freezing",
        "snapshots.show_frozen_method",
        "snapshots.show_snapshot",
        "unit.show_unit",
    }
)
WITHOUT_SCORES: Mapping[str, tuple[str, ...]] = {
    "asks, and shows no answer": ("public.show_form", "public.show_home", "public.show_kiosk"),
    "whether the server lives": ("health.show_health", "health.show_readiness"),
    "a file of the house": ("public.show_bundle", "public.show_logo", "public.show_worker", "static"),
    "about an account and its rights": (
        "people.close_officer",
        "people.end_membership",
        "people.invite",
        "people.change_last_day",
        "people.renew_invitations",
        "people.offer_reset",
        "people.show_people",
        "people.show_person",
        "sign_in.show_account",
        "sign_in.show_arrival",
        "sign_in.show_authenticator",
        "sign_in.show_authenticator_qr",
        "sign_in.show_code",
        "sign_in.show_set_up",
        "sign_in.show_sign_in",
    ),
    "about what is set up: names, days, and how many answered": (
        "set_up.add_counter",
        "set_up.add_organisation",
        "set_up.add_period",
        "set_up.add_service",
        "set_up.change_branding",
        "set_up.choose_unit",
        "set_up.close_counter",
        "set_up.close_organisation",
        "set_up.close_service",
        "set_up.download_template",
        "set_up.edit_counter",
        "set_up.edit_organisation",
        "set_up.edit_period",
        "set_up.edit_service",
        "set_up.end_period_early",
        "set_up.export_spreadsheet",
        "set_up.import_spreadsheet",
        "set_up.merge_organisation",
        "set_up.move_counter",
        "set_up.move_organisation",
        "set_up.preview_instrument",
        "set_up.remove_period",
        "set_up.rename_organisation",
        "set_up.reopen_counter",
        "set_up.reopen_organisation",
        "set_up.reopen_service",
        "set_up.show_guide",
        "set_up.show_instruments",
        "set_up.show_organisation",
        "set_up.undo_counter_move",
    ),
    "prints a QR or an empty form": (
        "counters.confirm_token",
        "counters.show_counters",
        "counters.show_qr",
        "printing.print_paper",
        "printing.print_sheet",
        "printing.print_sheets",
    ),
    "about shared devices: their names, and how many answers wait on them": (
        "devices.end_device",
        "devices.make_code",
        "devices.rename_device",
        "devices.show_devices",
    ),
    "visitors, not answers": (
        "visitors.download_blank",
        "visitors.enter_visitors",
        "visitors.import_visitors",
    ),
    "sentences of officers": (
        "improvements.add_improvement",
        "improvements.edit_improvement",
        "improvements.publish_improvement",
        "improvements.show_improvements",
        "improvements.withdraw_improvement",
    ),
    "leads to another address": ("improvements.redirect_follow_ups", "snapshots.redirect_closings"),
    "how far a bundle of papers is; what is on them only for who keyed them, by a test of its own": (
        "papers.discard_batch",
        "papers.edit_batch",
        "papers.export_batch",
        "papers.open_batch",
        "papers.show_batch",
        "papers.show_batches",
        "sheets.check_sheet",
        "sheets.decide_sheet",
        "sheets.edit_sheet",
        "sheets.key_sheet",
        "sheets.remove_sheet",
    ),
}


def doors_of(app: Flask, doors: Mapping[str, str], roles: Iterable[str]) -> set[str]:
    """The endpoints of pages and files that somebody in one of some roles, or anybody, may open."""
    held = frozenset(roles)
    reading = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {one for one in reading if not (lock := LOCKS[doors[one]]).roles or lock.roles & held}


def opened(app: Flask, addresses: Iterable[str]) -> set[str]:
    """The endpoints of some addresses."""
    urls = app.url_map.bind("skm.example.go.id")
    return {urls.match(urlsplit(address).path)[0] for address in addresses}
