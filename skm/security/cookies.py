"""What a cookie holds beside the session: a few random secrets, signed, so that nothing else is ever looked up."""

from collections.abc import Sequence

from itsdangerous import BadSignature, Signer


def signed(secrets: Sequence[str], key: str, use: str = "browser") -> str:
    """The secrets as the text of a cookie; what is signed for one use is not read for another."""
    return _signer(key, use).sign("~".join(secrets)).decode()


def read(text: str, key: str, use: str = "browser") -> tuple[str, ...]:
    """The secrets in a cookie; none in a text that was not signed here."""
    try:
        return tuple(_signer(key, use).unsign(text).decode().split("~"))
    except (BadSignature, ValueError):  # ValueError: not even text that can be encoded
        return ()


def _signer(key: str, use: str) -> Signer:
    return Signer(key, salt=use)
