import { openSession } from '@hexhail/client/session.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import type { Heard } from '@hexhail/client/talk.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { expect, test } from 'vitest'
import { call, type Person, person, quietAir } from './person.ts'

/** As many callers as a rider hears out at once. */
const CROWD = 48

/** Resolves when so many of a leaf's inbound links have ended. */
function endedLinks(leaf: Leaf, many: number): { readonly leaf: Leaf; readonly ended: Promise<void> } {
  const done = Promise.withResolvers<void>()
  let count = 0
  const watched: Leaf = {
    ...leaf,
    handle: (protocol, fn) =>
      leaf.handle(protocol, link => {
        link.onClose(() => {
          if (++count === many) done.resolve()
        })
        fn(link)
      }),
  }
  return { leaf: watched, ended: done.promise }
}

const tagOf = (i: number): string => i.toString(16).padStart(32, '0')
const firstWord = ({ talk }: Person): Promise<Heard> => new Promise(resolve => talk.onMessage(resolve))
const crowd = (air: ReturnType<typeof quietAir>, many: number) =>
  Promise.all(Array.from({ length: many }, () => person(air.leaf(), 'driver')))

test('drivers who still answer an earlier request take no place from those who answer this one', async () => {
  const air = quietAir()
  const { leaf, ended } = endedLinks(air.leaf(), CROWD + 2)
  const rider = await person(leaf, 'rider')
  const earlier = await openSession(createMemoryStore(), 'session')
  const late = await crowd(air, CROWD + 2)
  for (const [i, driver] of late.entries()) await call(driver, rider, tagOf(i), earlier)
  await ended

  const heard = firstWord(rider)
  const driver = await person(air.leaf(), 'driver')
  await call(driver, rider, 'ab'.repeat(16), rider.session)
  await driver.talk.send('ab'.repeat(16), { name: 'chat', body: { text: 'I am near' } })
  expect(await heard).toMatchObject({ tag: 'ab'.repeat(16), message: { name: 'chat' } })
})

test('callers who greet and then say nothing give way', async () => {
  const air = quietAir()
  const rider = await person(air.leaf(), 'rider')
  const linked = new Set<string>()
  const full = new Promise<void>(resolve =>
    rider.talk.onLinked((tag, isLinked) => {
      if (isLinked && linked.add(tag).size === CROWD) resolve()
    }),
  )
  const silent = await crowd(air, CROWD)
  for (const [i, driver] of silent.entries()) await call(driver, rider, tagOf(i), rider.session)
  await full
  for (const { talk } of silent) await talk.stop()
  rider.laterOn()

  const heard = firstWord(rider)
  const driver = await person(air.leaf(), 'driver')
  await call(driver, rider, 'ab'.repeat(16), rider.session)
  await driver.talk.send('ab'.repeat(16), { name: 'chat', body: { text: 'I am near' } })
  expect((await heard).tag).toBe('ab'.repeat(16))
  expect(rider.talk.linked(tagOf(0))).toBe(false)
})
