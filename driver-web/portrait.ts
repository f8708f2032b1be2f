import { toBase64url } from '@hexhail/permits/base64url.ts'

/** Edge of the portrait, pixels: enough to know a face by, on a card that is sent sealed. */
const EDGE = 96
/** Bytes that a portrait should not pass; the quality goes down until it does not. */
const MOST = 6_000

/** The middle of a picture as a small JPEG, base64url; null for a file that is no picture. The file itself goes nowhere. */
export async function portraitOf(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return null
  const side = Math.min(picture.width, picture.height)
  const canvas = new OffscreenCanvas(EDGE, EDGE)
  const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2]
  canvas.getContext('2d')?.drawImage(picture, x, y, side, side, 0, 0, EDGE, EDGE)
  for (const quality of [0.8, 0.6, 0.4, 0.2]) {
    const bytes = new Uint8Array(
      await (await canvas.convertToBlob({ type: 'image/jpeg', quality })).arrayBuffer(),
    )
    if (bytes.length <= MOST) return toBase64url(bytes)
  }
  return null
}
