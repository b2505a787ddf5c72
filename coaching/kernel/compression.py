"""Pages travel compressed: a contract to read is a third of its size, on a phone that has little network."""

from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages alone: a PDF is compressed already, files of the look come compressed from where they stand.

    What compression could give away (BREACH) is held back threefold: session cookies do not travel with the requests
    of other sites, tokens are masked anew in each answer, and the length of each answer is blurred by Django.
    """

    def process_response(self, request, response):
        if response.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        return response
