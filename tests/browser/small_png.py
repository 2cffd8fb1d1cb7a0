"""Pictures with a palette: a third of the size of what the browser writes, and no difference one sees."""

import base64
import zlib

from playwright.sync_api import Page

_WITH_PALETTE = """
async picture => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const {width, height} = bitmap;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(bitmap, 0, 0);
  const dots = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const dot of dots) counts.set(dot, (counts.get(dot) ?? 0) + 1);
  const parts = colour => [colour & 255, colour >> 8 & 255, colour >> 16 & 255];
  const palette = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 256).map(([colour]) => parts(colour));
  const nearest = new Map([...counts.keys()].map(colour => {
    const [red, green, blue] = parts(colour);
    const far = palette.map(one => (one[0] - red) ** 2 + (one[1] - green) ** 2 + (one[2] - blue) ** 2);
    return [colour, far.indexOf(Math.min(...far))];
  }));
  const lines = new Uint8Array((width + 1) * height);
  for (let at = 0; at < dots.length; at++) lines[at + 1 + Math.floor(at / width)] = nearest.get(dots[at]);
  const packed = new Blob([lines]).stream().pipeThrough(new CompressionStream("deflate"));
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte);
  return {width, height, palette: palette.flat(), data: btoa(text)};
}
"""


def small_png(page: Page, picture: bytes) -> bytes:
    """Write a PNG anew with its 256 most frequent colours; ``page`` must be a blank one."""
    encoded = page.evaluate(_WITH_PALETTE, base64.b64encode(picture).decode())
    size = encoded["width"].to_bytes(4, "big") + encoded["height"].to_bytes(4, "big")
    chunks = (
        (b"IHDR", size + bytes([8, 3, 0, 0, 0])),
        (b"PLTE", bytes(encoded["palette"])),
        (b"IDAT", base64.b64decode(encoded["data"])),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + name + content + checksum
