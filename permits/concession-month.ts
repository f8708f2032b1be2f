/**
 * The month that a concession credential is good for, in UTC. All credentials of a month begin and end at the same moment,
 * so that neither time tells one holder from another.
 */
export interface ConcessionMonth {
  /** `2026-11`. */
  readonly name: string
  /** Unix seconds: the first moment, and the first one after. */
  readonly fromS: number
  readonly untilS: number
}

/** The month of a moment, unix seconds. */
export function concessionMonth(nowS: number): ConcessionMonth {
  const at = new Date(nowS * 1_000)
  const first = (ahead: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead, 1) / 1_000
  return { name: at.toISOString().slice(0, 7), fromS: first(0), untilS: first(1) }
}
