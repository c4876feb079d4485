"""A visitor with taste: every page that any test opens is looked at, and the failure says how to mend it."""

from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

LINKS_OUT = {"www.lapor.go.id"}  # where a complaint goes; a link, never a resource


class Visitor:
    """Opens and sends pages; `page` is the last one, parsed."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.page = html.fromstring("<html></html>")
        self.response: TestResponse | None = None

    def get(self, address: str, status: int = 200, **more) -> TestResponse:
        return self._seen(self._client.get(address, buffered=True, **more), status)

    def post(self, address: str, data: object, status: int, **more) -> TestResponse:
        return self._seen(self._client.post(address, data=data, buffered=True, **more), status)

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
        if response.mimetype == "text/html" and not response.headers.get("Location"):
            self.page = html.document_fromstring(response.get_data(as_text=True))
            inspect(self.page)
        return response


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
