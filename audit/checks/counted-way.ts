import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'

/** Figures of a trip that its fare may stand on. */
interface Way {
  readonly metres: number
  readonly secs: number
  readonly slowSecs: number
  readonly quoteMetres: number
  readonly quoteSecs: number
}

/**
 * The most metres and seconds that a document's meter can count for a trip: those driven, or where fares are agreed
 * before the ride those of the quote if they are more. An S meter counts seconds below the changeover speed only.
 */
export function countedMost(
  { meter, upfront }: Pick<TariffDocument, 'meter' | 'upfront'>,
  { metres, secs, slowSecs, quoteMetres, quoteSecs }: Way,
): { readonly metres: number; readonly secs: number } {
  const driven = { metres, secs: meter === 'S' ? slowSecs : secs }
  if (!upfront.isAllowed) return driven
  return { metres: Math.max(driven.metres, quoteMetres), secs: Math.max(driven.secs, quoteSecs) }
}
