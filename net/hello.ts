/** What a HELLO tells besides the last sequence number in its frame: where its sender can be dialled. */
export interface HelloBody {
  readonly addrs: readonly string[]
}

/** Writes and reads the body of a HELLO before sealing. */
export interface HelloCodec {
  write(hello: HelloBody & { readonly lastSeq: number }): Uint8Array
  read(bytes: Uint8Array): HelloBody | undefined
}

const MAX_ADDRS = 3
const MAX_ADDR_LENGTH = 192

/** Addresses as lines of text. */
export const PLAIN_HELLO: HelloCodec = {
  write: ({ addrs }) => new TextEncoder().encode(addrs.slice(0, MAX_ADDRS).join('\n')),
  read: bytes => {
    const addrs = new TextDecoder().decode(bytes).split('\n')
    return addrs.length <= MAX_ADDRS && addrs.every(a => a.length <= MAX_ADDR_LENGTH) ? { addrs } : undefined
  },
}
