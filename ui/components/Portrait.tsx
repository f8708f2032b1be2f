import { useEffect, useState } from 'preact/hooks'

/** Properties of `Portrait`. */
export interface PortraitProps {
  /** A small JPEG or WebP. */
  readonly bytes: Uint8Array
  readonly alt: string
  /** Shown uncut and as large as there is room: evidence must be read. */
  readonly isWhole?: boolean
}

/** A person's face, or a picture of evidence, from bytes that are kept on the device. */
export function Portrait({ bytes, alt, isWhole = false }: PortraitProps) {
  const [url, setUrl] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as BlobPart], { type: typeOf(bytes) }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  if (url && isWhole) return <img class="evidence" src={url} alt={alt} />
  return url ? <img class="portrait" src={url} alt={alt} width={96} height={96} /> : null
}

const typeOf = (bytes: Uint8Array): string => (bytes[0] === 0x52 ? 'image/webp' : 'image/jpeg')
