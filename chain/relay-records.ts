import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { addressOf, numberOf, uintOf } from './words.ts'

/** One record as it stands in the registry, its text by nobody's word but its keeper's. */
export interface RelayRecord {
  readonly keeper: Hex
  readonly untilS: number
  readonly bondWei: bigint
  /** Bytes as Latin-1 characters. */
  readonly text: string
}

/** Why a record is of no use. */
export type RelayRecordCode = 'over' | 'empty' | 'too-many' | 'not-multiaddr'

/** Bounds of contracts/src/RelayRegistry.sol. */
export const REGISTRY = { seats: 64, textMax: 512, addresses: 4, termMaxS: 365 * 86_400 } as const

/** Longest address that is taken, characters. */
const ADDRESS_MAX = 256
/** Characters of a full list, with room for an encoding that pads. */
const ANSWER_MAX = 2 + 2 * (REGISTRY.seats * (REGISTRY.textMax + 9 * 32) + 4 * 32)

/** `/name` and `/name/value` parts that end with the relay's peer id. What may be dialled of it, the network decides. */
const MULTIADDR =
  /^(?:\/[a-z][a-z0-9-]{0,31}(?:\/[A-Za-z0-9][A-Za-z0-9._:%-]{0,127})?){1,12}\/p2p\/[1-9A-HJ-NP-Za-km-z]{32,64}$/

/** Whether a text can be the multiaddr of a relay. */
export const isRelayAddr = (text: string): boolean => text.length <= ADDRESS_MAX && MULTIADDR.test(text)

/** What `list()` of the registry returned; a node may answer anything. */
export function relayRecordsFrom(
  answer: string,
): Verdict<{ readonly nowS: number; readonly records: readonly RelayRecord[] }, 'length' | 'shape'> {
  if (answer.length < 2 + 3 * 64 || answer.length > ANSWER_MAX) return reject('length')
  if (!/^0x(?:[0-9a-f]{64})+$/i.test(answer)) return reject('shape')
  const end = (answer.length - 2) / 2
  /** The word at a byte; what stands beyond the answer is NaN to `numberOf`. */
  const word = (at: number) => (at >= 0 && at + 32 <= end ? answer.slice(2 + 2 * at, 66 + 2 * at) : '')
  const place = (at: number) => (/^0{56}/.test(word(at)) ? numberOf(word(at)) : Number.NaN)
  const list = place(32)
  const count = place(list)
  if (!(count <= REGISTRY.seats)) return reject('shape')
  const records: RelayRecord[] = []
  for (let i = 0; i < count; i++) {
    const at = list + 32 + place(list + 32 + 32 * i)
    const text = at + place(at + 128)
    const length = place(text)
    if (!(length <= REGISTRY.textMax && text + 32 + length <= end)) return reject('shape')
    const [keeper, until, bond] = [word(at), word(at + 32), word(at + 96)]
    const bytes = answer.slice(2 + 2 * (text + 32), 2 + 2 * (text + 32 + length))
    records.push({
      keeper: addressOf(keeper),
      untilS: numberOf(until),
      bondWei: uintOf(bond),
      text: bytes.replace(/../g, pair => String.fromCharCode(Number.parseInt(pair, 16))),
    })
  }
  return accept({ nowS: numberOf(word(0)), records })
}

/** The addresses of a record that stands at `nowS`. */
export function relayAddrsOf(record: RelayRecord, nowS: number): Verdict<readonly string[], RelayRecordCode> {
  if (record.untilS <= nowS) return ignore('over')
  if (record.text === '') return reject('empty')
  const addrs = record.text.split(' ')
  if (addrs.length > REGISTRY.addresses) return reject('too-many')
  return addrs.every(isRelayAddr) ? accept(addrs) : reject('not-multiaddr')
}
