import { createHash } from 'node:crypto'
import { readTrafficFile } from '@hexhail/streets/route/traffic-file.ts'
import { expect, test } from 'vitest'

const row = { cell: '87c2f1cc8ffffff', class: 'residential', hour: 8, factor: 384 }
const file = (factors: unknown, more: object = {}): string => JSON.stringify({ factors, ...more })

test('factors are the same however they are written, and hashed as the text that is handed on', () => {
  const rows = [row, { ...row, hour: 9 }, { ...row, class: 'primary' }]
  const read = readTrafficFile(file(rows, { timeZone: 'America/Montevideo', note: 'from drivers' }))
  expect(read.timeZone).toBe('America/Montevideo')
  const other = readTrafficFile(
    JSON.stringify({ factors: [{ ...row, factor: 99 }, ...rows.toReversed()] }, null, 2),
  )
  expect(other).toEqual({ ...read, timeZone: 'UTC' })
  expect(readTrafficFile(read.text)).toEqual(other)
  expect(read.hash).toBe(createHash('sha256').update(read.text).digest('hex'))
  expect(readTrafficFile(file([{ ...row, factor: 385 }])).hash).not.toBe(readTrafficFile(file([row])).hash)
  expect([...read.factors.factor]).toEqual([384, 384, 384])
})

test.each<[string, string]>([
  ['it is not JSON', '{"factors": ['],
  ['it is no object', '[]'],
  ['it has no list "factors"', '{}'],
  ['"Mars/Olympus" is no time zone', file([], { timeZone: 'Mars/Olympus' })],
  ['factor 2 has "class": undefined', file([row, null])],
  ['factor 1 has "class": "canal", not motorway, trunk', file([{ ...row, class: 'canal' }])],
  ['factor 1 has "hour": 24, not a whole number 0..23', file([{ ...row, hour: 24 }])],
  ['"hour": "8"', file([{ ...row, hour: '8' }])],
  ['"factor": 1.5, not a whole number 64..16384', file([{ ...row, factor: 1.5 }])],
  ['"cell": -1, not an H3 index of res 7', file([{ ...row, cell: -1 }])],
  ['"cell": "88c2f1cc81fffff"', file([{ ...row, cell: '88c2f1cc81fffff' }])],
  ['it has 50001 factors, more than 50000', file(Array(50_001).fill(row))],
])('a file of which it says «%s» is refused in one line', (why, text) => {
  const read = (): unknown => readTrafficFile(text)
  expect(read).toThrow(expect.objectContaining({ code: 'TRAFFIC_FILE' }))
  expect(read).toThrow(why)
  expect(read).not.toThrow('\n')
})
