import { driver } from '@hexhail/protocol/driver.ts'
import type { DriverEffect, DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { describe, expect, it } from 'vitest'
import { RULES, START_MS, tableTop } from './table-top.ts'

type Heard = Extract<DriverEvent, { type: 'request' }>

const NEW = ['/ip4/10.0.0.1/tcp/1/ws/p2p/relay/p2p-circuit/p2p/new']

/** A driver who has heard a request, and has answered it where `isOffered`; says it to him again. */
function afterFirst(isOffered: boolean) {
  const table = tableTop()
  table.mute.driver = true
  table.hear()
  const [{ request, key, etaS, issuedAtMs, expiresAtMs } = missing()] = table.driver.cards
  if (isOffered) table.offer()
  let state: DriverState = table.driver
  return {
    state: () => state,
    issuedAtMs,
    say: (over: Partial<Heard> = {}, replyTo = NEW): readonly DriverEffect[] => {
      const heard: Heard = {
        type: 'request',
        request: { ...request, replyTo },
        key,
        etaS,
        issuedAtMs,
        expiresAtMs,
      }
      const done = driver(state, { ...heard, issuedAtMs: issuedAtMs + 1000, ...over }, START_MS + 1000, RULES)
      state = done.state
      return done.effects
    },
  }
}

function missing(): never {
  throw new Error('The driver shows no card.')
}

const OTHER = toHex(new Uint8Array(64).fill(99))

describe('a request that is said again from another address', () => {
  it('is still one card, and an offer goes to the new address', () => {
    const car = afterFirst(false)
    const [before] = car.state().cards
    expect(car.say()).toEqual([])
    const issuedAtMs = car.issuedAtMs + 1000
    expect(car.state().cards).toEqual([
      { ...before, issuedAtMs, request: { ...before!.request, replyTo: NEW } },
    ])
  })

  it('moves the conversation of the offer that is out, and offers nothing anew', () => {
    const car = afterFirst(true)
    const before = car.state()
    const [out] = before.offers
    expect(car.say()).toEqual([{ type: 'reach', tag: out!.tag, addrs: NEW }])
    const card = {
      ...out!.card,
      issuedAtMs: car.issuedAtMs + 1000,
      request: { ...out!.card.request, replyTo: NEW },
    }
    expect(car.state()).toEqual({ ...before, offers: [{ ...out, card }] })
  })

  it('moves nothing when it is the same, older, or of another author', () => {
    const car = afterFirst(true)
    car.say()
    const { offers } = car.state()
    expect(car.say({ issuedAtMs: car.issuedAtMs + 1000 }, ['/old'])).toEqual([])
    expect(car.say({ issuedAtMs: car.issuedAtMs }, ['/old'])).toEqual([])
    expect(car.say({ key: OTHER, issuedAtMs: car.issuedAtMs + 2000 }, ['/hers'])).toEqual([])
    expect(car.state().offers).toEqual(offers)
    expect(car.say({ issuedAtMs: car.issuedAtMs + 3000 })).toEqual([])
    expect(car.state().offers[0]?.card.request.replyTo).toEqual(NEW)
  })
})
