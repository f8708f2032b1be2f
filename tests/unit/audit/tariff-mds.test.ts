import { existsSync, readFileSync } from 'node:fs'
import { mdsTariff } from '@hexhail/audit/tariff/mds.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'

const FOLDER = new URL('../../../../shared/data/regulator/mds-2.0-json-schema/', import.meta.url)
const isHere = existsSync(FOLDER)
const AT = Date.parse('2026-01-01T00:00:00Z')
const BOUNDS = [-74.3, 40.4, -73.6, 41] as const

interface Rule {
  readonly name: string
  readonly rate_amount: number
  readonly geographies: readonly string[]
  readonly days?: readonly string[]
  readonly start_time?: string
  readonly end_time?: string
}
const rulesOf = (policies: readonly object[]) => (policies[0] as { rules: Rule[] }).rules

describe('a tariff as MDS Policy and Geography', () => {
  it('says charges of zones and levies, windows over midnight as two, and lists what MDS cannot say', () => {
    const { policies, geographies, left } = mdsTariff(GOLDEN.nyc, { publishedAtMs: AT, bounds: BOUNDS })
    const rules = rulesOf(policies)
    const night = rules.filter(each => each.name === 'night for Driver')
    expect(night.map(({ start_time, end_time }) => [start_time, end_time])).toEqual([
      ['20:00:00', '23:59:59'],
      ['00:00:00', '05:59:59'],
    ])
    expect(rules.find(each => each.name.startsWith('rush'))).toMatchObject({
      rate_amount: 250,
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    })
    expect(rules.find(each => each.name.startsWith('Kennedy'))).toMatchObject({ rate_amount: 175 })
    expect(geographies).toHaveLength(3)
    expect(left.map(each => each.path)).toEqual(
      expect.arrayContaining(['classes', 'tolls', 'wage', 'chargesMost']),
    )
    expect(mdsTariff(GOLDEN.nyc, { publishedAtMs: AT, bounds: BOUNDS }).policies).toEqual(policies)
  })

  it('without bounds leaves out what holds everywhere, and says so; a tariff with nothing for MDS has no policy', () => {
    const { policies, geographies, left } = mdsTariff(GOLDEN.nyc, { publishedAtMs: AT })
    expect(rulesOf(policies).map(each => each.name.split(' ')[0])).toEqual([
      'Kennedy',
      'congestion',
      'clean-air',
    ])
    expect(geographies).toHaveLength(2)
    expect(left.filter(each => each.why.includes('bounds'))).toHaveLength(4)
    expect(mdsTariff(GOLDEN.poa, { publishedAtMs: AT }).policies).toEqual([])
  })

  it.skipIf(!isHere)(
    `is valid by the schemas of MDS 2.0${isHere ? '' : ' (skipped: ../shared/data/regulator is not there)'}`,
    () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false })
      const schema = (name: string) =>
        ajv.compile(
          JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8'), (key, value) =>
            key === '$id' || (key === '$schema' && value !== 'https://json-schema.org/draft/2020-12/schema')
              ? undefined
              : value,
          ) as object,
        )
      const [policy, rule, geography] = [schema('policy'), schema('policy-rule'), schema('geography')]
      for (const doc of [GOLDEN.nyc, { ...GOLDEN.nyc, version: 2, prev: `0x${'ab'.repeat(32)}` as const }]) {
        const { policies, geographies } = mdsTariff(doc, { publishedAtMs: AT, bounds: BOUNDS })
        for (const each of policies) expect(policy(each), JSON.stringify(policy.errors)).toBe(true)
        for (const each of rulesOf(policies)) expect(rule(each), JSON.stringify(rule.errors)).toBe(true)
        for (const each of geographies) expect(geography(each), JSON.stringify(geography.errors)).toBe(true)
      }
      expect(policy({ name: 'x' })).toBe(false)
    },
  )
})
