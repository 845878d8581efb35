"""The pages of a PDF as pictures, to be laid beside what was read of them."""

import struct
import zlib

_WIDTH = 700
"""Pixels across a page."""
_MOST_PAGES = 60
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def draw_pages(data: bytes) -> list[bytes]:
    """Each page as a PNG, in order, the first 60 at most. Raises FormatError if it is no PDF that can be opened."""
    import pypdfium2

    from dnqa.errors import FormatError

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise FormatError("not a PDF file that can be drawn; export it again") from error
    pictures = []
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        bitmap = page.render(scale=_WIDTH / max(1.0, page.get_width()), rev_byteorder=True, prefer_bgrx=False)
        pictures.append(_make_png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels))
        page.close()
    document.close()
    return pictures


def _make_png(pixels: bytes, width: int, height: int, stride: int, n_channels: int) -> bytes:
    """A PNG of rows of pixels in the order red, green, blue, as many bytes apart as `stride` says."""
    rows = []
    for y in range(height):
        row = pixels[y * stride : y * stride + width * n_channels]
        if n_channels == 4:
            opaque = bytearray(3 * width)
            for channel in range(3):
                opaque[channel::3] = row[channel::4]
            row = bytes(opaque)
        rows.append(b"\0" + row)
    kind = 0 if n_channels == 1 else 2
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
