import {
  NONE_AWAY,
  type RiderAway,
  type RiderAwayEffect,
  type RiderAwayEvent,
  riderAway,
} from '@hexhail/protocol/rider-away.ts'
import { concerns } from '@hexhail/protocol/rider-promise.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import type { ReadonlySignal } from '@preact/signals-core'
import { errorCode } from './error-code.ts'
import { followFacts } from './follow-facts.ts'
import type { ClientPorts } from './ports.ts'
import { createRuntime, type Runtime, type RuntimeInit } from './runtime.ts'

/** What the chain may still want of trips that the rider put away: watched and answered while the page is open. */
export interface PutAway {
  readonly state: ReadonlySignal<RiderAway>
  /** Resolves once the trip is kept. */
  add(trip: RiderState): Promise<void>
  stop(): void
}

const KEY = 'rider/away'
/** They are looked at this often, ms. */
const LOOK_MS = 60_000

/** Takes up what was put away. */
export async function openPutAway(
  ports: Pick<ClientPorts, 'store' | 'now' | 'rules' | 'writer' | 'follower' | 'every' | 'report'>,
): Promise<PutAway> {
  const { store, now, rules, writer, follower, every, report } = ports
  const act = ({ type, terms }: RiderAwayEffect): Promise<unknown> =>
    type === 'cancelTx'
      ? writer.cancel(terms)
      : type === 'releaseTx'
        ? writer.release(terms)
        : writer.finalize(terms)
  const init: RuntimeInit<RiderAway, RiderAwayEvent, RiderAwayEffect> = {
    key: KEY,
    store,
    initial: NONE_AWAY,
    now,
    report,
    reduce: (state, event, nowMs) => riderAway(state, event, nowMs, rules),
    run: async (effect, dispatch) => {
      try {
        await act(effect)
      } catch (error) {
        report(error)
        const terms = termsDigest(rules.domain, effect.terms)
        await dispatch({ type: 'failed', effect: effect.type, terms, code: errorCode(error) })
      }
    },
  }
  const runtime: Runtime<RiderAway, RiderAwayEvent> = await createRuntime(init)
  const dispatch = (event: RiderAwayEvent): void => void runtime.dispatch(event).catch(report)
  const stops = [
    every(LOOK_MS, () => dispatch({ type: 'tick' })),
    followFacts(follower, {
      known: () => runtime.state.value.trips.flatMap(({ facts }) => facts.map(({ fact }) => fact)),
      concerns: terms => runtime.state.value.trips.some(trip => concerns(trip, terms)),
      tell: dispatch,
    }),
  ]
  runtime.resume()
  return {
    state: runtime.state,
    add: trip => runtime.dispatch({ type: 'putAway', trip }),
    stop: () => {
      for (const end of stops) end()
      runtime.stop()
    },
  }
}
