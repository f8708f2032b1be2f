import { parseScenario } from '@hexhail/sim/city/scenario.ts'
import { describe, expect, it } from 'vitest'
import { gridScenario, runGrid } from './grid-scenario.ts'

const network = (more: object) => ({ network: { ...gridScenario('epoch').network, ...more } })

describe('a simulated city', () => {
  const [central, epoch, handover] = (['central', 'epoch', 'handover'] as const).map(name =>
    runGrid(gridScenario(name)),
  )

  it('is the same each time, and another by another seed', () => {
    expect(runGrid(gridScenario('handover'))).toEqual(handover)
    expect(runGrid(gridScenario('handover', { seed: 8 })).hash).not.toBe(handover!.hash)
  })

  it('serves about as many riders without a dispatcher as with one', () => {
    expect(epoch!.metrics.servedPct).toBeGreaterThan(central!.metrics.servedPct - 2)
    expect(epoch!.publishedPerRequest).toBeLessThan(5)
  })

  it('shortens pickups by handover', () => {
    expect(handover!.swapsPerRequest).toBeGreaterThan(0.02)
    expect(handover!.metrics.pickupS).toBeLessThan(epoch!.metrics.pickupS)
  })

  it('books nobody twice whatever the network does', () => {
    const hard = [
      network({ latencyMs: { p50: 2_000, sigma: 1 }, loss: 0.2 }),
      network({ partitions: [{ fromS: 900, untilS: 960 }], loss: 0.05 }),
      { behaviour: { accept: 0.8, waitS: 180, pickupS: 600, cancel: 0.1 } },
    ]
    for (const more of hard)
      for (const name of ['epoch', 'handover'] as const) {
        const { metrics } = runGrid(gridScenario(name, more))
        expect(metrics.doubleBookings).toBe(0)
        expect(metrics.servedPct).toBeGreaterThan(60)
      }
  })
})

it('says which part of a scenario is wrong', () => {
  const good = gridScenario('epoch')
  expect(parseScenario(JSON.parse(JSON.stringify(good)))).toEqual(good)
  expect(() => parseScenario({ ...good, network: { ...good.network, loss: 1 } })).toThrow('network.loss')
  expect(() => parseScenario({ ...good, protocol: { name: 'best' } })).toThrow('protocol.name')
  expect(() => parseScenario(null)).toThrow('version')
})
