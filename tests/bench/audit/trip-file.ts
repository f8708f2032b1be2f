/** Trips in a file: settlement's row, length of the record, record; and a second file with where each begins. */
import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { SETTLED_BYTES } from '@hexhail/audit/checks/settled-row.ts'
import type { TripSource } from '@hexhail/audit/checks/trip-source.ts'

const HEAD = SETTLED_BYTES + 4
/** Length that stands for «nothing filed». */
const NONE = 0xffffffff
const BLOCK = 2 ** 22

/** Writes trips behind each other. */
export function createTripWriter(path: string) {
  const file = openSync(path, 'w')
  const starts: number[] = []
  let at = 0
  let held: Uint8Array[] = []
  let size = 0
  const flush = () => {
    writeSync(file, Buffer.concat(held))
    held = []
    size = 0
  }
  return {
    get rows() {
      return starts.length
    },
    write({ settled, record }: TripBytes) {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(record?.length ?? NONE)
      starts.push(at)
      for (const part of [settled, length, record ?? new Uint8Array()]) {
        held.push(part)
        at += part.length
        size += part.length
      }
      if (size > BLOCK) flush()
    },
    close() {
      flush()
      closeSync(file)
      writeFileSync(`${path}.starts`, new Uint8Array(Float64Array.from([...starts, at]).buffer))
    },
  }
}

/** Opens a file of trips; what worker threads are given as their source. */
export function openTrips(options: unknown): TripSource {
  const path = String(options)
  const file = openSync(path, 'r')
  const bytes = readFileSync(`${path}.starts`)
  const starts = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
  const cut = (block: Buffer, from: number): TripBytes => {
    const length = block.readUInt32LE(from + SETTLED_BYTES)
    const record = length === NONE ? null : block.subarray(from + HEAD, from + HEAD + length)
    return { settled: block.subarray(from, from + SETTLED_BYTES), record }
  }
  return {
    rows: starts.length - 1,
    *trips(from, to) {
      const block = Buffer.allocUnsafe(BLOCK + 2 ** 16)
      for (let row = from; row < to; ) {
        const start = starts[row]!
        let end = row + 1
        while (end < to && starts[end + 1]! - start <= block.length) end++
        readSync(file, block, 0, starts[end]! - start, start)
        for (; row < end; row++) yield cut(block, starts[row]! - start)
      }
    },
    trip(row) {
      const block = Buffer.alloc(starts[row + 1]! - starts[row]!)
      readSync(file, block, 0, block.length, starts[row]!)
      return cut(block, 0)
    },
  }
}
