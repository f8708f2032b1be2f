import { packBid, type SignedBid } from '@hexhail/protocol/bid.ts'
import { packMoves } from '@hexhail/protocol/commit.ts'
import { ENVELOPE, MAX_GOSSIP_BYTES } from '@hexhail/protocol/envelope.ts'
import { CALL, CONFIRM, MOST_CALLED, MOST_REFUSED, OVER } from '@hexhail/protocol/epoch-messages.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { nameBytes } from '@hexhail/protocol/peer-name.ts'
import type { RiderEffect, RiderState } from '@hexhail/protocol/rider-state.ts'
import { PATIENCE_DS } from '@hexhail/protocol/rider-swap.ts'
import { DEADLINE_S } from '@hexhail/protocol/trip.ts'
import type { ClientPorts } from './ports.ts'
import { coarseRequest } from './publish-request.ts'
import { sayInAreas } from './say-in-areas.ts'
import type { Session } from './session.ts'

/** What a rider publishes in epochs. */
export interface RiderCall {
  /** Whether a call stands: it was said, and neither taken back nor answered. */
  readonly stands: boolean
  /** Whether it is to be said, or said again: somebody is out since, or became free. */
  isDue(refused: readonly string[]): boolean
  /** Calls with these bids, the nearest first; false where nobody took it. */
  call(bids: readonly SignedBid[]): Promise<boolean>
  /** Whether a rider who has a driver is due to say so again, for nearer ones who became free. */
  isDueAgain(): boolean
  /** Countersigns his driver once more and calls, so that newcomers know both. */
  again(bids: readonly SignedBid[]): Promise<void>
  /** Takes the call back. */
  over(): Promise<void>
  confirm(effect: Extract<RiderEffect, { type: 'confirm' }>): Promise<void>
}

/** A call is said again to those who became free since, ms, and no two come closer than the other. */
const AGAIN_MS = 20_000
const APART_MS = 2_000
/** Who has a driver says so again this often, ms. */
const HELD_AGAIN_MS = 60_000
/** What an envelope has room for, bytes. */
const MOST_BYTES = MAX_GOSSIP_BYTES - ENVELOPE.minBytes

/** The published words of one trip's rider; `take` puts them into his own book as well. */
export function createRiderCall(
  ports: ClientPorts,
  session: Session,
  areas: readonly string[],
  state: () => RiderState,
  take: (raw: Uint8Array) => Promise<void>,
): RiderCall {
  const { leaf, rules, now } = ports
  const area = areas[0]!
  let said: { readonly atMs: number; readonly opensAtMs: number; readonly refused: string } | null = null
  let confirmed: Parameters<typeof CONFIRM.encode>[0] | null = null
  let isSaying = false

  const bodyOf = (atMs: number, opensAtMs: number) => {
    const { plan, requestId, requestedAtMs, part } = state()
    const sealKey = session.sealKey.publicKey
    const made = { requestId, tariffId: rules.tariffId, sealKey, replyTo: leaf.addrs() }
    const { pickupAtMs: _, ...wanted } = coarseRequest(plan, made)
    return {
      ...wanted,
      area,
      patienceDs: PATIENCE_DS,
      opensAtMs,
      untilMs: Math.max(requestedAtMs + 1000 * DEADLINE_S.request, atMs + AGAIN_MS + APART_MS),
      refused: (part?.refused ?? []).slice(-MOST_REFUSED).map(nameBytes),
    }
  }

  const sayTaken = async (body: NonNullable<typeof confirmed>): Promise<void> => {
    const { raw } = await sayInAreas(ports, session.key, areas, CONFIRM, body)
    await take(raw)
  }
  const call: RiderCall['call'] = async bids => {
    isSaying = true
    try {
      const atMs = now()
      const opensAtMs = said?.opensAtMs ?? atMs
      said = { atMs, opensAtMs, refused: (state().part?.refused ?? []).join() }
      const body = { ...bodyOf(atMs, opensAtMs), bids: bids.slice(0, MOST_CALLED).map(packBid) }
      while (body.bids.length > 0 && CALL.encode(body).length > MOST_BYTES) body.bids.pop()
      const { raw, reached } = await sayInAreas(ports, session.key, areas, CALL, body)
      await take(raw)
      return reached > 0
    } finally {
      isSaying = false
    }
  }

  return {
    get stands() {
      return said !== null
    },
    isDue: refused => {
      if (isSaying) return false
      return !said || now() - said.atMs >= (said.refused === refused.join() ? AGAIN_MS : APART_MS)
    },
    call,
    isDueAgain: () => !isSaying && said !== null && confirmed !== null && now() - said.atMs >= HELD_AGAIN_MS,
    again: async bids => {
      if (confirmed === null) return
      await sayTaken(confirmed)
      await call(bids)
    },
    over: async () => {
      said = null
      const { raw } = await sayInAreas(ports, session.key, areas, OVER, { area })
      await take(raw)
    },
    confirm: async ({ key, commit, signature }) => {
      const { epoch, promiseMs, expiresAtMs, moves } = commit
      const figures = { epoch, promiseMs, expiresAtMs, moves: packMoves(moves), signature }
      confirmed = { area, driver: fromHex(key), ...figures }
      await sayTaken(confirmed)
    },
  }
}
