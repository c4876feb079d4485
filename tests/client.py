"""A browser for tests that checks every page it opens; a failure says how to mend the page."""

from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests import html_pages

LINKS_OUT = {"www.lapor.go.id"}  # where a complaint goes; a link, never a resource


class Visitor:
    """Opens and sends pages; `page` is the last one, parsed."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.page = html.fromstring("<html></html>")
        self.response: TestResponse | None = None

    def cookie(self, name: str) -> str:
        """The value of a cookie that the site has set."""
        found = self._client.get_cookie(name)
        assert found is not None
        return found.value

    def cookies(self) -> dict[str, str]:
        """The cookies that the site has set, by name."""
        return {name: cookie.value for (_, _, name), cookie in (self._client._cookies or {}).items()}

    def again(self) -> "Visitor":
        """The same site in a browser that knows nothing of this one."""
        return Visitor(self._client.application.test_client())

    def get(self, address: str, status: int = 200, **more) -> TestResponse:
        return self._seen(self._client.get(address, buffered=True, **more), status)

    def post(self, address: str, data: object, status: int, **more) -> TestResponse:
        return self._seen(self._client.post(address, data=data, buffered=True, **more), status)

    def open(self, address: str, method: str, **more) -> TestResponse:
        """An answer of any status, looked at by the test itself."""
        response = self._client.open(address, method=method, buffered=True, **more)
        _gather(response)
        return response

    def peek(self, address: str) -> TestResponse:
        """What is at an address, not gathered for the HTML checker: for a test that opens thousands of pages."""
        return self._client.get(address, buffered=True)

    def send_form(self, address: str, status: int, form: int = 1, **typed: str) -> TestResponse:
        """Opens a page and sends one of its forms with what is typed, as a browser would."""
        self.get(address)
        return self.send(status, form, **typed)

    def send(self, status: int, form: int = 1, **typed: str) -> TestResponse:
        """Sends a form of the page that is open; the role and sign-out forms of the header do not count."""
        found = self.page.xpath("//main//form")[form - 1]
        given = {name: value for name, value in found.form_values() if name not in typed}
        here = self.response.request.path if self.response else "/"
        query = self.response.request.query_string.decode() if self.response else ""
        where = found.get("action") or here + (f"?{query}" if query else "")
        return self.post(where, given | typed, status)

    def open_form(self, token: str, lang: str = "id") -> dict[str, str]:
        """Opens a counter's form and returns the hidden fields that a browser would send back."""
        self.get(f"/s/{token}" + ("" if lang == "id" else f"?lang={lang}"))
        return {field.name: field.value for field in self.page.xpath("//form//input[@type='hidden']")}

    @property
    def words(self) -> str:
        """The text of the page, with single spaces."""
        return " ".join(self.page.text_content().split())

    def _seen(self, response: TestResponse, status: int) -> TestResponse:
        assert response.status_code == status, f"{response.status}: {response.get_data(as_text=True)[:2000]}"
        self.response = response
        if _gather(response):
            self.page = html.document_fromstring(response.get_data(as_text=True))
            inspect(self.page)
        return response


def _gather(response: TestResponse) -> bool:
    """Whether this is a page of ours; the HTML checker then judges it at the end of the run."""
    request = response.request
    ours = (
        response.mimetype == "text/html" and not response.headers.get("Location") and request.method != "HEAD"
    )
    if ours:
        html_pages.gather(f"{request.method} {request.path}", response.status_code, response.get_data())
    return ours


def inspect(page: html.HtmlElement) -> None:
    """What holds for every page of the house."""
    assert page.get("lang") in ("id", "en", "ban"), "give <html> its lang"
    assert (page.findtext(".//title") or "").strip(), "give the page a title"
    assert len(page.xpath("//h1")) == 1, f"a page has one h1, this one {len(page.xpath('//h1'))}"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    _inspect_forms(page)
    _inspect_safety(page)


def _inspect_forms(page: html.HtmlElement) -> None:
    fields = page.xpath("//input[not(@type='hidden')] | //select | //textarea")
    for field in fields:
        label = page.xpath("//label[@for=$id]", id=field.get("id", ""))
        assert label, f"tie a label to the field {field.get('name')!r} (id {field.get('id')!r})"
    for radio in page.xpath("//input[@type='radio']"):
        assert radio.xpath("ancestor::fieldset/legend"), (
            f"put the radio {radio.get('id')!r} in a fieldset with a legend"
        )
    for named in page.xpath("//@aria-describedby | //@aria-labelledby"):
        missing = [i for i in named.split() if not page.xpath("//*[@id=$id]", id=i)]
        assert not missing, f"nothing on the page has the id {missing[0]!r} that an aria attribute names"


def _inspect_safety(page: html.HtmlElement) -> None:
    assert not page.xpath("//style | //@style"), "no inline style: the security policy refuses it"
    assert not page.xpath("//script[not(@src)]"), "no inline script: the security policy refuses it"
    assert not page.xpath("//img[not(@alt) or normalize-space(@alt)='']"), "say in alt what the picture says"
    for address in page.xpath("//@src | //link/@href | //*[local-name()='use']/@href"):
        assert not urlsplit(address).netloc, f"load nothing from elsewhere: {address}"
    for address in page.xpath("//a/@href"):
        host = urlsplit(address).netloc
        assert not host or host in LINKS_OUT or host.endswith("example.go.id"), f"a foreign link: {address}"


def upload(
    visitor: Visitor, address: str, content: bytes, name: str, status: int, field="file", **typed: str
) -> None:
    """Sends a file with the form of a page."""
    visitor.get(address)
    token = visitor.page.xpath("//main//input[@name='csrf_token']/@value")[0]
    part = '--X\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}'
    fields = [
        part.format(known, "", said) + "\r\n" for known, said in ({"csrf_token": token} | typed).items()
    ]
    head = "".join(fields) + part.format(field, f'; filename="{name}"', "")
    body = head.encode() + content + b"\r\n--X--\r\n"
    visitor.post(address, body, status, content_type="multipart/form-data; boundary=X")
