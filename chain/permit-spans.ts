import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ChainAct } from './authority-acts.ts'

/** A rider's clock says when a trip was agreed on, the chain's when a permit was granted: they may differ by this. */
const CLOCKS_S = 60
/** A credential that a renewal took the place of may still be shown for so long: a page that was open learns of it late. */
const RENEWED_S = 86_400

/** A time in which a permit stood, unix seconds from inclusive to exclusive. */
interface Span {
  readonly authority: Hex
  /** Hash of the credential that it was granted for. */
  readonly credential: Hex
  readonly fromS: number
  readonly untilS: number
}

type PermitAct = Extract<ChainAct, { act: 'permit' }>

/** The times in which drivers' permits stood, out of an authority's acts in their order. */
export const permitSpans = (acts: readonly ChainAct[]): (Span & { readonly driver: Hex })[] =>
  spansOf(acts, 'driver').map(({ subject, ...span }) => ({ ...span, driver: `0x${subject.slice(-40)}` }))

/** The same for cars. The chain says nothing of classes that a plate allows. */
export const vehicleSpans = (acts: readonly ChainAct[]): (Span & { readonly classes: null })[] =>
  spansOf(acts, 'vehicle').map(({ subject: _, ...span }) => ({ ...span, classes: null }))

function spansOf(
  acts: readonly ChainAct[],
  holder: PermitAct['holder'],
): (Span & { readonly subject: Hex })[] {
  const spans: (Span & { readonly subject: Hex })[] = []
  const open = new Map<string, number>()
  for (const act of acts) {
    if (act.act !== 'permit' || act.holder !== holder) continue
    const subject = act.subject.toLowerCase() as Hex
    const before = open.get(subject)
    // A new grant takes the place of the one before, a revocation ends it.
    if (before !== undefined) {
      const untilS = act.atS + (act.change === 'granted' ? RENEWED_S : CLOCKS_S)
      spans[before] = { ...spans[before]!, untilS: Math.min(spans[before]!.untilS, untilS) }
    }
    open.delete(subject)
    if (act.change === 'revoked') continue
    open.set(subject, spans.length)
    const { authority, credential, atS } = act
    spans.push({ subject, authority, credential, fromS: atS - CLOCKS_S, untilS: act.untilS + CLOCKS_S })
  }
  return spans
}
