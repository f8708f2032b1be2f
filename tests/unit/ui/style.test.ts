import { DAY, NIGHT } from '@hexhail/ui/map/palette.ts'
import { mapStyle } from '@hexhail/ui/map/style.ts'
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'

const options = { tiles: 'hexhail://city1/{z}/{x}/{y}', minZoom: 6, maxZoom: 17 }

test.each([false, true])('the style (dark: %s) is valid and asks no server for glyphs or sprites', dark => {
  const style = mapStyle(dark, options)
  expect(validateStyleMin(style)).toEqual([])
  expect(JSON.stringify(style)).not.toMatch(/https?:|glyphs|sprite/)
})

test('labels can be read on their halo by day and by night (4.5 : 1)', () => {
  for (const palette of [DAY, NIGHT]) {
    for (const text of [palette.text, palette.placeText, palette.waterText]) {
      expect(contrast(text, palette.halo)).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(palette.route, palette.land)).toBeGreaterThanOrEqual(3)
  }
})

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const part = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
