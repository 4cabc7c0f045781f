"""How elements, files and private URIs are named: every id carries its file's prefix and is made of content.

An id is the file's prefix and a local part. A prefix may hold dots, so the local part's last piece tells two
files apart where one prefix begins another; that is why names from outside lose their dots in it.
"""

from __future__ import annotations

import re
import urllib.parse

from quotealign.model import digest, ncname

CORPUS = "corpus."
"""The prefix of the corpus file."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_NAME_END = re.compile(r"[A-Za-z0-9_.\-]+")
_LOCAL = re.compile(r"[A-Za-z0-9_\-]{1,60}")
_NOT_LOCAL = re.compile(r"[^A-Za-z0-9_\-]+")
# RFC 5646, section 2.1; of the tags kept from before it, none.
_LANGUAGE = re.compile(
    r"([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?|x(-[a-z0-9]{1,8})+",
    re.ASCII | re.IGNORECASE,
)
# Narrower than RFC 3986: what every reader of TEI takes for a URI, with a scheme, and something behind it.
_URL = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:"
    r"(?://(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+(?::[0-9]{1,5})?(?:[/?](?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?"
    r"|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)"
    r"(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?"
)
_LONGEST_STEM = 120
# Windows takes a file of such a name, whatever ends it, for a device.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def article_prefix(article: str) -> str:
    """What every id in the file of the article with this id begins with."""
    name = ncname(article)
    # The corpus file and those of clusters have these prefixes; ncname makes no such name of anything else.
    return f"a.{name}." if name.startswith("c.") or f"{name}." == CORPUS else f"{name}."


def cluster_prefix(cluster: str) -> str:
    """What every id in the file of the cluster with this id begins with."""
    name = as_name(cluster)
    return f"c.{name}.{digest(name, length=8)}." if f"{name}." == CORPUS else f"{name}."


def quotation_id(article: str, quotation: str) -> str:
    """The xml:id of a quotation: its own id, unless that came from outside without its article's prefix."""
    inside = article_prefix(article) + "q."
    if quotation.startswith(inside) and _NAME.fullmatch(quotation):
        return quotation
    return inside + local(quotation)


def speaker_id(article: str, speaker: str) -> str:
    """The xml:id of a speaker in the file of an article."""
    return f"{article_prefix(article)}speaker-{local(speaker)}"


def witness_id(cluster: str, sigil: str) -> str:
    """The xml:id of a witness in the file of a cluster."""
    return f"{cluster_prefix(cluster)}w.{sigil if _NAME_END.fullmatch(sigil) else ncname(sigil)}"


def as_name(text: str) -> str:
    """The text itself if it is a plain NCName already, otherwise an NCName made from it."""
    # ncname alone would mark a name that begins with "a." a second time.
    return text if _NAME.fullmatch(text) else ncname(text)


def local(text: str) -> str:
    """A name for the local part of an id: no dots in it, short, different for different texts."""
    if _LOCAL.fullmatch(text):
        return text
    return f"{_NOT_LOCAL.sub('_', text)[:40]}-{digest(text, length=8)}"


def article_stem(article: str) -> str:
    """What stands between `article.` and `.xml` in the file's name, and behind `qa:` in a private URI.

    Made of the id alone, so that it stays whoever comes beside it; no system of files takes two of them for one.
    """
    stem = ncname(article)
    # ncname makes no such name of any other id.
    return _short(_told_apart(f"a.{stem}" if _DEVICE.fullmatch(stem) else stem, article))


def cluster_stem(cluster: str) -> str:
    """What stands between `cluster.` and `.xml` in the file's name, and behind `qc:` in a private URI."""
    return _short(_told_apart(as_name(cluster), cluster))


def _told_apart(stem: str, name: str) -> str:
    """The stem with a digest where it has capitals: some file systems take these and small letters for the same."""
    told = digest(name, length=8)
    return stem if stem == stem.lower() or stem.endswith(f".{told}") else f"{stem}.{told}"


def language_tag(lang: str) -> str:
    """A well-formed BCP 47 tag: the one given where it is one, `und` otherwise."""
    tag = lang.replace("_", "-")
    return tag if is_language_tag(tag) else "und"


def is_language_tag(tag: str) -> bool:
    """Whether a tag is well formed by BCP 47; whether there is such a language, nobody asks."""
    return len(tag) <= 100 and _LANGUAGE.fullmatch(tag) is not None


def _short(stem: str) -> str:
    # File systems stop at 255 bytes; ids made of a URL can be longer.
    return stem if len(stem) <= _LONGEST_STEM else f"{stem[:_LONGEST_STEM]}.{digest(stem)}"


def address_of(url: str) -> str | None:
    """The address as a URI, its other characters as percent signs and digits; None where that gives none."""
    quoted = urllib.parse.quote(url.strip(), safe="!#$%&'()*+,/:;=?@~", errors="replace")
    return quoted if _URL.fullmatch(quoted) else None
