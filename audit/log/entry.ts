/**
 * What stands in the log, as one table: field name to wire type (SSZ), in wire order. An entry is a version byte, a kind
 * byte and the body. Kind 1 is what anyone may file; the others are acts of an authority, which either name the
 * transaction that they were or carry its signature (act-signature.ts).
 */
import {
  address,
  blob,
  bytes,
  type Fields,
  message,
  money,
  text,
  u8,
  u32,
  u64,
  type ValueOf,
} from '@hexhail/protocol/fields.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** Fields of every act. */
const ACT = {
  authority: address,
  atMs: u64, // of the block, for acts on the chain
  tx: bytes(32), // transaction; zero for an act that is on no chain
  logIndex: u32, // place of the event in its block
  signature: blob(65), // the authority's, for an act that is on no chain; else empty
} as const satisfies Fields

/** What became of a permit. */
export const PERMIT_CHANGES = { granted: 0, suspended: 1, revoked: 2, refused: 3 } as const
/** What became of a key: published, or its private half destroyed. */
export const KEY_CHANGES = { published: 0, destroyed: 1 } as const

const RECORD_ENTRY = message(1, 'record', {
  terms: bytes(32), // digest of the trip's terms
  sealed: blob(60_000), // the filed envelope, as it was filed
})
const TARIFF_ENTRY = message(2, 'tariff', { ...ACT, tariff: u32, content: bytes(32) }) // keccak256 of what was published
const PERMIT_ENTRY = message(3, 'permit', {
  ...ACT,
  subject: bytes(32), // driver's account after 12 zeros, the car's hash, or of refusals and concessions sha256 of the id
  change: u8, // PERMIT_CHANGES
  untilS: u64,
})
const RULING_ENTRY = message(4, 'ruling', { ...ACT, terms: bytes(32), toDriver: money, toRider: money })
const KEY_ENTRY = message(5, 'key', {
  ...ACT,
  key: bytes(32), // public half
  change: u8, // KEY_CHANGES
  fromMs: u64, // the time whose records it opens
  untilMs: u64,
})
const RELEASE_ENTRY = message(6, 'release', {
  ...ACT,
  file: text(96), // name of what was published
  content: bytes(32), // sha256 of it
  epsilonMilli: u32, // privacy spent on it, thousandths
  totalMilli: u32, // and on all before it in this ledger, with it
})
/** Why an arbiter ruled as he did: signed, for the chain has no words. */
const REASON_ENTRY = message(7, 'reason', { ...ACT, terms: bytes(32), reason: text(1_000) })

const ENTRIES = [
  RECORD_ENTRY,
  TARIFF_ENTRY,
  PERMIT_ENTRY,
  RULING_ENTRY,
  KEY_ENTRY,
  RELEASE_ENTRY,
  REASON_ENTRY,
] as const

/** An entry of the log, by name. */
export type LogEntry = {
  [M in (typeof ENTRIES)[number] as M['name']]: { readonly name: M['name'] } & ValueOf<M>
}[(typeof ENTRIES)[number]['name']]

/** An act of an authority. */
export type LogAct = Exclude<LogEntry, { readonly name: 'record' }>

/** Version of the whole table. */
const VERSION = 1

/** Bytes of an entry. @throws {HexhailError} 'field' for a value that does not fit */
export function encodeEntry(entry: LogEntry): Uint8Array<ArrayBuffer> {
  const kind = ENTRIES.find(each => each.name === entry.name)!
  const body = kind.encode(entry as never)
  const out = new Uint8Array(2 + body.length)
  out.set([VERSION, kind.kind])
  out.set(body, 2)
  return out
}

/** Reads an entry. Never throws; what it accepts is encoded to the same bytes again. Later versions are ignored. */
export function decodeEntry(entry: Uint8Array): Verdict<LogEntry, 'size' | 'version' | 'kind' | 'body'> {
  if (entry.length < 2) return reject('size')
  if (entry[0] !== VERSION) return ignore('version')
  const kind = ENTRIES.find(each => each.kind === entry[1])
  if (!kind) return ignore('kind')
  const body = kind.decode(entry.subarray(2))
  return body.verdict === 'accept' ? accept({ name: kind.name, ...body.value } as LogEntry) : reject('body')
}

/** The entry of a filed record. */
export const recordEntry = (terms: Uint8Array, sealed: Uint8Array): Uint8Array<ArrayBuffer> =>
  encodeEntry({ name: 'record', terms, sealed })
