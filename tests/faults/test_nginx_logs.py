"""What nginx writes down as the guide sets it up: nobody's address, also when something is wrong."""

import re
import ssl
from contextlib import closing

import pytest

from tests import nginx
from tests.faults import load
from tests.ports import reserved_port

SENT = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.nginx
def test_a_disturbance_writes_no_visitor_down(tmp_path):
    with reserved_port() as nobody, nginx.before(nobody, tmp_path) as (public, authority):
        trusted = ssl.create_default_context()
        authority.configure_trust(trusted)
        with closing(load.connect(public, trusted)) as connection:
            connection.request("POST", "/s/ABCDEFGH", "stamp=x", SENT)
            assert connection.getresponse().status == 502
    written = "".join(file.read_text() for file in tmp_path.glob("*.txt")) + "".join(
        file.read_text() for file in tmp_path.glob("*.log")
    )
    assert "127.0.0.1" not in written
    assert "ABCDEFGH" not in written


def test_every_server_of_the_guide_logs_no_visits_and_only_what_stops_it():
    (block,) = re.findall(r"```nginx\n(.*?)```", nginx.GUIDE.read_text("utf-8"), re.S)
    servers = re.findall(r"^server \{\n(.*?)^\}", block, re.S | re.M)
    assert len(servers) == 2
    for server in servers:
        assert re.search(r"^    access_log off;$", server, re.M)
        assert re.search(r"^    error_log \S+ crit;$", server, re.M)
