import { refinedCell } from '@hexhail/protocol/cells.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { RiderEffect, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import { receiptSignature } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { receiptDigest, TERMS_TYPES, termsDigest, typedDomain } from '@hexhail/protocol/typed-data.ts'
import { errorCode } from './error-code.ts'
import type { Filing } from './filing.ts'
import { freeLane } from './free-lane.ts'
import type { ClientPorts } from './ports.ts'
import { coarseRequest, publishRequest } from './publish-request.ts'
import type { RiderEpoch } from './rider-epoch.ts'
import type { Session } from './session.ts'
import type { Talk } from './talk.ts'
import { ridersToFile } from './to-file.ts'
import type { TripSlot } from './trip-slots.ts'

/** What a rider's effects act on. */
export interface RiderWorld {
  readonly ports: ClientPorts
  readonly session: Session
  readonly talk: Talk
  readonly filing: Filing
  readonly epoch: Pick<RiderEpoch, 'confirm'>
  readonly slot: TripSlot
  readonly state: () => RiderState
}

/** Carries out one effect of the rider's trip; failures come back as events. */
export async function runRiderEffect(
  world: RiderWorld,
  effect: RiderEffect,
  dispatch: (event: RiderEvent) => Promise<void>,
): Promise<void> {
  try {
    await act(world, effect, dispatch)
  } catch (error) {
    world.ports.report(error)
    await dispatch({ type: 'failed', effect: effect.type, code: errorCode(error) })
  }
}

async function act(
  { ports, session, talk, state, filing, epoch, slot }: RiderWorld,
  effect: RiderEffect,
  dispatch: (event: RiderEvent) => Promise<void>,
) {
  const { leaf, chainId, now, rules, signer, writer } = ports
  switch (effect.type) {
    case 'publish': {
      const { plan, requestId, radiusM } = state()
      const made = {
        requestId,
        tariffId: rules.tariffId,
        sealKey: session.sealKey.publicKey,
        replyTo: leaf.addrs(),
      }
      const published = await publishRequest(
        { leaf, session: session.key, chainId, now },
        plan,
        coarseRequest(plan, made),
        effect.step,
        radiusM,
      )
      return dispatch({ type: 'published', step: effect.step, ...published })
    }
    case 'send':
      return talk.send(effect.tag, effect.message)
    case 'drop':
      return talk.drop(effect.tag)
    case 'confirm': {
      const said = epoch.confirm(effect).catch(ports.report)
      // Who takes over gets the lane of the one held: the reducer knows it.
      const isNext = state().swap?.choice.chosen?.tag === effect.tag
      const free = isNext ? { lane: 0, seq: 0n } : freeLane(ports, slot.number)
      const [{ lane, seq }] = await Promise.all([free, said])
      const { tag } = effect
      const [rider, receipts] = [signer.address, session.receiptKey.address]
      return dispatch({ type: 'choose', tag, rider, session: receipts, lane, seq })
    }
    case 'refine': {
      const cell = refinedCell(state().plan.pickup)
      return talk.send(effect.tag, {
        name: 'refine',
        body: { cell, metres: effect.metres, secs: effect.secs },
      })
    }
    case 'checkCard': {
      const { trip, account, key, bytes } = effect
      const { requestId } = state()
      const verdict = await ports.readCard?.({ trip, account, session: key, requestId, bytes })
      if (!verdict) return dispatch({ type: 'cardChecked', trip, card: { state: 'unread' } })
      return dispatch({
        type: 'cardChecked',
        trip,
        card:
          verdict.verdict === 'accept'
            ? { state: 'good', shown: verdict.value }
            : { state: 'bad', code: verdict.code, anyway: false },
      })
    }
    case 'signTerms': {
      const signature = await signer.signTypedData(typedDomain(rules.domain), TERMS_TYPES, {
        ...effect.terms,
      })
      const digest = termsDigest(rules.domain, effect.terms)
      const showing = await shownFor(ports, effect.concession, digest)
      return dispatch({ type: 'termsSigned', digest, signature, ...(showing && { showing }) })
    }
    case 'signReceipt': {
      const signature = toHex(
        await receiptSignature(session.receiptKey, receiptDigest(rules.domain, effect.receipt)),
      )
      return dispatch({ type: 'receiptSigned', receipt: effect.receipt, signature })
    }
    case 'cancelTx':
      await writer.cancel(effect.terms)
      return
    case 'releaseTx':
      await writer.release(effect.terms)
      return
    case 'contestTx':
      await writer.contest(effect.terms, effect.admitted)
      return
    case 'finalizeTx':
      await writer.finalize(effect.terms)
      return
    case 'file':
      await filing.keep(ridersToFile(effect.signed, effect.headSignature))
      return dispatch({ type: 'filed' })
    case 'notice':
      return
  }
}

/** The concession as it is shown to the driver of these terms; null where they are at the full fare. */
async function shownFor({ rules, concessions }: ClientPorts, id: string | undefined, trip: Hex) {
  if (!id) return null
  const rule = rules.document?.document.concessions.find(each => each.id === id)
  if (!rule || !concessions)
    throw new HexhailError('CONCESSION', `There is no reduced fare «${id}» here: ask without one.`)
  const { presentation, proof } = await concessions.present(rule.category, trip)
  return { presentation: new TextEncoder().encode(presentation), proof }
}
