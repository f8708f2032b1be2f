import { createDelegation, DELEGATION, type ShiftDelegation } from './driver-delegation.ts'
import type { ClientPorts } from './ports.ts'
import { openSession, type Session } from './session.ts'
import type { Store } from './store.ts'
import { createTalk, forgetTalk, type Talk } from './talk.ts'

/** The keys of one shift, the wallet's word for them and the conversations under them. */
export interface ShiftKeys {
  readonly session: Session
  readonly delegation: ShiftDelegation
  readonly talk: Talk
}

const SESSION = 'driver/session'
const TALK = 'driver/talk'

/** Takes up the keys of the shift that was under way, or makes new ones. */
export async function openShiftKeys(ports: ClientPorts): Promise<ShiftKeys> {
  const session = await openSession(ports.store, SESSION)
  return {
    session,
    delegation: createDelegation(ports, session),
    talk: await createTalk({ ports, session, role: 'driver', key: TALK }),
  }
}

/** Deletes the keys of a shift and all that was said under them. */
export async function forgetShiftKeys(store: Store): Promise<void> {
  await Promise.all([store.delete(SESSION), store.delete(DELEGATION), forgetTalk(store, TALK)])
}
