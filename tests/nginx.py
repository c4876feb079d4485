"""A real nginx before the server, with the very configuration of docs/operate/server.md."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme

from skm.settings import ROOT
from tests.ports import reserved_port
from tests.waiting import until

GUIDE = ROOT / "docs" / "operate" / "server.md"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@contextmanager
def before(upstream: int, folder: Path, port: int = 0) -> Iterator[tuple[str, trustme.CA]]:
    """The address of an nginx before the server on a port, and the authority that its certificate is of."""
    assert NGINX, "apt-get install nginx"
    authority = trustme.CA()
    with reserved_port() as free:
        port = port or free
        (folder / "nginx.conf").write_text(configuration(authority, folder, port, upstream))
        with (folder / "nginx.txt").open("wb") as log:
            command = [NGINX, "-e", "stderr", "-p", str(folder), "-c", "nginx.conf"]
            nginx = subprocess.Popen(command, stderr=log)
        try:
            until(lambda: (folder / "nginx.pid").exists() or nginx.poll() is not None)
            assert nginx.poll() is None, (folder / "nginx.txt").read_text()
            yield f"https://localhost:{port}", authority
        finally:
            nginx.terminate()
            nginx.wait(10)


def configuration(authority: trustme.CA, folder: Path, port: int, upstream: int) -> str:
    """The second `server` of the guide, the one with TLS, and its upstream, on ports of their own."""
    (block,) = re.findall(r"```nginx\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    _, _, server = block.rpartition("\nserver {")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "localhost.pem"))
    for pattern, here in (
        (r"listen 443 ", f"listen 127.0.0.1:{port} "),
        (r"listen \[::\]:443 .*\n", ""),
        (r"server_name .*;", "server_name localhost;"),
        (r"(ssl_certificate(?:_key)?) .*;", rf"\1 {folder}/localhost.pem;"),
        (r"/srv/skm/app", str(ROOT)),
        (r"/var/log/nginx", str(folder)),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{upstream}"),
    ):
        server, times = re.subn(pattern, here, server)
        assert times, f"docs/operate/server.md has no {pattern!r} any more"
    return (
        "daemon off; pid nginx.pid; user root; events {}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\nserver {{{server}\n}}\n"
    )
