import { useEffect, useState } from 'preact/hooks'

/** Properties of `Portrait`. */
export interface PortraitProps {
  /** A small JPEG or WebP. */
  readonly bytes: Uint8Array
  readonly alt: string
}

/** A person's face, from bytes that are kept on the device. */
export function Portrait({ bytes, alt }: PortraitProps) {
  const [url, setUrl] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as BlobPart], { type: typeOf(bytes) }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  return url ? <img class="portrait" src={url} alt={alt} width={96} height={96} /> : null
}

const typeOf = (bytes: Uint8Array): string => (bytes[0] === 0x52 ? 'image/webp' : 'image/jpeg')
