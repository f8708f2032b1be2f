/** A rider's device and a driver's device at an office over HTTP: claim, collect, show, check, run out, collect again. */

import { type ConcessionWallet, createConcessionWallet } from '@hexhail/client/concession-wallet.ts'
import { createConcessionReader } from '@hexhail/client/read-concession.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { createConcessionClient } from '@hexhail/permits/concession-client.ts'
import { concessionMonth } from '@hexhail/permits/concession-month.ts'
import { VCT } from '@hexhail/permits/vct.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officeWorld } from '../node/office-world.ts'

let world: Awaited<ReturnType<typeof officeWorld>>
beforeAll(async () => {
  world = await officeWorld(47)
})
afterAll(() => world.stop())

const CLAIM = { category: 'senior', name: 'Ana', evidence: 'born 1950-02-01', picture: '' } as const
const tripOf = (i: number): Hex => `0x${i.toString(16).padStart(64, '0')}`

function devices() {
  const { clientOf: _, chain, url, nowMs, random } = world
  const init = { ...{ url, chainId: 31_337, fetch, random }, authority: chain.authority.address }
  let nowIs = nowMs
  const now = () => nowIs
  const office = createConcessionClient({ ...init, permits: chain.config.contracts.permits, now })
  const store = createMemoryStore()
  const concessions = ['senior', 'student'].map(id => ({
    ...{ id, category: id, vct: VCT.concession, bp: 3_000, most: 0, borneBy: 'city' },
  }))
  const rules = { document: { document: { concessions } } } as unknown as TripRules
  const read = createConcessionReader({ office, rules, now, store: createMemoryStore() })
  const judge = async (presentation: string, trip: Hex, id = 'senior') =>
    read({ trip, id, bytes: new TextEncoder().encode(presentation) })
  const wallet = (): ConcessionWallet => createConcessionWallet({ office, store, now })
  const idOf = () => world.office.concessions.entries().at(-1)!.id
  return { wallet, judge, idOf, store, later: (ms: number) => void (nowIs += ms) }
}

describe('a rider’s concession', () => {
  it('is claimed without an account, collected in a batch, and believed by the driver’s device once each', async () => {
    const { wallet: open, judge, idOf, store } = devices()
    const wallet = open()
    expect([await wallet.look(), await wallet.held()]).toEqual([null, null])
    await wallet.apply(CLAIM)
    expect(await wallet.look()).toMatchObject({ state: 'waiting' })
    const untilS = world.nowMs / 1_000 + 400 * 86_400
    const granted = await world.deed({ op: 'concession-grant', id: idOf(), category: 'senior', untilS })
    expect(granted).toMatchObject([200, { state: 'granted', category: 'senior' }])
    expect(await wallet.look()).toMatchObject({ state: 'granted' })
    const month = concessionMonth(world.nowMs / 1_000)
    expect(await wallet.held()).toEqual({ category: 'senior', left: 20, untilS: month.untilS })
    const first = await wallet.present('senior', tripOf(1))
    expect(await judge(first.presentation, tripOf(1))).toEqual({ verdict: 'accept', value: first.proof })
    expect(new TextEncoder().encode(first.presentation).length).toBeLessThan(1_792)
    expect(await judge(first.presentation, tripOf(2))).toMatchObject({ code: 'concession-trip' })
    expect(await judge(first.presentation, tripOf(1), 'student')).toMatchObject({ code: 'concession-class' })
    expect(await judge(first.presentation, tripOf(1), 'none')).toMatchObject({ code: 'concession-class' })
    expect(await judge('no credential', tripOf(1))).toMatchObject({ code: 'concession-signature' })
    // A reload in between: the same trip has the same one, and another trip another.
    expect((await open().present('senior', tripOf(1))).proof).toBe(first.proof)
    expect((await wallet.present('senior', tripOf(2))).proof).not.toBe(first.proof)
    expect((await wallet.held())!.left).toBe(18)
    await expect(wallet.present('student', tripOf(3))).rejects.toMatchObject({ code: 'CONCESSION' })
    const { pair } = (await store.get<{ fresh: { pair: CryptoKeyPair }[] }>('rider/concession'))!.fresh[0]!
    await expect(crypto.subtle.exportKey('jwk', pair.privateKey)).rejects.toThrow()
    expect(world.faults).toEqual([])
  })

  it('is collected again when few are left, and gone once the office takes it back', async () => {
    const { wallet: open, judge, idOf, later } = devices()
    const wallet = open()
    await wallet.apply(CLAIM)
    const untilS = world.nowMs / 1_000 + 400 * 86_400
    await world.deed({ op: 'concession-grant', id: idOf(), category: 'senior', untilS })
    await wallet.look()
    const proofs = new Set<Hex>()
    for (let i = 0; i < 14; i++) proofs.add((await wallet.present('senior', tripOf(i))).proof)
    await wallet.look()
    expect((await wallet.held())!.left).toBe(6) // not few yet
    proofs.add((await wallet.present('senior', tripOf(14))).proof)
    await wallet.look()
    expect((await wallet.held())!.left).toBe(25)
    // Two trips at once never show one credential.
    const both = await Promise.all([20, 21].map(i => wallet.present('senior', tripOf(i))))
    for (const { proof } of both) proofs.add(proof)
    expect(proofs.size).toBe(17)
    const last = await wallet.present('senior', tripOf(99))
    await world.deed({ op: 'concession-revoke', id: idOf(), reason: 'papers' })
    later(61_000) // the driver's device asks for the list again
    expect(await judge(last.presentation, tripOf(99))).toMatchObject({ code: 'concession-ended' })
    expect(await wallet.look()).toMatchObject({ state: 'revoked', reason: 'papers' })
    expect(await wallet.held()).toBeNull()
  })
})
