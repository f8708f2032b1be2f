import type { Link } from '@hexhail/net/ports.ts'
import { createUpgrade, type DirectWord, type Upgrade } from '@hexhail/net/upgrade.ts'
import { expect, test } from 'vitest'
import { virtualTime } from './air.ts'
import { createStraight } from './straight.ts'

interface Side {
  way: Upgrade
  readonly links: Link[]
  /** Whether it goes straight, each time that changes. */
  readonly paths: boolean[]
  readonly said: DirectWord['step'][]
}

/** A rider (offers) and a driver (answers) who hear each other through a relay. */
function couple() {
  const time = virtualTime()
  const straight = createStraight()
  const wire = { broken: false }
  const sides: Record<'rider' | 'driver', Side> = { rider: side('rider'), driver: side('driver') }
  function side(who: 'rider' | 'driver'): Side {
    const made: Omit<Side, 'way'> = { links: [], paths: [], said: [] }
    const way = createUpgrade({
      role: who === 'rider' ? 'offers' : 'answers',
      dialer: straight.dialer(),
      tell: word => {
        made.said.push(word.step)
        if (!wire.broken) time.after(1, () => sides[who === 'rider' ? 'driver' : 'rider'].way.hear(word))
      },
      join: link => made.links.push(link),
      onDirect: isDirect => made.paths.push(isDirect),
      now: time.now,
      after: time.after,
    })
    return { ...made, way }
  }
  return { time, straight, wire, ...sides }
}

test('two who would are joined straight, whoever speaks first', async () => {
  for (const first of ['rider', 'driver'] as const) {
    const both = couple()
    both[first].way.linked()
    await both.time.run(100)
    expect(both.rider.paths).toEqual([true])
    expect(both.driver.paths).toEqual([true])
    expect(both.straight.told).toHaveLength(2)
  }
})

test('no address is told to somebody who has not said that he would', async () => {
  const both = couple()
  both.driver.way.stop()
  both.rider.way.linked()
  await both.time.run(60_000)
  const other = couple()
  other.rider.way.stop()
  other.driver.way.linked()
  await other.time.run(60_000)
  expect([...both.straight.told, ...other.straight.told]).toEqual([])
  expect(both.rider.said).toEqual(['willing'])
})

test('an offer out of the blue is not answered by the one who offers', async () => {
  const { rider, straight, time } = couple()
  const card = (await straight.dialer().offer()).card
  rider.way.hear({ step: 'offer', round: 1, card })
  rider.way.hear({ step: 'answer', round: 1, card })
  await time.run(1000)
  expect(straight.told).toEqual([card])
})

test('a connection that is lost is made again, after both have said once more that they would', async () => {
  const both = couple()
  both.rider.way.linked()
  await both.time.run(100)
  both.straight.cut()
  await both.time.run(9_000)
  expect(both.rider.paths).toEqual([true, false])
  expect(both.driver.paths).toEqual([true, false])
  await both.time.run(2_000)
  expect(both.rider.paths).toEqual([true, false, true])
  expect(both.rider.said).toEqual(['willing', 'offer', 'willing', 'offer'])
})

test('who has hidden his address meanwhile is told none after the connection was lost', async () => {
  const both = couple()
  both.rider.way.linked()
  await both.time.run(100)
  both.driver.way.stop()
  await both.time.run(60_000)
  expect(both.rider.paths).toEqual([true, false])
  expect(both.rider.said.filter(step => step === 'offer')).toHaveLength(1)
  expect(both.straight.told).toHaveLength(2)
})

test('where two networks do not let it through it is tried ever less often', async () => {
  const both = couple()
  both.straight.open = false
  both.rider.way.linked()
  await both.time.run(3_600_000)
  expect(both.rider.paths).toEqual([])
  const offers = both.rider.said.filter(step => step === 'offer').length
  expect(offers).toBeGreaterThan(3)
  expect(offers).toBeLessThanOrEqual(3 + 3600 / 120)
  both.straight.open = true
  await both.time.run(300_000)
  expect(both.rider.paths).toEqual([true])
})

test('turned off, the straight connection ends at once on both sides', async () => {
  const both = couple()
  both.rider.way.linked()
  await both.time.run(100)
  const closed: string[] = []
  both.rider.links[0]!.onClose(() => closed.push('rider'))
  both.driver.links[0]!.onClose(() => closed.push('driver'))
  both.rider.way.stop()
  await both.time.run(1)
  expect(closed.toSorted()).toEqual(['driver', 'rider'])
})
