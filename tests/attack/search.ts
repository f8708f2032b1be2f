import type { Needle } from './encodings.ts'

/** Bytes that were seen, and where. */
export interface Seen {
  readonly where: string
  readonly bytes: Uint8Array
}

/**
 * What was found where, in the bytes themselves and in whatever stands in them as hex or base64. Four bytes turn up by
 * chance in a megabyte of ciphertext, so a short needle counts once it was seen in two messages, or together with
 * another one in the same message: a leak does both.
 */
export function search(haystack: readonly Seen[], needles: readonly Needle[]): string[] {
  const found = new Set<string>()
  const chance: { readonly line: string; readonly message: number; readonly what: string }[] = []
  haystack.forEach(({ where, bytes }, message) => {
    for (const [form, text] of formsOf(bytes))
      for (const { what, bytes: wanted, short } of needles) {
        if (text.indexOf(wanted) < 0) continue
        const line = `${what}${form} in ${where}`
        if (short) chance.push({ line, message, what })
        else found.add(line)
      }
  })
  for (const hit of chance)
    if (chance.some(other => (other.message === hit.message) !== (other.what === hit.what)))
      found.add(hit.line)
  return [...found]
}

/** The bytes, and what runs of hex or base64 letters in them stand for at each alignment. */
function formsOf(bytes: Uint8Array): [string, Buffer][] {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const forms: [string, Buffer][] = [['', plain]]
  const text = plain.toString('latin1')
  for (const [run] of text.matchAll(/[0-9a-fA-F]{8,}/g))
    for (const shift of [0, 1]) forms.push([' as hex', Buffer.from(run.slice(shift), 'hex')])
  for (const [run] of text.matchAll(/[\w+/-]{6,}/g)) {
    if (/^(?:0x)?[0-9a-f]+$/.test(run)) continue
    for (const shift of [0, 1, 2, 3]) forms.push([' as base64', Buffer.from(run.slice(shift), 'base64')])
  }
  return forms
}
