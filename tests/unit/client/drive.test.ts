import { createDrive } from '@hexhail/client/drive.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { Runtime } from '@hexhail/client/runtime.ts'
import type { DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { signal } from '@preact/signals-core'
import { expect, test } from 'vitest'
import { RULES, START_MS, tableTop } from '../protocol/table-top.ts'
import { gridCity } from '../sim/grid-city.ts'

test('the rider is told the place at one rate, whether the car moves, stands or waits at the door', async () => {
  const city = createLocalCity()
  await city.load(gridCity().bytes)
  const table = tableTop()
  const state = signal<DriverState>(table.driver)
  const told: DriverEvent[] = []
  const runtime = {
    state,
    dispatch: async (event: DriverEvent) => void told.push(event),
  } as unknown as Runtime<DriverState, DriverEvent>
  const ticks: (() => void)[] = []
  const every: ClientPorts['every'] = (ms, run) => {
    expect(ms).toBe(5000)
    ticks.push(run)
    return () => ticks.splice(ticks.indexOf(run), 1)
  }
  const faults: unknown[] = []
  const ports = { city, rules: RULES, now: () => START_MS, every, report: (e: unknown) => faults.push(e) }
  const drive = createDrive(ports as unknown as ClientPorts, runtime)
  const tick = async () => {
    for (const run of ticks) run()
    await new Promise(resolve => setImmediate(resolve))
  }
  const places = () => told.filter(event => event.type === 'position').length
  await drive.moved([-56.17, -34.89], 0, 0)
  await tick()
  expect(places()).toBe(0)
  table.hear()
  table.offer()
  table.choose()
  state.value = table.driver
  await drive.moved([-56.17, -34.89], 0, 0)
  expect(places()).toBe(1)
  for (let i = 0; i < 4; i++) await drive.moved([-56.17, -34.89 + i / 1e4], 0, i * 10)
  expect(places()).toBe(1)
  for (let i = 0; i < 3; i++) await tick()
  expect(places()).toBe(4)
  table.toDriver({ type: 'arrive' })
  state.value = table.driver
  for (let i = 0; i < 3; i++) await tick()
  expect(places()).toBe(7)
  drive.stop()
  await tick()
  expect(places()).toBe(7)
  expect(faults).toEqual([])
})
