import { createT, fill } from '@hexhail/ui/i18n.ts'
import { direction, locale, preferred } from '@hexhail/ui/locale.ts'
import { en } from '@hexhail/ui/locales/en.ts'
import { es } from '@hexhail/ui/locales/es.ts'
import { afterEach, describe, expect, test } from 'vitest'

afterEach(() => {
  locale.value = 'en'
})

describe('texts', () => {
  const t = createT({
    en: { hello: 'Hello {name}', cars: '{n, plural, =0 {no car} one {# car} other {# cars}} near {place}' },
    es: { hello: 'Hola {name}', cars: '{n, plural, one {# auto} other {# autos}} cerca de {place}' },
  })

  test('follow the locale, with its region, and fall back to English', () => {
    expect(t('hello', { name: 'Ana' })).toBe('Hello Ana')
    locale.value = 'es-UY'
    expect(t('hello', { name: 'Ana' })).toBe('Hola Ana')
    locale.value = 'ar'
    expect(t('hello', { name: 'Ana' })).toBe('Hello Ana')
  })

  test('choose the plural form of the language and write the number its way', () => {
    expect(t('cars', { n: 0, place: 'Aguada' })).toBe('no car near Aguada')
    expect(t('cars', { n: 1, place: 'Aguada' })).toBe('1 car near Aguada')
    expect(t('cars', { n: 1234, place: 'Aguada' })).toBe('1,234 cars near Aguada')
    locale.value = 'es'
    expect(t('cars', { n: 2, place: 'Aguada' })).toBe('2 autos cerca de Aguada')
  })

  test('keep an unknown hole visible and survive an unclosed one', () => {
    expect(fill('{who} waits', 'en', {})).toBe('{who} waits')
    expect(fill('an open {hole', 'en', { hole: 1 })).toBe('an open {hole')
  })

  test('a value cannot bring its own holes', () => {
    expect(fill('{a} {b}', 'en', { a: '{b}', b: 'x' })).toBe('{b} x')
  })
})

describe('the shared catalogues', () => {
  const holes = (text: string): string[] =>
    [...text.matchAll(/\{(\w+)[,}]/g)].map(found => found[1] ?? '').sort()

  test('have the same keys and the same holes in every language', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort())
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect([key, holes(es[key])]).toEqual([key, holes(en[key])])
  })
})

describe('the locale', () => {
  test('is the first wanted one that we have, with its region', () => {
    expect(preferred(['fr-FR', 'es-UY', 'en'])).toBe('es-UY')
    expect(preferred(['fr'])).toBe('en')
  })

  test('knows which languages run from right to left', () => {
    expect([direction('ar-EG'), direction('he'), direction('es')]).toEqual(['rtl', 'rtl', 'ltr'])
  })
})
