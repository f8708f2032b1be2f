import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { createLedger, type Sent } from '@hexhail/sim/fault/ledger.ts'
import { isOpen, sumOf } from '@hexhail/sim/fault/vault.ts'
import { createWorld } from '@hexhail/sim/fault/world.ts'
import { expect, it } from 'vitest'
import { TARIFF } from '../../protocol/demo-tariff.ts'

const START_MS = 1_795_000_000_000
const name = (n: number): Hex => `0x${n.toString(16).padStart(40, '0')}`
const id = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const [RIDER, DRIVER, NEARER, OWN, NEXT] = [name(1), name(2), name(3), id(1), id(2)]

function setting() {
  const world = createWorld(7, START_MS)
  const nowS = START_MS / 1000
  const details = { freeUntil: nowS + 120, lateAt: nowS + 600, pickupBy: nowS + 900, expiry: nowS + 7_200 }
  const terms = (driver: Hex, seq: bigint, hold: bigint) =>
    ({
      rider: RIDER,
      driver,
      seq,
      hold,
      fare: 5n,
      lane: 0,
      acceptBy: nowS + 300,
      details,
    }) as unknown as Terms
  const known = new Map([
    [OWN, terms(DRIVER, 0n, 8n)],
    [NEXT, terms(NEARER, 1n, 9n)],
  ])
  const rules = { tariff: TARIFF, termsOf: (digest: Hex) => known.get(digest)! }
  const ledger = createLedger(world, world.stream('ledger'), new Map([[RIDER, 10n]]), rules)
  const refusals: (string | null)[] = []
  let count = 0
  const send = (sent: Pick<Sent, 'call' | 'next'>) => {
    ledger.send({ hash: id(100 + count++), rider: RIDER, onMined: why => void refusals.push(why), ...sent })
    ledger.mine()
  }
  const release = { call: 'release', by: DRIVER, terms: OWN } as const
  const hold = (terms: Hex, signed = true) => ({ call: 'hold', by: DRIVER, terms, signed }) as const
  send({ call: hold(OWN) })
  return { ledger, refusals, send, release, hold }
}

it('hands a hold over in one transaction: at no block is the rider without one', () => {
  const { ledger, refusals, send, release, hold } = setting()
  send({ call: release, next: hold(NEXT) })
  expect(refusals).toEqual([null, null])
  const { facts } = ledger.head()
  expect(facts.map(({ fact, terms, logIndex }) => [fact, terms, logIndex])).toEqual([
    ['released', OWN, 0],
    ['held', NEXT, 1],
  ])
  expect(new Set(facts.map(({ txHash }) => txHash)).size).toBe(1)
  const vault = ledger.vault(RIDER)
  expect([isOpen(vault, OWN), isOpen(vault, NEXT), sumOf(vault), vault.free]).toEqual([false, true, 10n, 1n])
})

it('leaves all as it was when the second half is refused', () => {
  const { ledger, refusals, send, release, hold } = setting()
  send({ call: release, next: hold(NEXT, false) })
  expect(refusals).toEqual([null, 'WrongSigner'])
  expect(ledger.head().facts).toEqual([])
  expect(isOpen(ledger.vault(RIDER), OWN)).toBe(true)
})

it('keeps both halves together over a reorganisation', () => {
  const { ledger, send, release, hold } = setting()
  send({ call: release, next: hold(NEXT) })
  ledger.reorg(1, () => true)
  expect([isOpen(ledger.vault(RIDER), OWN), isOpen(ledger.vault(RIDER), NEXT)]).toEqual([true, false])
})
