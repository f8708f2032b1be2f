import { toBase64url } from '@hexhail/permits/base64url.ts'
import { PICTURE_MAX } from '@hexhail/permits/concession-claim.ts'

/** Longest edges that are tried, pixels, and qualities: a card stays readable as long as it can. */
const EDGES = [720, 560, 420, 300]
const QUALITIES = [0.7, 0.5, 0.3]

/** A picture of evidence as a small JPEG, base64url; null for a file that is no picture. The file itself goes nowhere. */
export async function evidencePicture(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return null
  for (const edge of EDGES) {
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
    const [width, height] = [picture.width, picture.height].map(each => Math.max(1, Math.round(each * scale)))
    const canvas = new OffscreenCanvas(width!, height!)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width!, height!)
    for (const quality of QUALITIES) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
      if (blob.size <= PICTURE_MAX) return toBase64url(new Uint8Array(await blob.arrayBuffer()))
    }
  }
  return null
}
