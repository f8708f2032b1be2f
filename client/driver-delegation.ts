import { DELEGATION_TYPES, delegationDomain, delegationScope, ROLES } from '@hexhail/protocol/delegation.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { ClientPorts } from './ports.ts'
import type { Session } from './session.ts'

/** The wallet's word that the shift's session key speaks for the driver. */
export interface ShiftDelegation {
  /** Signs a new one when there is none that lasts; one question to the wallet a shift. */
  ready(): Promise<{ readonly untilMs: number; readonly signature: Uint8Array }>
}

/** A shift's length, ms. */
const SHIFT_MS = 12 * 3_600_000
/** Where the delegation is kept. */
export const DELEGATION = 'driver/delegation'

/** Keeps the delegation of the session key on disk, and renews it before it ends. */
export function createDelegation(ports: ClientPorts, session: Session): ShiftDelegation {
  const { store, signer, rules, now, chainId } = ports
  return {
    ready: async () => {
      const kept = await store.get<{ untilMs: number; signature: Uint8Array; session: string }>(DELEGATION)
      if (kept && kept.session === session.key.address && kept.untilMs > now() + 600_000) return kept
      const untilMs = now() + SHIFT_MS
      const value = {
        session: session.key.address,
        role: ROLES.driver,
        until: untilMs,
        scope: delegationScope(rules.domain.vault),
      }
      const signature = fromHex(
        await signer.signTypedData(delegationDomain(chainId), DELEGATION_TYPES, value),
      )
      const made = { untilMs, signature, session: session.key.address }
      await store.set(DELEGATION, made)
      return made
    },
  }
}
