import type { ClientPorts, DirectPorts } from '@hexhail/client/ports.ts'
import { openSession, type Session } from '@hexhail/client/session.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { createTalk, type Talk } from '@hexhail/client/talk.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import type { Role } from '@hexhail/protocol/delegation.ts'
import { afterEach } from 'vitest'
import { createAir } from '../net/air.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()))
})

/** A network in memory that loses nothing, in real time. */
export const quietAir = () =>
  createAir(
    {
      now: Date.now,
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
      sleep: delayMs => new Promise(resolve => setTimeout(resolve, delayMs)),
      run: async () => {},
    },
    () => 0,
  )

/** A person's conversations. */
export interface Person {
  readonly talk: Talk
  readonly leaf: Leaf
  readonly session: Session
  /** Runs what waits for time to pass. */
  readonly laterOn: () => void
}

/** Opens a person's conversations; they end with the test. */
export async function person(leaf: Leaf, role: Role, direct?: DirectPorts): Promise<Person> {
  const timers = new Set<() => void>()
  const store = createMemoryStore()
  const session = await openSession(store, 'session')
  const ports = {
    chainId: 31_337,
    leaf,
    store,
    now: Date.now,
    random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
    every: (_ms: number, run: () => void) => {
      timers.add(run)
      return () => timers.delete(run)
    },
    report: () => {},
    direct,
  } as unknown as ClientPorts
  const talk = await createTalk({ ports, session, role, key: 'talk' })
  stops.push(() => talk.stop())
  const laterOn = () => {
    for (const run of [...timers]) run()
  }
  return { talk, leaf, session, laterOn }
}

/** Begins a driver's conversation with a rider, under one of the rider's sessions. */
export const call = (driver: Person, rider: Person, tag: string, session: Session): Promise<void> =>
  driver.talk.open(tag, {
    key: session.key.publicKey,
    sealKey: session.sealKey.publicKey,
    addrs: rider.leaf.addrs(),
  })
