import { createZoneFinder } from '@hexhail/audit/checks/zone-finder.ts'
import { touchOf } from '@hexhail/protocol/tariff-places.ts'
import fc from 'fast-check'
import { latLngToCell } from 'h3-js'
import { expect, test } from 'vitest'
import { OLD } from '../../bench/audit/world.ts'

test('the zones of a place are those that the protocol finds there, at their borders too', () => {
  const { zones } = OLD.document!
  const finder = createZoneFinder({ zones })
  const place = fc.record({
    lng: fc.integer({ min: -5_625_000, max: -5_600_000 }),
    lat: fc.integer({ min: -3_495_000, max: -3_480_000 }),
  })
  fc.assert(
    fc.property(place, ({ lng, lat }) => {
      const path = [latLngToCell(lat / 1e5, lng / 1e5, 9)]
      const found = finder.at(lng, lat)
      expect(zones.map((_, z) => ((found[0] >>> z) & 1) === 1)).toEqual(
        zones.map(zone => touchOf(zone, path).pickup),
      )
    }),
    { numRuns: 3_000 },
  )
})
