import type { IncomingMessage } from 'node:http'

/** A request has more bytes than are read. */
export class TooLong extends Error {
  override readonly name = 'TooLong'
}

/** The bytes of a request, at most so many. @throws {TooLong} */
export async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > most) throw new TooLong()
    parts.push(part)
  }
  return Buffer.concat(parts)
}
