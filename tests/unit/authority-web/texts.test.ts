import { CHECKS } from '@hexhail/audit/check-fare.ts'
import { en } from '@hexhail/authority-web/locales/en.ts'
import { es } from '@hexhail/authority-web/locales/es.ts'
import { fill } from '@hexhail/ui/i18n.ts'
import { expect, test } from 'vitest'

const holes = (text: string): string[] => [...new Set(text.match(/\{(\w+)(?=[},])/g))].sort()

test('the Spanish texts have the same holes as the English ones', () => {
  for (const key of Object.keys(en) as (keyof typeof en)[])
    expect([key, holes(es[key])]).toEqual([key, holes(en[key])])
})

test('every text fills without a hole left, for none, one and many', () => {
  for (const [tag, texts] of [
    ['en', en],
    ['es', es],
  ] as const) {
    for (const text of Object.values(texts)) {
      for (const n of [0, 1, 2, 1_000]) {
        const params = Object.fromEntries(holes(text).map(hole => [hole.slice(1), hole === '{n' ? n : 'x']))
        expect(fill(text, tag, params)).not.toMatch(/[{}]/)
      }
    }
  }
})

test('every check has its words, for when it passes and for when it does not', () => {
  for (const code of CHECKS) {
    expect(en[`check${code}`].length).toBeGreaterThan(10)
    expect(en[`fail${code}`]).not.toBe(en[`check${code}`])
  }
})
