import type { WasmExports } from './wasm-exports.ts'
import type { WasmMemory } from './wasm-memory.ts'

/**
 * Times from all drivers, whose labels are kept in memory that is taken when first asked for. `version` changes with the
 * weights that answer; `lanes` are those of the longest label in whole eights.
 */
export function wasmDriverTimes(
  wasm: WasmExports,
  memory: WasmMemory,
  lanes: number,
  version: () => number,
): (drivers: number, unitDs: number, out: Float64Array) => void {
  const stride = 2 * lanes
  let room = 0
  let [facts, labels, times] = [0, 0, 0]
  /** Goes up with the version, and with each new room, in which no label is kept yet. */
  let stamp = 0
  let filled = -1
  return (drivers, unitDs, out) => {
    if (drivers > room) {
      room = Math.max(64, drivers, Math.min(2 * room, drivers + 4096))
      facts = memory.take(room * 16)
      labels = memory.take(room * stride)
      times = memory.take(room * 8)
      filled = -1
    }
    if (filled !== version()) stamp++
    filled = version()
    wasm.driversToGoal(drivers, stamp, facts, labels, stride, unitDs, times)
    out.set(memory.doubles(times, drivers))
  }
}
