/** Who may speak for a transit agency: accounts that the jurisdiction lists, by session keys that they delegate to. */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { checkDelegation } from './delegation.ts'
import { hexDigits, toHex } from './hex.ts'
import type { Feed } from './messages.ts'
import { sessionAddress } from './session-key.ts'
import type { Hex } from './terms.ts'
import { accept, ignore, reject, type Verdict } from './verdict.ts'

/** What the chain says of operators. */
export interface OperatorList {
  /** Whether an account has an agency's transit permit now (`agency`: its tag); null while the chain does not tell. */
  isListed(agency: string, account: Hex, nowMs: number): Promise<boolean | null>
}

/** What a permit in `Permits` has as its credential where it is an agency's transit permit: it can be no driver's. */
export const transitCredential = (agency: string): Hex =>
  toHex(keccak_256(new TextEncoder().encode(`hexhail transit ${agency}`)))

/** What is asked about the operator of a message. */
export interface OperatorCheck {
  /** Before the signature is checked: `listed` by the jurisdiction? */
  listed(agency: string, feed: Feed, nowMs: number): Promise<Verdict<null, 'operator' | 'busy'>>
  /** After it: does the account let this session key speak? */
  delegated(feed: Feed, key: Uint8Array, nowMs: number): Verdict<null, 'delegation'>
}

/** Delegations that are remembered: a whole city's operators have fewer sessions. */
const MOST_KNOWN = 4_000

/** Makes the check for the register `permits` of a chain; a delegation found good is not worked out again. */
export function createOperatorCheck(
  place: { readonly chainId: number; readonly permits: Hex },
  list: OperatorList,
): OperatorCheck {
  const known = new Set<string>()
  return {
    listed: async (agency, { account }, nowMs) => {
      const isListed = await list.isListed(agency, account, nowMs)
      return isListed === null ? ignore('busy') : isListed ? accept(null) : reject('operator')
    },
    delegated: ({ account, sessionUntilMs, delegation }, key, nowMs) => {
      if (sessionUntilMs <= nowMs) return ignore('delegation')
      const name = `${hexDigits(key)} ${account} ${sessionUntilMs} ${hexDigits(delegation)}`
      if (known.has(name)) return accept(null)
      const verdict = checkDelegation({
        domain: { chainId: place.chainId, vault: place.permits },
        session: sessionAddress(key),
        role: 'operator',
        untilMs: sessionUntilMs,
        account,
        signature: delegation,
        nowMs,
      })
      if (verdict.verdict !== 'accept') return reject('delegation')
      if (known.size >= MOST_KNOWN) known.delete(known.values().next().value!)
      known.add(name)
      return accept(null)
    },
  }
}
