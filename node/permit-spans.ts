import type { PermitSpan } from '@hexhail/audit/checks/books.ts'
import type { ChainAct } from '@hexhail/chain/authority-acts.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** A rider's clock says when a trip was agreed on, the chain's when a permit was granted: they may differ by this. */
const CLOCKS_S = 60
/** An account as a word: a car's hash does not begin like this. */
const ACCOUNT = /^0x0{24}([0-9a-f]{40})$/

/** The times in which drivers' permits stood, out of an authority's acts in their order. */
export function permitSpans(acts: readonly ChainAct[]): PermitSpan[] {
  const spans: PermitSpan[] = []
  const open = new Map<string, number>()
  for (const act of acts) {
    if (act.act !== 'permit') continue
    const driver = ACCOUNT.exec(act.subject.toLowerCase())?.[1]
    if (driver === undefined) continue
    const before = open.get(driver)
    // A new grant takes the place of the one before, a revocation ends it.
    if (before !== undefined)
      spans[before] = { ...spans[before]!, untilS: Math.min(spans[before]!.untilS, act.atS + CLOCKS_S) }
    open.delete(driver)
    if (act.change === 'revoked') continue
    open.set(driver, spans.length)
    spans.push({
      authority: act.authority,
      driver: `0x${driver}` as Hex,
      credential: null,
      fromS: act.atS - CLOCKS_S,
      untilS: act.untilS + CLOCKS_S,
    })
  }
  return spans
}
