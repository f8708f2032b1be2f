import { fromHex, hexDigits } from './hex.ts'

/** Ids and when each may be forgotten: a replay is refused until its message has expired anyway. */
export interface Seen {
  readonly size: number
  has(id: string): boolean
  /** Remembers an id until `expiresAtMs`; when full, the id that expires first gives way. */
  add(id: string, expiresAtMs: number, nowMs: number): void
  /** For storage: a reload must not open the door to replays. */
  entries(): [id: string, expiresAtMs: number][]
}

/** Ids of one second are kept together, so that forgetting costs nothing per id. */
const SLOT_MS = 1000

/** Makes a set of at most `maxIds`, with what was stored before. */
export function createSeen(
  maxIds = 200_000,
  stored: Iterable<readonly [string, number]> = [],
  nowMs = 0,
): Seen {
  const expiries = new Map<string, number>()
  const slots = new Map<number, Set<string>>()

  function drop(slot: number): void {
    for (const id of slots.get(slot) ?? []) expiries.delete(id)
    slots.delete(slot)
  }

  /** Slots are few (a message lives at most 90 s), so they are simply looked through. */
  function sweep(now: number): void {
    for (const slot of slots.keys()) if (slot * SLOT_MS + SLOT_MS <= now) drop(slot)
  }

  const seen: Seen = {
    get size() {
      return expiries.size
    },
    has: id => expiries.has(id),
    add(id, expiresAtMs, now) {
      if (expiries.has(id)) return
      if (expiries.size >= maxIds) sweep(now)
      if (expiries.size >= maxIds) {
        const first = Math.min(...slots.keys())
        const [oldest] = slots.get(first)!
        expiries.delete(oldest!)
        slots.get(first)!.delete(oldest!)
        if (slots.get(first)!.size === 0) slots.delete(first)
      }
      const slot = Math.floor(expiresAtMs / SLOT_MS)
      let ids = slots.get(slot)
      if (ids === undefined) {
        sweep(now)
        slots.set(slot, (ids = new Set()))
      }
      ids.add(id)
      expiries.set(id, expiresAtMs)
    },
    entries: () => [...expiries],
  }
  for (const [id, expiresAtMs] of stored) if (expiresAtMs > nowMs) seen.add(id, expiresAtMs, nowMs)
  return seen
}

/** Bytes of an id of 40 hex digits, and of its expiry in whole seconds. */
const ID_BYTES = 20
const ROW_BYTES = ID_BYTES + 4

/** Rows of 24 bytes for a file or a database: id, expiry in seconds rounded up, big-endian. */
export function packSeen(entries: readonly (readonly [id: string, expiresAtMs: number])[]): Uint8Array {
  const out = new Uint8Array(entries.length * ROW_BYTES)
  const view = new DataView(out.buffer)
  entries.forEach(([id, expiresAtMs], i) => {
    out.set(fromHex(`0x${id}`, ID_BYTES), i * ROW_BYTES)
    view.setUint32(i * ROW_BYTES + ID_BYTES, Math.ceil(expiresAtMs / 1000))
  })
  return out
}

/** Reads rows back; a last one that was cut short is left out. */
export function* unpackSeen(rows: Uint8Array): Generator<[id: string, expiresAtMs: number]> {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength)
  for (let at = 0; at + ROW_BYTES <= rows.length; at += ROW_BYTES)
    yield [hexDigits(rows.subarray(at, at + ID_BYTES)), view.getUint32(at + ID_BYTES) * 1000]
}
