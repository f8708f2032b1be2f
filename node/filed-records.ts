/** The desk's file of sealed records, read where a trip is asked for: an index of places is all that is held. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { recordBytesRoot } from '@hexhail/audit/checks/trip-case.ts'
import type { RecordOpener } from '@hexhail/audit/open-records.ts'
import type { Settled } from '@hexhail/audit/settled.ts'

const BLOCK = 2 ** 22
const NEWLINE = 10

/** Filed records by trip. */
export interface FiledRecords extends Disposable {
  readonly size: number
  /** The record that a settlement names, opened; null: it is not here, or no key opens it. */
  recordOf(fact: Settled): Uint8Array | null
}

/** Opens the file of a desk (audit/desk.ts); one that is not there has no records. */
export function openFiledRecords(path: string, opener: RecordOpener): FiledRecords {
  if (!existsSync(path)) return { size: 0, recordOf: () => null, [Symbol.dispose]() {} }
  const file = openSync(path, 'r')
  const places = new Map<string, number[]>()
  let size = 0
  for (const [at, line] of linesOf(file)) {
    const terms = /"terms":"(0x[0-9a-f]{64})"/.exec(line.subarray(0, 200).toString('latin1'))?.[1]
    if (terms === undefined) continue
    size++
    const there = places.get(terms)
    if (there) there.push(at, line.length)
    else places.set(terms, [at, line.length])
  }
  return {
    size,
    recordOf({ terms, record }) {
      const spans = places.get(terms) ?? []
      for (let i = 0; i < spans.length; i += 2) {
        const line = Buffer.alloc(spans[i + 1]!)
        readSync(file, line, 0, line.length, spans[i]!)
        const bytes = opened(line, opener)
        if (bytes && recordBytesRoot(bytes) === record.toLowerCase()) return bytes
      }
      return null
    },
    [Symbol.dispose]: () => closeSync(file),
  }
}

function opened(line: Buffer, opener: RecordOpener): Uint8Array | null {
  try {
    const { sealed } = JSON.parse(line.toString('utf8')) as { sealed: string }
    const read = opener.open(Buffer.from(sealed, 'base64'))
    return read.verdict === 'accept' && read.value.kind === 'record' ? read.value.filed.record : null
  } catch {
    return null // a torn line
  }
}

function* linesOf(file: number): Generator<readonly [at: number, line: Buffer], void> {
  const whole = fstatSync(file).size
  let held = Buffer.alloc(0)
  let at = 0
  for (let from = 0; from < whole; ) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, whole - from))
    from += readSync(file, block, 0, block.length, from)
    held = Buffer.concat([held, block])
    let start = 0
    for (let end = held.indexOf(NEWLINE); end !== -1; end = held.indexOf(NEWLINE, start)) {
      yield [at + start, held.subarray(start, end)]
      start = end + 1
    }
    at += start
    held = held.subarray(start)
  }
  if (held.length > 0) yield [at, held]
}
