import { createBuckets } from '@hexhail/protocol/limits.ts'
import { type OperatorList, transitCredential } from '@hexhail/protocol/operator.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ChainReader, Permit } from './ports.ts'

/** How long an answer of the chain is used before it is asked for again, ms; one that is «no» a shorter time. */
const FRESH_MS = { listed: 60_000, unlisted: 10_000 } as const
/** Questions to the chain: anybody can make up accounts. */
const ASK_RATE = { perS: 5, burst: 20 } as const
const MOST_KNOWN = 2_000

/**
 * The transit permits of one authority, looked up as accounts turn up. What is known is used while it is asked for anew, so
 * that no message waits but an account's first; while the chain does not answer, what it said last holds.
 */
export function createOperatorList(reader: Pick<ChainReader, 'permit'>, authority: Hex): OperatorList {
  const known = new Map<Hex, { readonly permit: Permit; readonly atMs: number }>()
  const asking = new Map<Hex, Promise<Permit | null>>()
  const budget = createBuckets(ASK_RATE)

  const ask = (account: Hex, nowMs: number): Promise<Permit | null> => {
    const before = asking.get(account)
    if (before !== undefined) return before
    if (!budget.take('', nowMs)) return Promise.resolve(null)
    const asked = reader
      .permit(authority, account)
      .then(permit => {
        known.delete(account)
        if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!)
        known.set(account, { permit, atMs: nowMs })
        return permit
      })
      .catch(() => null)
      .finally(() => asking.delete(account))
    asking.set(account, asked)
    return asked
  }
  return {
    async isListed(agency, account, nowMs) {
      const isOf = ({ untilS, credential }: Permit): boolean =>
        untilS * 1000 > nowMs && credential === transitCredential(agency)
      const last = known.get(account)
      if (last !== undefined) {
        const isListed = isOf(last.permit)
        if (nowMs - last.atMs >= (isListed ? FRESH_MS.listed : FRESH_MS.unlisted)) {
          const asked = ask(account, nowMs)
          if (!isListed) return asked.then(permit => (permit === null ? null : isOf(permit)))
        }
        return isListed
      }
      const permit = await ask(account, nowMs)
      return permit === null ? null : isOf(permit)
    },
  }
}
