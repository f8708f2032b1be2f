import { backingOf, signAct } from '@hexhail/audit/log/act-signature.ts'
import { appendAct } from '@hexhail/audit/log/append-act.ts'
import {
  decodeEntry,
  encodeEntry,
  type LogAct,
  type LogEntry,
  recordEntry,
} from '@hexhail/audit/log/entry.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const word = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const ACT = {
  authority: `0x${'ab'.repeat(20)}`,
  atMs: 5,
  tx: word(9),
  logIndex: 3,
  signature: new Uint8Array(0),
} as const
const ENTRIES: readonly LogEntry[] = [
  { name: 'record', terms: word(1), sealed: new Uint8Array(700).fill(4) },
  { name: 'tariff', ...ACT, tariff: 7, content: word(2) },
  { name: 'permit', ...ACT, subject: word(3), change: 2, untilS: 1_800_000_000 },
  { name: 'ruling', ...ACT, terms: word(1), toDriver: 5n, toRider: 7n },
  { name: 'key', ...ACT, key: word(4), change: 1, fromMs: 1, untilMs: 2 },
  {
    name: 'release',
    ...ACT,
    file: 'od-cube-2026-11.parquet',
    content: word(5),
    epsilonMilli: 1_000,
    totalMilli: 3_000,
  },
  { name: 'reason', ...ACT, terms: word(1), reason: 'The way shows that he was not at the door.' },
]

test('every kind of entry is read back as it was written, under its version and kind', () => {
  for (const [i, entry] of ENTRIES.entries()) {
    const bytes = encodeEntry(entry)
    expect([bytes[0], bytes[1]]).toEqual([1, i + 1])
    expect(decodeEntry(bytes)).toEqual({ verdict: 'accept', value: entry })
  }
  expect(recordEntry(word(1), new Uint8Array(700).fill(4))).toEqual(encodeEntry(ENTRIES[0]!))
})

test('a later version or kind is ignored, and hostile bytes are refused without a throw', () => {
  const good = encodeEntry(ENTRIES[0]!)
  expect(decodeEntry(Uint8Array.of(2, 1, ...good.subarray(2)))).toMatchObject({ code: 'version' })
  expect(decodeEntry(Uint8Array.of(1, 99, ...good.subarray(2)))).toMatchObject({ code: 'kind' })
  expect(decodeEntry(good.subarray(0, 1))).toMatchObject({ code: 'size' })
  expect(decodeEntry(good.subarray(0, 30))).toMatchObject({ code: 'body' })
  fc.assert(
    fc.property(
      fc.constantFrom(...ENTRIES),
      fc.nat(),
      fc.uint8Array({ maxLength: 40 }),
      (entry, at, junk) => {
        const bytes = encodeEntry(entry)
        bytes.set(junk.subarray(0, bytes.length), at % Math.max(1, bytes.length - junk.length))
        const read = decodeEntry(bytes)
        if (read.verdict === 'accept') expect(encodeEntry(read.value)).toEqual(bytes)
      },
    ),
    { numRuns: 300 },
  )
})

test('an act that is on no chain needs its authority’s signature; one that is on a chain names its transaction', async () => {
  const wallet = walletFromKey(createWalletKey())
  const { signature: _, ...act } = ENTRIES[4] as Extract<LogAct, { name: 'key' }>
  const own = { ...act, authority: wallet.address, tx: word(0), logIndex: 0, signature: new Uint8Array(0) }
  const signed = await signAct(wallet, own)
  expect(backingOf(signed)).toBe('signature')
  expect(backingOf(own)).toBeNull()
  expect(backingOf({ ...signed, change: 0 })).toBeNull()
  expect(backingOf({ ...signed, authority: ACT.authority })).toBeNull()
  expect(backingOf(ENTRIES[1] as LogAct)).toBe('transaction')
  expect(backingOf({ ...signed, tx: word(1) })).toBeNull()
})

test('appendAct gives one entry for one act, whoever appends it', async () => {
  const wallet = walletFromKey(createWalletKey())
  const add = async (entry: Uint8Array) => decodeEntry(entry)
  const key = { name: 'key', key: word(4), change: 0, fromMs: 1, untilMs: 2 } as const
  const added = await appendAct(add, key, { wallet, atMs: 77 })
  if (added.verdict !== 'accept' || added.value.name === 'record') throw new Error('not an act')
  expect(added.value).toMatchObject({ ...key, authority: wallet.address, atMs: 77 })
  expect(backingOf(added.value)).toBe('signature')
  const onChain = { authority: wallet.address, tx: `0x${'11'.repeat(32)}`, logIndex: 2, atMs: 5_000 } as const
  const entries = await Promise.all([1, 2].map(() => appendAct(async entry => entry, key, onChain)))
  expect(entries[0]).toEqual(entries[1])
})
