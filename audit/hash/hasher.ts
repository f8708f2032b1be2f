/** Many short messages hashed together with sha256, in memory of their own. */
import { LANES } from './lanes-wasm.ts'
import { hashRunsPlainly } from './plain-runs.ts'

/** Words of a job in `jobs`: what `JOB` names. */
export const JOB_WORDS = 4

/**
 * Messages and what to hash of them. A job begins at word JOB_WORDS * n of `jobs`: a place of 32 bytes that the message
 * begins with (0: none), where the rest begins, its length, and where the digest goes, all places in `bytes`. Jobs of one
 * run are done one after the other, so that a job may begin with the digest of one before it; `ends[r]` is the number of
 * the first job after run r.
 */
export interface Hasher {
  readonly bytes: Uint8Array
  readonly words: Uint32Array
  readonly jobs: Uint32Array
  readonly ends: Uint32Array
  /** First place that is free; a multiple of 16. */
  readonly start: number
  /** Does the jobs of the first `runs` runs. */
  hash(runs: number): void
}

/** How much a hasher holds. */
export interface HashRoom {
  readonly bytes: number
  readonly jobs: number
  readonly runs: number
}

/** Bytes behind the last message that the kernel reads, too. */
const SPARE = 64
const PAGE = 65_536

/** A hasher in WebAssembly SIMD, four messages at a time; without it in plain TypeScript. The digests are the same. */
export function createHasher(room: HashRoom): Hasher {
  const module = compiled()
  return module === null ? plainHasher(room) : wasmHasher(module, room)
}

function wasmHasher(module: WebAssembly.Module, room: HashRoom): Hasher {
  const { exports } = new WebAssembly.Instance(module)
  const { memory, hashRuns } = exports as {
    memory: WebAssembly.Memory
    hashRuns: (jobs: number, ends: number, runs: number) => void
  }
  const begin = memory.buffer.byteLength
  memory.grow(Math.ceil((roomOf(room) + PAGE - 1) / PAGE))
  return hasherOver(memory.buffer, begin, room, hashRuns)
}

function plainHasher(room: HashRoom): Hasher {
  const bytes = new Uint8Array(roomOf(room) + 16)
  return hasherOver(bytes.buffer, 16, room, (jobs, ends, runs) => hashRunsPlainly(bytes, jobs, ends, runs))
}

function hasherOver(
  buffer: ArrayBuffer,
  begin: number,
  { jobs, runs }: HashRoom,
  hashRuns: (jobs: number, ends: number, runs: number) => void,
): Hasher {
  const endsAt = begin + jobs * JOB_WORDS * 4
  return {
    bytes: new Uint8Array(buffer),
    words: new Uint32Array(buffer),
    jobs: new Uint32Array(buffer, begin, jobs * JOB_WORDS),
    ends: new Uint32Array(buffer, endsAt, runs),
    start: Math.ceil((endsAt + runs * 4) / 16) * 16,
    hash: count => hashRuns(begin, endsAt, count),
  }
}

const roomOf = ({ bytes, jobs, runs }: HashRoom): number =>
  Math.ceil((bytes + jobs * JOB_WORDS * 4 + runs * 4 + SPARE + 16) / 16) * 16

/** The kernel's module; null where the engine has no WebAssembly SIMD, or the page's policy forbids to compile it. */
function compiled(): WebAssembly.Module | null {
  if (typeof WebAssembly !== 'object') return null
  const bytes = Uint8Array.from(atob(LANES), digit => digit.charCodeAt(0))
  if (!WebAssembly.validate(bytes)) return null
  try {
    return new WebAssembly.Module(bytes)
  } catch {
    return null
  }
}
