"""What a watch is told."""

from skm.store import installation
from skm.web.frame.connection import Connections


def test_readiness_is_a_write(tamu, db, clock):
    assert (tamu.open("/healthz", "GET").text, tamu.open("/readyz", "GET").text) == ("hidup\n", "siap\n")
    assert installation.find(db, "ready") == clock().isoformat(timespec="seconds")


def test_a_server_that_cannot_write_is_alive_and_not_ready(tamu, app, settings, clock, tmp_path):
    app.extensions["skm"] = Connections(type(settings)(**vars(settings) | {"database": tmp_path}), clock)
    assert tamu.open("/healthz", "GET").status_code == 200
    assert (tamu.open("/readyz", "GET").status_code, tamu.open("/readyz", "GET").text) == (
        503,
        "tidak dapat menulis\n",
    )
