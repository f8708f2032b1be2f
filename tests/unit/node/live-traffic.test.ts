import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openLiveTraffic } from '@hexhail/node/live-traffic.ts'
import { createMatcherHandler } from '@hexhail/node/matcher-handler.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { STREET_CLASSES } from '@hexhail/streets/osm/car-access.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { streetCells } from '@hexhail/streets/route/street-cells.ts'
import { arcTimes, trafficFactors } from '@hexhail/streets/route/traffic.ts'
import { readTrafficFile } from '@hexhail/streets/route/traffic-file.ts'
import type { CityRouter } from '@hexhail/streets/router.ts'
import { arcTimeDs } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { gridTown, seeded } from '../streets/grid-town.ts'

const city = openCity(buildCity(gridTown(6, seeded(4)), { name: 'Town' }).bytes)
const { streets } = city
const cells = streetCells(streets)
const rng = seeded(8)
const PAIRS = Array.from({ length: 40 }, () => [randomPlace(city, rng), randomPlace(city, rng)] as const)
const answers = (router: CityRouter): number[] => PAIRS.map(([from, to]) => router.distanceS(from, to))
const EIGHT = Date.UTC(2026, 10, 23, 8, 59, 58)

/** Every street of the town takes `times` as long from `hour` to `hour` + 1. */
function jam(times: number, hour: number, more: object = {}): string {
  const rows = Array.from(streets.tail, (_, s) => ({
    cell: cells.cells[cells.of[s]!]!,
    class: STREET_CLASSES[streets.kind[s]!],
    hour,
    factor: 256 * times,
  }))
  return JSON.stringify({ ...more, factors: rows })
}

/** Traffic over the town from a file that the test writes, at a time that the test tells. */
async function opened(text: string) {
  const router = createCityRouter(city, 'turns')
  const world = { text, stamp: 0, nowMs: EIGHT, lines: [] as string[], pauses: 0, fails: '' }
  const traffic = await openLiveTraffic({
    router,
    streets,
    source: {
      stamp: async () => {
        if (world.fails) throw new Error(world.fails)
        return `${world.stamp}`
      },
      read: async () => world.text,
    },
    now: () => world.nowMs,
    pause: async () => void world.pauses++,
    log: line => world.lines.push(line),
  })
  const write = (changed: string): void => {
    world.text = changed
    world.stamp++
  }
  return { router, traffic, world, write }
}

const byFile = (text: string, hour: number): number[] => {
  const router = createCityRouter(city, 'turns')
  router.setTraffic(arcTimes(streets, cells, readTrafficFile(text).factors, hour))
  return answers(router)
}

test('the file holds from the start, again when it is written, and the hour turns by itself', async () => {
  const eightAndNine = JSON.stringify({
    factors: [...JSON.parse(jam(2, 8)).factors, ...JSON.parse(jam(3, 9)).factors],
  })
  const { router, traffic, world, write } = await opened(eightAndNine)
  const { hash } = readTrafficFile(eightAndNine)
  expect(traffic.epoch).toEqual({ factors: hash, hour: 8 })
  expect(answers(router)).toEqual(byFile(eightAndNine, 8))
  world.nowMs += 2_000
  await traffic.look()
  expect(traffic.epoch).toEqual({ factors: hash, hour: 9 })
  expect(answers(router)).toEqual(byFile(eightAndNine, 9))
  expect(answers(router)).not.toEqual(byFile(eightAndNine, 8))
  write(jam(5, 9))
  await traffic.look()
  expect(traffic.epoch).toEqual({ factors: readTrafficFile(jam(5, 9)).hash, hour: 9 })
  expect(answers(router)).toEqual(byFile(jam(5, 9), 9))
  expect(world.lines).toEqual([])
})

test('hours are those of the clocks in the time zone of the file', async () => {
  const { router, traffic } = await opened(jam(2, 5, { timeZone: 'America/Montevideo' }))
  expect(traffic.epoch.hour).toBe(5)
  expect(answers(router)).toEqual(byFile(jam(2, 5), 5))
})

test('until the last slice all is answered, and named, as before; what changes nothing takes no slice', async () => {
  const router = createCityRouter(city, 'turns')
  let text = jam(2, 8)
  const seen: [number, number[]][] = []
  const during = async (): Promise<void> => {
    seen.push([traffic?.epoch.hour ?? -1, answers(router)])
  }
  const small = {
    beginTraffic: (times: Parameters<CityRouter['beginTraffic']>[0]) => {
      const step = router.beginTraffic(times)
      return () => step(100)
    },
  }
  const source = { stamp: async () => text, read: async () => text }
  let nowMs = EIGHT
  let traffic: Awaited<ReturnType<typeof openLiveTraffic>> | undefined
  const deps = { router: small, streets, source, now: () => nowMs, pause: during, log: () => {} }
  traffic = await openLiveTraffic(deps)
  const before = answers(router)
  seen.length = 0
  nowMs += 2_000
  await Promise.all([traffic.look(), traffic.look()])
  expect(seen.length).toBeGreaterThan(3)
  expect(seen.every(([hour, now]) => hour === 8 && now.every((s, i) => s === before[i]))).toBe(true)
  expect(answers(router)).toEqual(byFile(text, 9))
  seen.length = 0
  nowMs += 3_600_000
  text = JSON.stringify({ factors: [] })
  await traffic.look()
  expect([seen.length, traffic.epoch]).toEqual([0, { factors: readTrafficFile(text).hash, hour: 10 }])
})

test('a broken, missing or unreadable file keeps the old times and is told of once', async () => {
  const { router, traffic, world, write } = await opened(jam(2, 8))
  const [before, epoch] = [answers(router), traffic.epoch]
  write('{"factors": [{')
  for (let i = 0; i < 3; i++) await traffic.look()
  write(JSON.stringify({ factors: [{ cell: 1, class: 'river', hour: 3, factor: 256 }] }))
  await traffic.look()
  world.fails = 'It is gone.\nAnd more'
  for (let i = 0; i < 3; i++) await traffic.look()
  expect(world.lines).toEqual([
    'Traffic stays as it was. This is no file of traffic: it is not JSON.',
    expect.stringContaining('factor 1 has "class": "river"'),
    'Traffic stays as it was. It is gone.',
  ])
  expect([answers(router), traffic.epoch]).toEqual([before, epoch])
  world.fails = ''
  write(jam(4, 8))
  await traffic.look()
  expect(answers(router)).toEqual(byFile(jam(4, 8), 8))
  expect(world.lines.length).toBe(3)
  await expect(opened('{}')).rejects.toThrow(expect.objectContaining({ code: 'TRAFFIC_FILE' }))
})

test('a matcher’s answer changes with the file, and whoever takes its factors computes the same', async () => {
  const { traffic, router, write } = await opened(jam(2, 8))
  const server = createServer(createMatcherHandler(router, 'turns', traffic))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [rider, ...cars] = PAIRS.slice(0, 8).map(([place]) => place)
  const drivers = cars.map(({ at }, i) => ({ id: `d${i}`, at }))
  const ask = async () => {
    const body = JSON.stringify({ rider: rider!.at, drivers, k: 5 })
    return (await fetch(`${url}/nearest`, { method: 'POST', body })).json()
  }
  const first = await ask()
  write(jam(3, 8))
  await traffic.look()
  const second = await ask()
  expect([second.city, second.model]).toEqual([first.city, first.model])
  expect(second.traffic).toEqual(traffic.epoch)
  expect(second.traffic.factors).not.toBe(first.traffic.factors)
  expect(second.nearest).not.toEqual(first.nearest)
  expect((await (await fetch(`${url}/health`)).json()).traffic).toEqual(second.traffic)
  const factors = readTrafficFile(await (await fetch(`${url}/traffic`)).text())
  expect(factors.hash).toBe(second.traffic.factors)
  const mine = createCityRouter(
    openCity(buildCity(gridTown(6, seeded(4)), { name: 'Town' }).bytes),
    second.model,
  )
  mine.setTraffic(arcTimes(streets, cells, factors.factors, second.traffic.hour))
  const placed = drivers.map(({ id, at }) => ({ id, place: mine.snap(at)! }))
  expect(mine.nearest(placed, mine.snap(rider!.at)!, 5)).toEqual(second.nearest)
  await new Promise(resolve => server.close(resolve))
})

test('a street that the slowest factor would make longer than a day takes a day', () => {
  const long = { ...streets, lengthDm: streets.lengthDm.map(() => 1_000_000) }
  const { factors } = readTrafficFile(jam(64, 8))
  const slow = arcTimes(long, cells, trafficFactors([...rowsOf(factors)]), 8)
  expect(Math.max(...slow)).toBe(864_000)
  expect(arcTimeDs(long, 0)).toBeLessThan(864_000)
  expect(() => createCityRouter(city, 'turns').setTraffic(slow)).not.toThrow()
})

function rowsOf({ cell, kind, hour, factor }: ReturnType<typeof trafficFactors>) {
  return Array.from(cell, (at, i) => ({ cell: at, kind: kind[i]!, hour: hour[i]!, factor: factor[i]! }))
}
