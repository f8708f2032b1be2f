import { createPutMoment } from '@hexhail/audit/exports/byte-moments.ts'
import { ByteText } from '@hexhail/audit/exports/byte-text.ts'
import { centsText } from '@hexhail/audit/exports/hundredths.ts'
import { uuidAt } from '@hexhail/audit/exports/mds-uuid.ts'
import { localClock, momentText } from '@hexhail/audit/exports/text.ts'
import { TNP_FIELDS } from '@hexhail/audit/exports/tnp-fields.ts'
import { createTnpRowTests } from '@hexhail/audit/exports/tnp-row-tests.ts'
import { createTnpTests, TESTS } from '@hexhail/audit/exports/tnp-tests.ts'
import { milesText, putAmount, putDegrees, putMiles } from '@hexhail/audit/exports/tnp-text.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'

const random = createSeeded(77)
const below = (most: number) => Math.floor(random.next() * most)
/** Small and large numbers alike. */
const sized = () => below(10 ** below(16))

function written(write: (out: ByteText) => void): string {
  const out = new ByteText(64)
  out.room(256)
  write(out)
  return Buffer.from(out.written).toString()
}

test('numbers, places, times and ids stand in bytes as JavaScript writes them', () => {
  const toLocal = localClock('America/New_York')
  const putMoment = createPutMoment(toLocal)
  for (let n = 0; n < 600; n++) {
    const value = sized()
    const e5 = below(36e6) - 18e6
    const tie = 10 * (below(3.6e6) - 1.8e6) + 5
    const seconds = 1.7e9 + below(1e8)
    const id = Uint8Array.from({ length: 16 }, () => below(256))
    expect(written(out => out.int(value - 5))).toBe(String(value - 5))
    expect(written(out => out.number(value / 8))).toBe(String(value / 8))
    expect(written(out => out.cents(value - 50))).toBe(centsText(value - 50))
    expect(written(out => out.degrees(e5))).toBe(String(e5 / 1e5))
    for (const place of [e5, tie])
      expect(written(out => putDegrees(out, place))).toBe((place / 1e5).toFixed(4))
    expect(written(out => putMiles(out, value % 1e7))).toBe(milesText(value % 1e7))
    for (const amount of [value, 10_000 * below(1e6) + 5_000])
      expect(written(out => putAmount(out, amount))).toBe((amount / 1e6).toFixed(2))
    expect(written(out => putMoment(out, seconds))).toBe(momentText(toLocal(seconds)))
    expect(written(out => out.uuid(id, 0))).toBe(uuidAt(id, 0))
    expect(written(out => out.hex(id, 0, 16))).toBe(Buffer.from(id).toString('hex'))
    expect(written(out => out.upperHex(id, 0, 16))).toBe(Buffer.from(id).toString('hex').toUpperCase())
  }
  expect(written(out => out.text('Año, «ñ»'.repeat(40)))).toBe('Año, «ñ»'.repeat(40))
})

test('rows are tested as bytes as they are tested as fields', () => {
  const words = ['', '', 'Y', 'N', '1', '3', '7', '-1', '1.5', '1.50', '1.505', '.5', '1.', '12x', '-', 'W2']
  const times = ['2026-11-23T10:00:00', '2026-11-23 10:00:00', '2026-11-23', '20261123', '2026', '"a,""b"']
  for (const file of ['trip', 'trip_request', 'location'] as const) {
    const tests = createTnpTests('2026-12-01')
    const wrong = new Uint32Array(TESTS + 1)
    const rowTests = createTnpRowTests(file, wrong)
    for (let n = 0; n < 2_000; n++) {
      const fields = Object.values(TNP_FIELDS[file]).map(type =>
        type === 'moment' && below(2) === 0 ? times[below(times.length)]! : words[below(words.length)]!,
      )
      tests.row(file, fields)
      const bytes = Buffer.from(`x${fields.join(',')}\r\n`)
      rowTests.row(bytes, 1, bytes.length - 2)
    }
    const answers = tests.answers()
    for (const test of [3, 5, 7, 17, 18])
      expect([file, test, wrong[test]]).toEqual([file, test, answers[test - 1]!.wrong])
    expect(wrong[17]).toBeGreaterThan(100)
  }
})
