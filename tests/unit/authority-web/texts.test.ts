import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ALL_CHECKS } from '@hexhail/audit/checks/all-checks.ts'
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

test('every check has its name, and every answer of a check has its words, in both languages', () => {
  const proofs = join(import.meta.dirname, '../../../audit/checks/proofs')
  const sources = readdirSync(proofs).map(file => readFileSync(join(proofs, file), 'utf8'))
  const codes = sources.flatMap(text =>
    [...text.matchAll(/\b(?:same|most|least)\(\s*'([A-Z_]+)'/g)].map(match => match[1]),
  )
  expect(codes.length).toBeGreaterThan(40)
  const keys = [...ALL_CHECKS.map(({ id }) => `check${id}`), ...codes.map(code => `answer${code}`)]
  for (const texts of [en, es]) expect(keys.filter(key => !Object.hasOwn(texts, key))).toEqual([])
})
