import { cellAt } from './cells.ts'
import { greatCircleM, type LngLat } from './geo.ts'
import { ZONE_RES } from './tariff-places.ts'
import { classOf, countedWay } from './tariff-way.ts'
import { decodeTrace, placeOf, type Sample, traceMetres } from './trace.ts'
import type { Counted, TripTariff } from './trip-tariff.ts'

/** A third of the smallest cell's width, metres. */
const STEP_M = 100

/** The way of a trip as its trace tells it, for a meter: none where there is no trace. */
export interface DrivenWay {
  /** Cells in order, as fine as zones are drawn. */
  readonly path: readonly string[]
  /** Whole metres and seconds between samples. */
  readonly pieces: readonly Counted[]
}

/** Reads the way out of the bytes of a trace. */
export function drivenWay(trace: Uint8Array): DrivenWay {
  const read = decodeTrace(trace)
  const samples = read.verdict === 'accept' ? read.value.samples : []
  return {
    path: pathOf(samples.map(placeOf)),
    pieces: samples.slice(1).map((to, i) => piece(samples[i]!, to)),
  }
}

/** The way that is planned, in cells: points along its line, near enough to each other to miss no cell. */
export function plannedPath(line: readonly LngLat[]): readonly string[] {
  const dense = line.flatMap((to, i) => {
    const from = line[i - 1] ?? to
    const steps = Math.max(1, Math.ceil(greatCircleM(from, to) / STEP_M))
    return Array.from({ length: steps }, (_, n): LngLat => {
      const share = (n + 1) / steps
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    })
  })
  return pathOf(dense)
}

/** Places in order as the cells that zones and gantries are looked up in, each once in a row. */
const pathOf = (places: readonly LngLat[]): readonly string[] =>
  places.map(at => cellAt(at, ZONE_RES)).filter((cell, i, all) => cell !== all[i - 1])

const piece = (from: Sample, to: Sample): Counted => ({
  metres: Math.round(traceMetres([from, to])),
  secs: to.atS - from.atS,
})

/**
 * What a meter counts of a ride: all metres and seconds that its driver's meter says, on an S meter the metres of the
 * quick pieces of the trace and the seconds of the slow ones, never more than were said. An S meter goes by the road's
 * seconds, of which `timeScale` pass in one: so a car is as quick, and its fare the same, however fast a demo runs.
 */
export function countedOf(
  { by, timeScale = 1 }: Pick<TripTariff, 'by' | 'timeScale'>,
  way: DrivenWay,
  said: Counted,
): Counted {
  if (by === null || by.document.meter === 'D') return said
  const pieces = way.pieces.map(each => ({ metres: each.metres, secs: each.secs * timeScale }))
  const { metres, secs } = countedWay(by.document, classOf(by.document, by.class), pieces)
  return { metres: Math.min(metres, said.metres), secs: Math.min(secs, said.secs * timeScale) }
}
