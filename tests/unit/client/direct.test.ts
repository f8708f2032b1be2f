import { mayGoDirect } from '@hexhail/client/direct.ts'
import type { DirectPorts } from '@hexhail/client/ports.ts'
import { signal } from '@preact/signals-core'
import { expect, test } from 'vitest'
import { createStraight, type Straight } from '../net/straight.ts'
import { inbox } from '../net/swarm.ts'
import { call, type Person, person, quietAir } from './person.ts'

const TAG = 'ab'.repeat(16)

/** A rider and a driver who talk through a relay; `allowed` is what their settings say. */
async function couple(straight: Straight) {
  const air = quietAir()
  const allowed = { rider: signal(false), driver: signal(false) }
  const portsOf = (who: 'rider' | 'driver'): DirectPorts => ({
    dialer: straight.dialer(),
    allowed: allowed[who],
  })
  const rider = await person(air.leaf(), 'rider', portsOf('rider'))
  const driver = await person(air.leaf(), 'driver', portsOf('driver'))
  const heard = inbox<string>()
  for (const { talk } of [rider, driver])
    talk.onMessage(({ message }) => {
      heard.put(message.name === 'chat' ? message.body.text : message.name)
    })
  const linked = new Promise<void>(resolve => rider.talk.onLinked((_, isLinked) => isLinked && resolve()))
  await call(driver, rider, TAG, rider.session)
  await linked
  const say = ({ talk }: Person, text: string) => talk.send(TAG, { name: 'chat', body: { text } })
  await say(driver, 'hello')
  await heard.take(1)
  return { rider, driver, allowed, heard, say }
}

/** Resolves when both go straight, or when neither does. */
const both = ({ rider, driver }: { rider: Person; driver: Person }, tag: string | null): Promise<unknown> =>
  Promise.all(
    [rider, driver].map(
      ({ talk }) => new Promise<void>(resolve => talk.direct.subscribe(now => now === tag && resolve())),
    ),
  )

test('two who hold a trip go straight once both allow it, and through relays again once one does not', async () => {
  const straight = createStraight()
  const people = await couple(straight)
  const { rider, driver, allowed, heard, say } = people
  rider.talk.allowDirect(TAG)
  driver.talk.allowDirect(TAG)
  allowed.rider.value = true
  await say(rider, 'only the rider would')
  await heard.take(2)
  expect(straight.told).toEqual([])

  allowed.driver.value = true
  await both(people, TAG)
  await say(driver, 'straight')
  await heard.take(3)

  allowed.rider.value = false
  await both(people, null)
  await say(driver, 'by relay')
  await say(rider, 'both ways')
  expect((await heard.take(5)).toSorted()).toEqual(
    ['both ways', 'by relay', 'hello', 'only the rider would', 'straight'].toSorted(),
  )
  expect(rider.talk.linked(TAG)).toBe(true)
})

test('nobody is told an address before a trip is held with him, though both would', async () => {
  const straight = createStraight()
  const people = await couple(straight)
  people.allowed.rider.value = true
  people.allowed.driver.value = true
  await people.say(people.driver, 'an offer')
  await people.heard.take(2)
  people.driver.talk.allowDirect(TAG)
  await people.say(people.driver, 'and a word more')
  await people.heard.take(3)
  expect(straight.told).toEqual([])

  people.rider.talk.allowDirect(TAG)
  await both(people, TAG)
  people.rider.talk.allowDirect(null)
  await both(people, null)
})

test('a trip may go straight while its money is held and the driver knows where to come', () => {
  expect(mayGoDirect('held', false)).toBe(false)
  expect(mayGoDirect('held', true)).toBe(true)
  expect(mayGoDirect('riding', true)).toBe(true)
  for (const phase of ['requested', 'offered', 'selected', 'settled', 'cancelled', 'noShow'] as const)
    expect(mayGoDirect(phase, true)).toBe(false)
})
