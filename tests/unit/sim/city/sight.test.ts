import { gridCity } from '@hexhail/sim/city/grid-city.ts'
import { createSight, type Privacy } from '@hexhail/sim/city/sight.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { describe, expect, it } from 'vitest'
import { harvestCity } from '../../../bench/protocol/harvest-city.ts'
import { quantile } from '../../../bench/quantile.ts'

const city = gridCity(16, 1)
const EXACT: Privacy = { driver: 'exact', rider: 'exact', stepS: 0 }
const see = (privacy: Partial<Privacy>) => createSight(city, { ...EXACT, ...privacy }, createSeeded(3))
const nodes = Array.from({ length: city.nodes }, (_, node) => node)

describe('what a bid tells', () => {
  it('is the truth where nothing is hidden, else whole steps upwards', () => {
    const exact = see({})
    expect(nodes.filter(node => exact.driverAt(1, node) !== node || exact.riderAt(node) !== node)).toEqual([])
    expect([0, 1, 300, 301].map(exact.toldDs)).toEqual([0, 1, 300, 301])
    expect([0, 1, 300, 301].map(see({ stepS: 30 }).toldDs)).toEqual([300, 300, 300, 600])
  })

  it('is of one place for all places of a cell, fewer the coarser cells are', () => {
    const seenAs = (res: number) => {
      const sight = see({ driver: res })
      return new Set(nodes.map(node => sight.driverAt(1, node))).size
    }
    expect(seenAs(8)).toBeLessThan(seenAs(9))
    expect(seenAs(9)).toBeLessThan(city.nodes / 4)
  })

  it('draws a sticky cell once for a driver who stands', () => {
    const [sight, plain] = [see({ driver: 'sticky' }), see({ driver: 8 })]
    const first = nodes.map(node => sight.driverAt(node, node))
    expect(nodes.map(node => sight.driverAt(node, node))).toEqual(first)
    expect(nodes.some(node => sight.driverAt(node, node) !== plain.driverAt(1, node))).toBe(true)
  })
})

it('lets fake riders find drivers who tell the truth, and not those who count from a sticky cell', () => {
  const median = (privacy: Privacy) =>
    quantile(harvestCity(city, privacy, { drivers: 60, requests: 50, bids: 16, seed: 5 }), 0.5)!
  expect(median(EXACT)).toBeLessThan(50)
  expect(median({ driver: 'sticky', rider: 9, stepS: 30 })).toBeGreaterThan(200)
})
