import { cellAt } from '@hexhail/protocol/cells.ts'
import { packMoves } from '@hexhail/protocol/commit.ts'
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import type { DriverEvent } from '@hexhail/protocol/driver-state.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { rider, riderStart } from '@hexhail/protocol/rider.ts'
import type { RiderEvent } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { REQUEST_BODY } from './some-gossip.ts'
import { PLAN, RULES, START_MS } from './table-top.ts'

const keyOf = (byte: string): Hex => `0x${byte.repeat(64)}`
const nameOf = (key: Hex) => peerName(fromHex(key))
const [ANN, BOB, CAR, VAN] = [keyOf('a1'), keyOf('b2'), keyOf('c3'), keyOf('d4')]
const CAR_FACTS = { name: 'Bruno', text: 'BYD Dolphin', plate: 'STX 1', seats: 4, needs: 0 }

/** A driver's shift, with what it wants done. */
function shift() {
  let state = driverStart(`0x${'02'.repeat(20)}`, CAR_FACTS)
  let nowMs = START_MS
  const tell = (event: DriverEvent) => {
    const next = driver(state, event, nowMs, RULES)
    state = next.state
    return next.effects
  }
  tell({ type: 'online', online: true, shift: { id: `0x${'5f'.repeat(16)}`, key: CAR } })
  return {
    get state() {
      return state
    },
    tell,
    pass: (ms: number) => {
      nowMs += ms
      return tell({ type: 'tick' })
    },
    /** Answers a rider's request, up to the firm time. */
    answer: (key: Hex, etaS: number) => {
      const request = { ...REQUEST_BODY, requestId: fromHex(key).slice(0, 16), cell: cellAt(PLAN.pickup, 7) }
      const [requestId, tag] = [toHex(request.requestId), key.slice(2, 34)]
      tell({ type: 'request', request, key, etaS: 240, issuedAtMs: nowMs, expiresAtMs: nowMs + 60_000 })
      tell({ type: 'offer', requestId, tag, bp: 10_000 })
      const body = { cell: cellAt(PLAN.pickup, 9), metres: PLAN.metres, secs: PLAN.secs }
      tell({ type: 'message', tag, key, message: { name: 'refine', body } })
      return tell({ type: 'quote', tag, etaS, idleS: 30 })
    },
    call: (key: Hex) =>
      tell({
        ...{ type: 'request', request: { ...REQUEST_BODY, requestId: fromHex(key).slice(0, 16) }, key },
        ...{ etaS: 240, issuedAtMs: nowMs, expiresAtMs: nowMs + 60_000, called: { idleS: 30 } },
      }),
    take: (key: Hex, epoch: number) => {
      const request = nameOf(key)
      const moves = [{ request, from: null, to: nameOf(CAR) }]
      return tell({ type: 'take', epoch, request, moves, holdMs: 6_000 })
    },
  }
}

const types = (effects: readonly { readonly type: string }[]) => effects.map(({ type }) => type)

describe('a driver whom two riders want', () => {
  let bruno: ReturnType<typeof shift>
  beforeEach(() => {
    bruno = shift()
  })

  it('bids to both, and to one alone only where he calls for it', () => {
    expect(types(bruno.answer(ANN, 90))).toEqual(['send'])
    expect(types(bruno.answer(BOB, 120))).toEqual(['send', 'bid', 'bid'])
    expect(bruno.state.offers.map(({ bid }) => [bid?.etaDs, bid?.rivals])).toEqual([
      [900, 1],
      [1_200, 1],
    ])
    const alone = shift()
    alone.answer(ANN, 90)
    expect(types(alone.call(ANN))).toEqual(['bid'])
    expect(types(alone.call(ANN))).toEqual([])
  })

  it('signs one commit, and is no other rider’s while it may count', () => {
    bruno.answer(ANN, 90)
    bruno.answer(BOB, 120)
    expect(bruno.take(ANN, 7)).toMatchObject([
      { type: 'commit', commit: { epoch: 7, request: nameOf(ANN), promiseMs: START_MS + 105_000 } },
    ])
    expect(bruno.take(BOB, 8)).toEqual([])
    const select = { name: 'select', body: {} } as unknown as PrivateMessage
    expect(bruno.tell({ type: 'message', tag: BOB.slice(2, 34), key: BOB, message: select })).toMatchObject([
      { type: 'send', message: { name: 'decline', body: { reason: 1 } } },
    ])
    bruno.tell({ type: 'message', tag: ANN.slice(2, 34), key: ANN, message: { name: 'taken', body: {} } })
    expect(bruno.take(BOB, 7)).toEqual([])
    expect(types(bruno.take(BOB, 8))).toEqual(['commit'])
  })

  it('bids anew when his commit came to nothing', () => {
    bruno.answer(ANN, 90)
    bruno.answer(BOB, 120)
    bruno.take(ANN, 7)
    expect(types(bruno.pass(6_000))).toEqual([])
    expect(types(bruno.pass(1))).toEqual(['bid', 'bid'])
  })

  it('takes nobody who has no bid of his', () => {
    bruno.answer(ANN, 90)
    expect(bruno.take(ANN, 7)).toEqual([])
  })
})

describe('a rider in a busy market', () => {
  const made = {
    requestId: `0x${'01'.repeat(16)}`,
    secret: `0x${'02'.repeat(32)}`,
    salt: `0x${'03'.repeat(32)}`,
  }
  /** A rider's trip with offers of two drivers, in epochs. */
  function trip() {
    let { state } = riderStart(PLAN, { ...(made as Record<keyof typeof made, Hex>), pin: '1234' }, START_MS)
    let nowMs = START_MS
    const tell = (event: RiderEvent) => {
      const next = rider(state, event, nowMs, RULES)
      state = next.state
      return next.effects
    }
    const hear = (key: Hex, message: PrivateMessage) =>
      tell({ type: 'message', tag: key.slice(2, 34), key, message })
    const offer = (key: Hex, account: Hex) => ({
      ...{ requestId: fromHex(state.requestId), account, sessionUntilMs: nowMs + 9e6 },
      ...{ delegation: new Uint8Array(65), etaS: 120, bp: 10_000, seats: 4, needs: 0, car: 'Onix' },
      ...{ permit: new Uint8Array(32), vehicle: new Uint8Array(32), vehicleClass: 0, propulsion: 0 },
      ...{ document: new Uint8Array(32), expiresAtMs: nowMs + 45_000, replyTo: [], key },
    })
    for (const key of [CAR, VAN]) {
      hear(key, { name: 'offer', body: offer(key, `0x${key.slice(2, 42)}`) })
      const bid = { etaDs: 900, idleS: 0, rivals: 1, issuedAtMs: nowMs, holdS: 120 }
      hear(key, { name: 'bid', body: { ...bid, signature: new Uint8Array(64) } })
    }
    tell({ type: 'market', request: nameOf(ANN) })
    return {
      get state() {
        return state
      },
      tell,
      pass: (ms: number) => {
        nowMs += ms
        return tell({ type: 'tick' })
      },
      commit: (key: Hex, epoch: number, promiseMs = nowMs + 90_000) => {
        const moves = packMoves([{ request: nameOf(ANN), from: null, to: nameOf(key) }])
        const body = { epoch, promiseMs, expiresAtMs: nowMs + 6_000, moves, signature: new Uint8Array(64) }
        return hear(key, { name: 'commit', body })
      },
      choose: (key: Hex) =>
        tell({
          ...{ type: 'choose', tag: key.slice(2, 34), rider: `0x${'01'.repeat(20)}` },
          ...{ session: `0x${'04'.repeat(20)}`, lane: 0, seq: 0n },
        }),
    }
  }

  it('countersigns one commit, and chooses its driver alone', () => {
    const ann = trip()
    expect(types(ann.commit(CAR, 7))).toEqual(['confirm'])
    expect(ann.commit(VAN, 7)).toEqual([])
    expect(types(ann.choose(VAN))).toEqual([])
    expect(types(ann.choose(CAR))).toContain('signTerms')
    expect(ann.state.phase).toBe('selected')
  })

  it('takes no commit with direct offers, nor one that comes too late', () => {
    const ann = trip()
    expect(types(ann.commit(CAR, 7, START_MS + 930_000))).toEqual(['send', 'drop'])
    expect(ann.state.part?.refused).toEqual([nameOf(CAR)])
    ann.tell({ type: 'market', request: null })
    expect(ann.commit(VAN, 7)).toEqual([])
  })

  it('puts out whose commit came to nothing, who was silent, and who drove off with another', () => {
    const ann = trip()
    ann.commit(CAR, 7)
    ann.pass(6_001)
    expect(ann.state.part).toMatchObject({ bound: null, refused: [nameOf(CAR)] })
    ann.tell({ type: 'silent', driver: nameOf(VAN) })
    expect(ann.state.part?.refused).toEqual([nameOf(CAR), nameOf(VAN)])
    ann.tell({ type: 'taken', driver: nameOf(VAN) })
    expect(ann.state.offers.map(({ key }) => key)).toEqual([CAR])
  })

  it('is told of a driver who promised two rides at once', () => {
    const ann = trip()
    expect(types(ann.tell({ type: 'double', driver: nameOf(CAR) }))).toEqual(['notice'])
    expect(ann.state.offers.map(({ key }) => key)).toEqual([VAN])
    expect(ann.state.part?.refused).toEqual([nameOf(CAR)])
    expect(types(ann.tell({ type: 'double', driver: nameOf(CAR) }))).toEqual([])
  })

  it('puts out the driver who declines after all, and waits on', () => {
    const ann = trip()
    ann.commit(CAR, 7)
    ann.choose(CAR)
    ann.tell({
      ...{ type: 'message', tag: CAR.slice(2, 34), key: CAR },
      message: { name: 'decline', body: { reason: 1 } },
    })
    expect(ann.state).toMatchObject({ phase: 'offered', part: { bound: null, refused: [nameOf(CAR)] } })
  })

  it('keeps an offer as long as its bid stands', () => {
    const ann = trip()
    ann.pass(60_000)
    expect(ann.state.offers).toHaveLength(2)
    ann.pass(60_001)
    expect(ann.state.offers).toHaveLength(0)
  })
})
