"""The rendering engine: a process of its own that turns HTML into PDF and knows nothing else.

Started by :mod:`coaching.documents.pool` as ``python -m coaching.documents.engine``; it loads WeasyPrint and
the bundled fonts once, then forks a child per document (:mod:`coaching.documents.forking`), which fetches nothing.
"""

import io
from datetime import UTC, datetime

from .forking import serve

# The mark of PDF/UA-1, and the description of its vocabulary that PDF/A asks for whenever one is not its own.
ACCESSIBLE = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 the document keeps to</pdfaProperty:description></rdf:li>"
    b"</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
WARM_UP = "<html lang=fr><title>–</title><body><h1>É</h1><p>œuvre, <b>gras</b>, <i>italique</i>, <b><i>§</i></b></p>"


def render(html: str, stylesheet: str = "", attachments: list[dict] = ()) -> tuple[bytes, int, list[str]]:
    """PDF/A-3a with the PDF/UA-1 identifier, its number of pages, and every address it tried to fetch."""
    import weasyprint
    from weasyprint.css.counters import CounterStyle

    fetcher, counters = _fetcher(), CounterStyle()
    sheet = weasyprint.CSS(string=stylesheet, url_fetcher=fetcher, counter_style=counters)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[sheet], counter_style=counters, pdf_variant="pdf/a-3a", pdf_tags=True
    )
    _identify_as_universally_accessible(document.metadata)
    # Whatever the page itself would attach is dropped: only the files of the request are embedded.
    document.metadata.attachments = [_attachment(one, fetcher) for one in attachments]
    pdf = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return pdf, len(document.pages), fetcher.asked


def _attachment(one: dict, fetcher):
    """A file of the request as an associated file; its date is the request's, so that equal input gives equal bytes."""
    import weasyprint

    dated = datetime.fromtimestamp(one["dated"], UTC)
    return weasyprint.Attachment(
        file_obj=io.BytesIO(one["content"]),
        name=one["name"],
        description=one["description"],
        relationship=one["relationship"],
        created=dated,
        modified=dated,
        url_fetcher=fetcher,
    )


def _fetcher():
    """A fetcher that refuses everything and remembers what it was asked for."""
    from weasyprint.urls import URLFetcher, URLFetchingError

    class NothingFetched(URLFetcher):
        def __init__(self):
            super().__init__(allowed_protocols=())
            self.asked: list[str] = []

        def fetch(self, url, headers=None):
            self.asked.append(str(url)[:200])
            raise URLFetchingError(url)

    return NothingFetched()


def _identify_as_universally_accessible(metadata) -> None:
    """One RDF block names both standards; the library writes one or the other."""
    write = metadata.generate_rdf_metadata

    def both(variant, version, conformance):
        return write(variant, version, conformance).replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = both


def work(job: dict) -> tuple[dict, bytes]:
    """One document: its HTML, its stylesheet, the files it carries."""
    pdf, pages, asked = render(job["html"], job["css"], job["files"])
    return {"pages": pages, "asked": asked}, pdf


if __name__ == "__main__":
    serve(work, lambda: render(WARM_UP))
