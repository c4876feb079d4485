"""A Document as an answer to a browser."""

from urllib.parse import quote

from werkzeug.wrappers import Response

from skm.output.document import Document

SHOWN = ("image/", "application/pdf")  # a browser shows these; the rest it saves


def send(document: Document) -> Response:
    """The document, streamed if it is a stream, under its own name."""
    manner = "inline" if document.media_type.startswith(SHOWN) else "attachment"
    response = Response(document.content, mimetype=None, content_type=document.media_type)
    response.headers["Content-Disposition"] = f"{manner}; filename*=UTF-8''{quote(document.name)}"
    return response
