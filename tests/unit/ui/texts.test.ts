import { en as driverEn } from '@hexhail/driver-web/locales/en.ts'
import { es as driverEs } from '@hexhail/driver-web/locales/es.ts'
import { en as riderEn } from '@hexhail/rider-web/locales/en.ts'
import { es as riderEs } from '@hexhail/rider-web/locales/es.ts'
import { travelEn } from '@hexhail/rider-web/locales/travel-en.ts'
import { travelEs } from '@hexhail/rider-web/locales/travel-es.ts'
import { type Catalogue, fill } from '@hexhail/ui/i18n.ts'
import { en as uiEn } from '@hexhail/ui/locales/en.ts'
import { es as uiEs } from '@hexhail/ui/locales/es.ts'
import { expect, test } from 'vitest'

const CATALOGUES: readonly (readonly [string, Catalogue, Catalogue])[] = [
  ['ui', uiEn, uiEs],
  ['rider', riderEn, riderEs],
  ['rider’s ways', travelEn, travelEs],
  ['driver', driverEn, driverEs],
]

const holes = (text = ''): string[] => [...new Set(text.match(/\{(\w+)(?=[},])/g))].sort()

test.each(CATALOGUES)('%s: the Spanish texts have the same holes as the English ones', (_, en, es) => {
  for (const key of Object.keys(en)) expect([key, holes(es[key])]).toEqual([key, holes(en[key])])
})

test.each(CATALOGUES)('%s: every text fills without a hole left, for none, one and many', (_, en, es) => {
  for (const [tag, texts] of [
    ['en', en],
    ['es', es],
  ] as const)
    for (const text of Object.values(texts))
      for (const n of [0, 1, 2, 1_000]) {
        const params = Object.fromEntries(holes(text).map(hole => [hole.slice(1), hole === '{n' ? n : 'x']))
        expect(fill(text, tag, params)).not.toMatch(/[{}]/)
      }
})
