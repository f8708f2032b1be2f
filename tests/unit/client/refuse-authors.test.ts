import { gossipValidator, requestIn } from '@hexhail/client/gossip.ts'
import { refuseAuthors } from '@hexhail/client/refuse-authors.ts'
import { createContradictions, isContradiction } from '@hexhail/protocol/contradictions.ts'
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import type { DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { CHAIN, NOW, sealRequest, TOPIC } from '../protocol/some-gossip.ts'

test('a driver’s page drops an author who contradicts himself, and hears no more of him', async () => {
  const rules: TripRules = {
    domain: { chainId: CHAIN, vault: `0x${'11'.repeat(20)}` },
    tariffId: 1,
    tariff: TARIFF,
    timeScale: 1,
  }
  const car = { name: 'Elena', text: 'white car', plate: 'SBC 1234', seats: 4, needs: 0 }
  let shift: DriverState = { ...driverStart(`0x${'22'.repeat(20)}`, car), online: true }
  const dispatch = (event: DriverEvent): void => {
    shift = driver(shift, event, NOW, rules).state
  }
  const contradictions = createContradictions()
  const validate = gossipValidator(CHAIN, () => NOW, createSeen(), contradictions)
  const stop = refuseAuthors(contradictions, () => shift, dispatch)
  const hear = async (raw: Uint8Array): Promise<void> => {
    if ((await validate(TOPIC, raw)) !== 'accept') return
    const { request, key, ...times } = requestIn(raw)!
    dispatch({ type: 'request', request, key: toHex(key), etaS: 120, ...times })
  }
  const [liar, other] = [await createSessionKey(), await createSessionKey()]
  const id = (of: number): Uint8Array => new Uint8Array(16).fill(of)
  const say = (session: typeof liar, body: { requestId: Uint8Array; seats?: number }): Promise<Uint8Array> =>
    sealRequest(session, { body, workBits: 12 })
  const shown = (): (number | undefined)[] => shift.cards.map(card => card.request.requestId[0]).toSorted()

  await hear(await say(liar, { requestId: id(1) }))
  await hear(await say(liar, { requestId: id(2) }))
  await hear(await say(other, { requestId: id(3) }))
  expect(shown()).toEqual([1, 2, 3])
  await hear(await say(liar, { requestId: id(1), seats: 2 }))
  expect(shown()).toEqual([3])
  await hear(await say(liar, { requestId: id(4) }))
  expect(shown()).toEqual([3])
  expect(contradictions.total).toBe(1)
  expect(await isContradiction(contradictions.all()[0]!)).toBe(true)
  stop()
})
