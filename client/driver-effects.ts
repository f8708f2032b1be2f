import { carFacts } from '@hexhail/protocol/driver-shift.ts'
import type { DriverEffect, DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { verifyReceipt } from '@hexhail/protocol/session-key.ts'
import { headBytes } from '@hexhail/protocol/trace.ts'
import { receiptDigest } from '@hexhail/protocol/typed-data.ts'
import type { ShiftDelegation } from './driver-delegation.ts'
import type { DriverEpoch } from './driver-epoch.ts'
import { errorCode } from './error-code.ts'
import type { Filing } from './filing.ts'
import { pause } from './pause.ts'
import type { ClientPorts } from './ports.ts'
import { randomShare } from './random-share.ts'
import type { Session } from './session.ts'
import type { Talk } from './talk.ts'
import { driversToFile } from './to-file.ts'

/** What a driver's effects act on. */
export interface DriverWorld {
  readonly ports: ClientPorts
  readonly session: Session
  readonly talk: Talk
  readonly delegation: ShiftDelegation
  readonly state: () => DriverState
  readonly here: () => LngLat | null
  /** Seconds to the cell that the rider of an offer told; null where the car cannot come. */
  readonly firmS: (at: LngLat, tag: string, cell: string) => Promise<number | null>
  readonly epoch: Pick<DriverEpoch, 'idleS' | 'bid' | 'commit'>
  readonly filing: Filing
}

/** Carries out one effect of the shift; failures come back as events. */
export async function runDriverEffect(
  world: DriverWorld,
  effect: DriverEffect,
  dispatch: (event: DriverEvent) => Promise<void>,
): Promise<void> {
  try {
    await act(world, effect, dispatch)
  } catch (error) {
    world.ports.report(error)
    const tag = 'tag' in effect ? effect.tag : effect.type === 'openOffer' ? effect.offer.tag : ''
    await dispatch({ type: 'failed', effect: effect.type, tag, code: errorCode(error) })
  }
}

async function act(
  world: DriverWorld,
  effect: DriverEffect,
  dispatch: (event: DriverEvent) => Promise<void>,
): Promise<void> {
  const { ports, talk } = world
  const { writer, rules } = ports
  switch (effect.type) {
    case 'openOffer':
      return openOffer(world, effect.offer)
    case 'reach':
      return talk.reach(effect.tag, effect.addrs)
    case 'firmEta': {
      const at = world.here()
      const etaS = at && (await world.firmS(at, effect.tag, effect.cell))
      if (etaS === null) return talk.send(effect.tag, { name: 'decline', body: { reason: 5 } })
      return dispatch({ type: 'quote', tag: effect.tag, etaS, idleS: world.epoch.idleS() })
    }
    case 'bid':
      return world.epoch.bid(effect)
    case 'commit':
      return world.epoch.commit(effect)
    case 'send':
      return talk.send(effect.tag, effect.message, { once: effect.message.name === 'position' })
    case 'report': {
      const headSignature = await world.session.key.sign(headBytes(effect.head))
      const { name, body } = effect.message
      const signed = { name, body: { ...body, headSignature } } as typeof effect.message
      return talk.send(effect.tag, signed)
    }
    case 'drop':
      return talk.drop(effect.tag)
    case 'holdTx':
      return dispatch({
        type: 'sent',
        effect: 'holdTx',
        tag: effect.tag,
        txHash: await writer.hold(effect.terms, effect.signature),
      })
    case 'showCard':
      await showCard(world, effect)
      if (effect.isReady) await talk.send(effect.tag, { name: 'ready', body: { trip: fromHex(effect.trip) } })
      return
    case 'handOverTx':
      return dispatch({
        type: 'sent',
        tag: effect.tag,
        effect: 'handOverTx',
        txHash: await writer.handOver(effect.terms, effect.next, effect.signature),
      })
    case 'checkConcession': {
      const { tag, trip, id, bytes } = effect
      const verdict = await ports.readConcession?.({ trip, id, bytes })
      const proof = verdict?.verdict === 'accept' ? verdict.value : null
      if (verdict && verdict.verdict !== 'accept')
        ports.report(new HexhailError('CONCESSION', `A reduced fare was refused: ${verdict.code}.`))
      return dispatch({ type: 'concessionChecked', tag, trip, proof })
    }
    case 'checkReceipt': {
      const { receipt, signature, record } = effect
      const digest = receiptDigest(rules.domain, receipt)
      const { trip, booked } = world.state()
      const session = [trip, ...booked].find(each => each?.digest === receipt.terms)?.terms.session
      const good = session !== undefined && (await verifyReceipt(session, digest, fromHex(signature)))
      return dispatch(
        good
          ? { type: 'receiptChecked', receipt, signature, record }
          : { type: 'failed', effect: 'checkReceipt', tag: '', code: 'SIGNATURE' },
      )
    }
    case 'settleTx':
      return dispatch({
        type: 'sent',
        effect: 'settleTx',
        tag: effect.tag,
        txHash: await writer.settle(effect.terms, effect.receipt, effect.signature),
      })
    case 'releaseTx':
      return dispatch({
        type: 'sent',
        tag: effect.tag,
        effect: 'releaseTx',
        txHash: await writer.release(effect.terms),
      })
    case 'claimTx':
      return dispatch({
        type: 'sent',
        effect: 'claimTx',
        tag: effect.tag,
        txHash: await writer.claim(effect.terms, effect.amount, effect.secret),
      })
    case 'finalizeTx':
      return dispatch({
        type: 'sent',
        tag: effect.tag,
        effect: 'finalizeTx',
        txHash: await writer.finalize(effect.terms),
      })
    case 'file': {
      const what = await driversToFile(effect.trip, world.session.key)
      if (what) await world.filing.keep(what)
      return dispatch({ type: 'filed', terms: effect.trip.digest })
    }
    case 'notice':
      return
  }
}

/** Sends the card piece by piece, each sealed as every private message; a device without a permit's card sends none. */
async function showCard(
  { ports, session, talk }: DriverWorld,
  { tag, trip, requestId }: Extract<DriverEffect, { type: 'showCard' }>,
): Promise<void> {
  const card = await ports.permit?.card({ trip, requestId, session: toHex(session.key.publicKey) })
  if (!card) return
  const of = Math.ceil(card.length / CARD_PART)
  for (let part = 0; part < of; part++) {
    const bytes = card.slice(part * CARD_PART, (part + 1) * CARD_PART)
    await talk.send(tag, { name: 'card', body: { part, of, bytes } })
  }
}

/** Bytes of a card in one message. */
const CARD_PART = 1_792

/** An offer is sent after a random wait of up to this: how fast an answer comes says nothing. Ms. */
const DELAY_MS = 400

async function openOffer(
  { ports, talk, delegation, state }: DriverWorld,
  offer: Extract<DriverEffect, { type: 'openOffer' }>['offer'],
) {
  const { request, key } = offer.card
  const { untilMs, signature } = await delegation.ready()
  const { car } = state()
  const facts = carFacts(car)
  await pause(ports, randomShare(ports.random) * DELAY_MS)
  // She may have said it again in the meantime, from another address.
  const addrs = (state().offers.find(({ tag }) => tag === offer.tag) ?? offer).card.request.replyTo
  await talk.open(offer.tag, { key: fromHex(key), sealKey: request.sealKey, addrs })
  await talk.send(
    offer.tag,
    {
      name: 'offer',
      body: {
        requestId: request.requestId,
        account: ports.signer.address,
        sessionUntilMs: untilMs,
        delegation: signature,
        etaS: offer.etaS,
        bp: offer.bp,
        seats: car.seats,
        needs: car.needs,
        car: car.text,
        permit: fromHex(facts.permit, 32),
        vehicle: fromHex(facts.vehicle, 32),
        vehicleClass: facts.vehicleClass,
        propulsion: facts.propulsion,
        document: ports.rules.document ? fromHex(ports.rules.tariff.document, 32) : new Uint8Array(32),
        expiresAtMs: offer.expiresAtMs,
        replyTo: ports.leaf.addrs().slice(0, 3),
      },
    },
    { expiresAtMs: offer.expiresAtMs },
  )
}
