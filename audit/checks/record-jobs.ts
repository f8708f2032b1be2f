import { createHasher, type Hasher, JOB_WORDS } from '../hash/hasher.ts'
import type { PartBounds } from './part-bounds.ts'
import { traceStart, wayHead } from './read-record.ts'
import { SETTLED_AT } from './settled-row.ts'
import type { TraceMeasure } from './trace-measure.ts'

/** What stands before a record in the hasher's memory: the settled root, the first link's message, and eight digests. */
const ROOT = 0
const LINK = 32
const DIGESTS = 80
const RECORD = DIGESTS + 8 * 32

const TITLE = new TextEncoder().encode('hexhail trace\n')
/** Bytes that are hashed at a time: they stay in the processor's cache. */
const BYTES = 2 ** 18
const JOBS = 6_000
const RECORDS = 256

/** Records whose roots and chains of segments are to be held against what was settled and said. */
export interface RecordJobs {
  /** Where the records stand. */
  readonly bytes: Uint8Array
  /** Records in it. */
  readonly count: number
  /** Whether one of so many bytes and segments has room; a record of any length that is allowed has it after `clear`. */
  fits(bytes: number, segments: number): boolean
  /** Takes a record in, with its settlement's row, and gives where it begins in `bytes`. */
  put(settled: Uint8Array, record: Uint8Array): number
  /** What the record that was put last is to be asked: its root, and with `trace` its chain. */
  ask(parts: PartBounds, trace: TraceMeasure | null): void
  /** Hashes all; then `hasRoot` and `hasChain` say of record n whether its root and its chain are what they should be. */
  hash(): void
  hasRoot(n: number): boolean
  hasChain(n: number): boolean
  /** Forgets all. */
  clear(): void
}

/** None yet. */
export function createRecordJobs(): RecordJobs {
  const hasher: Hasher = createHasher({ bytes: BYTES, jobs: JOBS, runs: RECORDS })
  const { bytes, words, jobs, ends } = hasher
  const last = hasher.start + BYTES
  /** Where each record's room begins, and where in the record its head stands: 0 where the chain is not asked. */
  const rooms = new Uint32Array(RECORDS)
  const heads = new Uint32Array(RECORDS)
  let count = 0
  let job = 0
  let free = hasher.start
  const add = (before: number, from: number, length: number, to: number): void => {
    const at = JOB_WORDS * job++
    jobs[at] = before
    jobs[at + 1] = from
    jobs[at + 2] = length
    jobs[at + 3] = to
  }
  return {
    bytes,
    get count() {
      return count
    },
    fits: (size, segments) =>
      free + RECORD + size + 16 <= last && job + segments + 8 <= JOBS && count < RECORDS,
    put(settled, record) {
      rooms[count] = free
      for (let i = 0; i < 32; i++) {
        bytes[free + ROOT + i] = settled[SETTLED_AT.record + i]!
        bytes[free + LINK + TITLE.length + i] = settled[SETTLED_AT.terms + i]!
      }
      for (let i = 0; i < TITLE.length; i++) bytes[free + LINK + i] = TITLE[i]!
      bytes.set(record, free + RECORD)
      return free + RECORD
    },
    ask(parts, trace) {
      const to = free + DIGESTS
      add(0, parts.fare, parts.ride - parts.fare, to)
      add(0, parts.ride, parts.who - parts.ride, to + 32)
      add(0, parts.who, parts.way - parts.who, to + 64)
      add(0, parts.way, parts.end - parts.way, to + 96)
      add(to, to + 32, 32, to + 128)
      add(to + 64, to + 96, 32, to + 160)
      add(to + 128, to + 160, 32, to + 192)
      heads[count] = 0
      if (trace !== null && trace.segments > 0) {
        const head = to + 224
        add(0, free + LINK, TITLE.length + 32, head)
        const start = traceStart(parts)
        let from = 0
        for (let s = 0; s < trace.segments; s++) {
          const end = trace.ends[s]!
          add(head, start + from, end - from, head)
          from = end
        }
        heads[count] = wayHead(parts)
      }
      ends[count++] = job
      free = (parts.end + 15) & ~15
    },
    hash: () => hasher.hash(count),
    hasRoot(n) {
      const at = rooms[n]! >>> 2
      const root = at + ((DIGESTS + 192) >>> 2)
      for (let i = 0; i < 8; i++) if (words[at + i] !== words[root + i]) return false
      return true
    },
    hasChain(n) {
      const head = heads[n]!
      if (head === 0) return true
      const digest = rooms[n]! + DIGESTS + 224
      for (let i = 0; i < 32; i++) if (bytes[head + i] !== bytes[digest + i]) return false
      return true
    },
    clear() {
      count = 0
      job = 0
      free = hasher.start
    },
  }
}
