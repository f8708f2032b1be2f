import type { Step } from '@hexhail/protocol/rider-state.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import type { Store } from './store.ts'

/** What is kept of a machine: its state, and the effects that may not have run yet. */
interface Kept<State, Effect> {
  readonly state: State
  readonly pending: readonly { readonly id: number; readonly effect: Effect }[]
  readonly nextId: number
}

/** A pure machine at work: events in, state on disk, then effects out. */
export interface Runtime<State, Event> {
  readonly state: ReadonlySignal<State>
  /** Resolves once the state after the event is on disk; the effects run after that. */
  dispatch(event: Event): Promise<void>
  /** Starts again the effects that a crash cut off. */
  resume(): void
  /** Resolves when no event and no effect is under way. */
  idle(): Promise<void>
  stop(): void
}

/** What a runtime needs. `run` carries out one effect; it may be called twice for the same effect after a crash. */
export interface RuntimeInit<State, Event, Effect> {
  readonly key: string
  readonly store: Store
  readonly initial: State
  readonly reduce: (state: State, event: Event, nowMs: number) => Step<State, Effect>
  readonly run: (effect: Effect, dispatch: (event: Event) => Promise<void>) => Promise<void>
  readonly now: () => number
  /** Told of faults in effects, which never stop the machine. */
  readonly report: (error: unknown) => void
}

/** Runs a reducer: one event at a time, write-ahead, effects after the event is on disk. */
export async function createRuntime<State extends object, Event, Effect>(
  init: RuntimeInit<State, Event, Effect>,
): Promise<Runtime<State, Event>> {
  const { store, key, reduce, run, now, report } = init
  const found = await store.get<Kept<State, Effect>>(key)
  // A page of yesterday kept no field that came today.
  let kept: Kept<State, Effect> = found
    ? { ...found, state: { ...init.initial, ...found.state } }
    : { state: init.initial, pending: [], nextId: 1 }
  const state = signal(kept.state)
  let chain: Promise<void> = Promise.resolve()
  const running = new Set<Promise<void>>()
  let stopped = false

  const enqueue = (job: () => Promise<void>): Promise<void> => {
    const done = chain.then(job)
    chain = done.catch(report)
    return done
  }
  const start = (id: number, effect: Effect) => {
    const job = run(effect, dispatch)
      .catch(report)
      .then(async () => {
        running.delete(job)
        if (stopped) return
        await enqueue(async () => {
          kept = { ...kept, pending: kept.pending.filter(p => p.id !== id) }
          await store.set(key, kept)
        })
      })
      .catch(report)
    running.add(job)
  }
  const dispatch = (event: Event): Promise<void> =>
    enqueue(async () => {
      if (stopped) return
      const step = reduce(kept.state, event, now())
      if (step.state === kept.state && step.effects.length === 0) return
      const fresh = step.effects.map((effect, i) => ({ id: kept.nextId + i, effect }))
      const after = {
        state: step.state,
        pending: [...kept.pending, ...fresh],
        nextId: kept.nextId + fresh.length,
      }
      await store.set(key, after)
      kept = after
      state.value = after.state
      for (const { id, effect } of fresh) start(id, effect)
    })

  return {
    state,
    dispatch,
    resume: () => {
      for (const { id, effect } of kept.pending) start(id, effect)
    },
    idle: async () => {
      await chain
      while (running.size) {
        await Promise.all(running)
        await chain
      }
    },
    stop: () => {
      stopped = true
    },
  }
}
