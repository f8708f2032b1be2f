import type { FoundDocument } from '@hexhail/audit/tariff/signed-tariff.ts'
import { en } from '@hexhail/authority-web/locales/en.ts'
import { blankOf } from '@hexhail/authority-web/parts/tariff-blank.ts'
import { putAt, valueAt } from '@hexhail/authority-web/put-at.ts'
import { createTariffDesk, type TariffHand } from '@hexhail/authority-web/tariff-desk.ts'
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { TARIFF_SHAPE, type TariffDocument, tariffHash } from '@hexhail/protocol/tariff-document.ts'
import type { Shape } from '@hexhail/protocol/tariff-shape.ts'
import { describe, expect, it } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { seededTrips } from './seeded-city.ts'

const NOW = Date.parse('2026-11-23T10:20:00Z')
const FOUND: FoundDocument = {
  state: 'checked',
  class: 'car',
  signed: { document: DEMO_DOCUMENT, chainId: 1, signature: '0x' },
}

async function deskInForce() {
  const published: [TariffHand, TariffDocument][] = []
  const desk = createTariffDesk({
    find: async () => FOUND,
    publish: async (hand, doc) => {
      published.push([hand, doc])
      return [2]
    },
    now: () => NOW,
  })
  desk.look(TARIFF)
  await expect.poll(() => desk.inForce.value).toBe(FOUND)
  return { desk, published }
}

describe('the desk for drafts of tariffs', () => {
  it('begins with the next version, tells as one types what is wrong, and what changes', async () => {
    const { desk } = await deskInForce()
    desk.begin(DEMO_DOCUMENT)
    expect(desk.document.value).toMatchObject({ version: 2, prev: tariffHash(DEMO_DOCUMENT) })
    expect(desk.document.value!.validFrom * 1_000).toBeGreaterThan(NOW)
    expect(desk.findings.value).toEqual([])
    desk.put('classes[0].perKm', '9x')
    expect(desk.document.value).toBeNull()
    expect(desk.findings.value.map(each => each.path)).toEqual(['classes[0].perKm'])
    desk.put('classes[0].perKm', 99)
    expect(desk.findings.value).toEqual([])
    expect(desk.diff.value?.changes).toContainEqual({ path: 'classes[car].perKm', before: 95, after: 99 })
    expect(DEMO_DOCUMENT.classes[0]!.perKm).toBe(95)
  })

  it('reckons the opened trips anew by both, and leaves out those of a class that is gone', async () => {
    const { desk } = await deskInForce()
    desk.begin(DEMO_DOCUMENT)
    desk.put('classes[0].perKm', 190)
    const rows = seededTrips(TARIFF, 20, NOW / 1_000).map(({ fact, record }) => ({
      fact,
      record,
      filing: 'opened' as const,
      audit: null,
    }))
    const driven = rows.filter(row => (row.record?.startedAtMs ?? 0) > 0).length
    const outcome = desk.simulate(rows)
    expect(outcome?.after.trips).toBe(driven)
    expect(outcome!.after.riders).toBeGreaterThan(outcome!.before!.riders)
    expect(desk.simulate(rows.map(row => ({ ...row, record: null })))).toBeNull()
    desk.put('classes[0].id', 'van')
    expect(desk.simulate(rows)).toBeNull()
  })

  it('opens files signed or not, refuses what is no JSON, and publishes what is on it', async () => {
    const { desk, published } = await deskInForce()
    expect(desk.open('{')).toBe(false)
    expect(desk.draft.value).toBeNull()
    expect(desk.open(JSON.stringify({ document: DEMO_DOCUMENT, chainId: 1, signature: '0x' }))).toBe(true)
    expect(desk.document.value).toEqual(DEMO_DOCUMENT)
    const hand = { kind: 'key', key: `0x${'11'.repeat(32)}` } as const
    expect(await desk.publish(hand)).toEqual([2])
    expect(published).toEqual([[hand, DEMO_DOCUMENT]])
    desk.drop()
    expect(desk.findings.value).toEqual([])
  })
})

describe('the form of a tariff', () => {
  it('has a label for every field and every choice of the document', () => {
    const missing: string[] = []
    const walk = (shape: Shape, name: string): void => {
      if (name !== 'format' && name !== '' && !(`field_${name}` in en)) missing.push(name)
      if (shape.kind === 'object') for (const [key, field] of Object.entries(shape.fields)) walk(field, key)
      if (shape.kind === 'list' && shape.of.kind === 'object') walk(shape.of, name)
      if (shape.kind === 'oneOf' && name !== 'format')
        missing.push(...shape.values.filter(value => !(`choice_${value}` in en)))
    }
    walk(TARIFF_SHAPE, '')
    expect(missing).toEqual([])
  })

  it('begins new entries with what their fields allow, but for the names', () => {
    const zone = blankOf(TARIFF_SHAPE.fields.zones.of)
    expect(zone).toMatchObject({ multBp: 10_000, cells: [], pickup: 0, name: '' })
    expect(blankOf(TARIFF_SHAPE.fields.periods.of)).toMatchObject({
      days: [1, 2, 3, 4, 5, 6, 7],
      holidays: 'any',
    })
  })

  it('puts values into lists and takes entries out without touching the rest', () => {
    const json = { a: [{ b: 1 }, { b: 2 }], c: { d: 3 } }
    expect(putAt(json, 'a[1].b', 9)).toEqual({ a: [{ b: 1 }, { b: 9 }], c: { d: 3 } })
    expect(putAt(json, 'a[0]', undefined)).toEqual({ a: [{ b: 2 }], c: { d: 3 } })
    expect(putAt(json, 'a[2]', { b: 4 })).toEqual({ a: [{ b: 1 }, { b: 2 }, { b: 4 }], c: { d: 3 } })
    expect((putAt(json, 'c.d', 5) as typeof json).a).toBe(json.a)
    expect(valueAt(json, 'a[1].b')).toBe(2)
    expect(valueAt(json, 'a[7].b')).toBeUndefined()
  })
})
