import { recordCharges } from '@hexhail/protocol/record-charges.ts'
import { NO_ENTRY } from '@hexhail/protocol/record-fields.ts'
import { type MeterLine, meter } from '@hexhail/protocol/tariff-meter.ts'
import { describe, expect, it } from 'vitest'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'
import { goldenTrips } from '../../vectors/tariffs/make-tariffs.ts'
import { anyDocument, anyTrip, below } from './any-tariff.ts'

const units = (amount: number): bigint => BigInt(amount) * 10_000n

describe('the charges of a record', () => {
  it('are the golden trips’ lines on top of the fare, by their places in the document', () => {
    for (const name of ['demo', 'nyc', 'poa'] as const)
      for (const { about, trip, lines } of goldenTrips(name)) {
        const charged = recordCharges(GOLDEN[name], meter(GOLDEN[name], trip).lines)
        const golden = Object.entries(lines).filter(([key]) => key.startsWith('charge/'))
        expect([about, charged.toll]).toEqual([
          about,
          golden.reduce((sum, [, each]) => sum + BigInt(each), 0n),
        ])
        const at = (list: readonly { readonly id: string }[], key: string) =>
          golden
            .filter(([line]) => line.startsWith(`charge/${key}/`))
            .map(([line, amount]) => ({
              id: list.findIndex(({ id }) => id === line.split('/')[2]),
              amount: BigInt(amount),
            }))
        if (golden.some(([line]) => line.startsWith('charge/most'))) continue
        const { zones, tolls } = GOLDEN[name]
        expect(charged.surcharges.filter(({ id }) => id !== NO_ENTRY)).toEqual(at(zones, 'zone'))
        expect(charged.tolls).toEqual(at(tolls, 'toll'))
      }
  })

  it('add up to what the meter charges, whatever the tariff and the way, in at most eight lines each', () => {
    const of = below(11)
    for (let i = 0; i < 600; i++) {
      const document = anyDocument(of)
      const { lines, charge } = meter(document, anyTrip(of))
      const { toll, surcharges, tolls } = recordCharges(document, lines)
      expect(toll).toBe(charge)
      expect([...surcharges, ...tolls].reduce((sum, each) => sum + each.amount, 0n)).toBe(charge)
      expect([...surcharges, ...tolls].every(each => each.amount > 0n)).toBe(true)
      expect(Math.max(surcharges.length, tolls.length)).toBeLessThanOrEqual(8)
    }
  })

  it('put what has no room into one line, and take the bound off from the last', () => {
    const zones = Array.from({ length: 10 }, (_, i) => ({ ...GOLDEN.nyc.zones[0]!, id: `z${i}` }))
    const line = (key: MeterLine['key'], id: string, amount: bigint): MeterLine => ({
      part: 'charge',
      key,
      id,
      amount,
    })
    const ten = zones.map(({ id }) => line('zone', id, units(10)))
    const { surcharges } = recordCharges({ zones, tolls: [] }, ten)
    expect(surcharges.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, NO_ENTRY])
    expect(surcharges.at(-1)!.amount).toBe(units(30))
    const bounded = recordCharges({ zones, tolls: [] }, [
      ten[0]!,
      line('levy', 'air', units(5)),
      line('access', '', units(2)),
      line('most', '', -units(8)),
    ])
    expect(bounded).toEqual({ toll: units(9), surcharges: [{ id: 0, amount: units(9) }], tolls: [] })
  })
})
