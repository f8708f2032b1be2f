import { tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'

/** Local day of a moment by a document's clock: days since 1970-01-01. */
export const dayNumber = (document: Pick<TariffDocument, 'clock'>, unixS: number): number =>
  tariffTime(document, unixS).day

/** Local week of a moment, from Monday: weeks since the one of 1969-12-29. */
export const weekNumber = (document: Pick<TariffDocument, 'clock'>, unixS: number): number =>
  Math.floor((dayNumber(document, unixS) + 3) / 7)
