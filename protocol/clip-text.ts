/** The longest beginning of a text that fits into `maxBytes` of UTF-8, cut between characters. */
export function clipText(text: string, maxBytes: number): string {
  const encoder = new TextEncoder()
  let out = ''
  let used = 0
  for (const character of text) {
    used += encoder.encode(character).length
    if (used > maxBytes) break
    out += character
  }
  return out
}
