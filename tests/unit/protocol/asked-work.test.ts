import { createAskedWork } from '@hexhail/protocol/asked-work.ts'
import { expect, it } from 'vitest'

const OPTIONS = { least: 12, most: 16, perS: 10, calmMs: 5000, graceMs: 2000 }

/** Lets `perS` checks a second pass from `fromMs` for `seconds`. */
function load(asked: ReturnType<typeof createAskedWork>, fromMs: number, seconds: number, perS: number) {
  for (let i = 0; i < seconds * perS; i++) asked.note(fromMs + (i * 1000) / perS)
}

it('asks for two bits more each second of load, up to the most', () => {
  const asked = createAskedWork(OPTIONS)
  expect(asked.bits(0)).toBe(12)
  load(asked, 1000, 1, 50)
  expect(asked.bits(2000)).toBe(14)
  load(asked, 2000, 5, 50)
  expect(asked.bits(7000)).toBe(16)
})

it('does not ask for more of honest traffic', () => {
  const asked = createAskedWork(OPTIONS)
  load(asked, 0, 60, 9)
  expect(asked.bits(60_000)).toBe(12)
})

it('drops messages with less only once leaves have had time to learn of it', () => {
  const asked = createAskedWork(OPTIONS)
  load(asked, 1000, 2, 50)
  expect([asked.bits(3000), asked.enforced(3000)]).toEqual([16, 12])
  expect(asked.enforced(4900)).toBe(12)
  expect(asked.enforced(5000)).toBe(16)
})

it('takes a bit back after each calm while, at once for what it drops', () => {
  const asked = createAskedWork(OPTIONS)
  load(asked, 1000, 2, 50)
  const seen = []
  for (let now = 3000; now <= 40_000; now += 1000) seen.push([asked.bits(now), asked.enforced(now)] as const)
  expect(seen.at(-1)).toEqual([12, 12])
  const bits = seen.map(([asks]) => asks)
  expect([...bits].sort((a, b) => b - a)).toEqual(bits)
  for (const [asks, drops] of seen) expect(drops).toBeLessThanOrEqual(asks)
  expect(new Set(bits)).toEqual(new Set([16, 15, 14, 13, 12]))
})
