import { sortedBy } from '../sorted-by.ts'
import type { PlaceList, PreparedList } from './label-kernel.ts'
import type { WasmExports } from './wasm-exports.ts'
import type { WasmMemory } from './wasm-memory.ts'

/** Bytes of a record, of a row and of a time: see `simd/prepared.as.ts`. */
const RECORD = 64
const ROW = 20
const TIME = 8

/**
 * Prepares places in the memory of a module. `version` changes with the weights that answer; `lanes` are those of the
 * longest label in whole eights.
 */
export function wasmPrepared(
  wasm: WasmExports,
  memory: WasmMemory,
  lanes: number,
  version: () => number,
): (places: PlaceList) => PreparedList {
  /** Room that was given back. */
  const rooms: { readonly at: number; readonly bytes: number }[] = []
  const take = (bytes: number) => {
    const fit = rooms.findIndex(room => room.bytes >= bytes)
    return fit < 0 ? { at: memory.take(bytes), bytes } : rooms.splice(fit, 1)[0]!
  }

  return ({ edges, fractions }) => {
    const n = edges.length
    const room = take(n * (RECORD + TIME + ROW + 4 * lanes) + 16)
    const records = room.at
    const times = records + n * RECORD
    const rows = times + n * TIME
    const labels = (rows + n * ROW + 15) & ~15
    const words = memory.words(records, (n * RECORD) / 4)
    const doubles = memory.doubles(records, (n * RECORD) / 8)
    const rowWords = memory.words(rows, (n * ROW) / 4)
    sortedBy(edges.map(wasm.deepestEnd)).forEach((place, i) => {
      rowWords[5 * i + 3] = place
      words[16 * place + 8] = edges[place]!
      doubles[8 * place + 5] = fractions[place]!
    })
    let filled = -1
    let known = 0
    const need = (): void => {
      if (filled === version()) return
      known = wasm.fillPrepared(records, rows, n, labels)
      filled = version()
    }
    return {
      between(from, to) {
        need()
        return wasm.betweenPrepared(records + RECORD * from, records + RECORD * to)
      },
      toGoal(unitDs, out) {
        need()
        wasm.preparedToGoal(records, rows, n, known, unitDs, times)
        out.set(memory.doubles(times, n))
      },
      release() {
        rooms.push(room)
      },
    }
  }
}
