import { sha256 } from '@noble/hashes/sha2.js'

/** What simd/sha256.as.ts `hashRuns` does, without WebAssembly. */
export function hashRunsPlainly(memory: Uint8Array, jobs: number, ends: number, runs: number): void {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength)
  const end = runs === 0 ? 0 : view.getUint32(ends + 4 * (runs - 1), true)
  for (let n = 0; n < end; n++) {
    const [before, from, length, to] = [0, 4, 8, 12].map(at => view.getUint32(jobs + 16 * n + at, true)) as [
      ...[number, number, number, number],
    ]
    const hash = sha256.create()
    if (before !== 0) hash.update(memory.subarray(before, before + 32))
    memory.set(hash.update(memory.subarray(from, from + length)).digest(), to)
  }
}
