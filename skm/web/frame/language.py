"""The reader's language: what the address asks for, else Indonesian."""

from urllib.parse import urlencode

from flask import Flask, request

from skm.i18n import words

# A form is sent to an address of its own: a browser drops its copy of a page once something was sent to the same
# address, and would come back to a form with another stamp.
SENT = "kirim"
# A form that is only shown once more, in another language, with everything that was typed.
SWITCHED = "bahasa"


def language() -> str:
    """The language of this page. A form is sent to the address it came from, so its language comes along."""
    return words.known(request.args.get("lang"))


def gettext(sentence: str) -> str:
    """A sentence in the reader's language."""
    return words.translations(language()).gettext(sentence)


def language_links() -> list[dict[str, object]]:
    """This page in each language."""
    return [
        {"code": code, "name": name, "url": address_with({"lang": code}), "current": code == language()}
        for code, name in words.LANGUAGES.items()
    ]


def language_buttons() -> list[dict[str, object]]:
    """The same for a page with a form, which a button sends along: nothing that was typed is lost."""
    return [
        {**link, "url": address_with({"lang": str(link["code"]), SWITCHED: "1"})} for link in language_links()
    ]


def address_with(arguments: dict[str, str]) -> str:
    """This page's address with some of its arguments changed; relative, so that it holds at every counter."""
    kept = {name: value for name, value in request.args.items() if name not in (SENT, SWITCHED)}
    return f"?{urlencode(kept | arguments)}"


def init(app: Flask) -> None:
    """Gives templates `_()` and `language`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, lambda one, many, number: gettext(one if number == 1 else many), newstyle=True
    )
    app.context_processor(lambda: {"language": language()})
