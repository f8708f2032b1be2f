/** A real reducer at work as client/runtime.ts runs it: state on disk, effects that wait, and what it was told. */
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import type { Step } from '@hexhail/protocol/rider-state.ts'
import type { Hex, Receipt } from '@hexhail/protocol/terms.ts'
import type { VaultCall } from '@hexhail/sim/fault/vault.ts'
import type { ChainWorld } from './chain.ts'
import { createPool, type Pool, shortHash, textOf } from './pool.ts'

/** A private message on its way. */
export interface Letter {
  readonly to: 'rider' | 'driver'
  readonly tag: string
  readonly key: Hex
  readonly message: PrivateMessage
}

/** A side between two events: numbers of its state and of the effects that wait, and what it did for good. */
export interface Process {
  readonly state: number
  readonly pending: readonly number[]
  /** Entries of the chain's log that it was told, in order. */
  readonly told: readonly number[]
  /** Receipts that it signed. */
  readonly signed: readonly number[]
}

/** A step of a side: what it is then, what it said and sent. */
export interface Outcome {
  readonly label: string
  readonly process: number
  readonly letters: readonly number[]
  readonly calls: readonly number[]
  /** Rules of the search that the step broke. */
  readonly faults: readonly string[]
}

/** What effects come to: words that are out at once, and what waits until it is run. */
export interface Deeds<Effect> {
  readonly letters: readonly Letter[]
  readonly later: readonly Effect[]
}

/** A reducer's answer by numbers. */
interface Answer<Effect> {
  readonly state: number
  readonly effects: readonly Effect[]
  readonly letters: readonly number[]
  readonly later: readonly number[]
}

/** What running a waiting effect can come to; each is one way that it can go. */
export interface Way<Event> {
  readonly name: string
  readonly event?: Event
  readonly call?: VaultCall
  readonly signs?: Receipt
  /** The process died before it noted that the effect is done. */
  readonly keeps?: boolean
}

/** One side of the trip. */
export interface Side<State, Event, Effect> {
  readonly name: 'rider' | 'driver'
  readonly reduce: (state: State, event: Event, nowMs: number) => Step<State, Effect>
  /** The fields of the state that decide anything. */
  readonly essence: (state: State) => string
  readonly deeds: (effects: readonly Effect[]) => Deeds<Effect>
  /** The ways that a waiting effect can go. */
  readonly ways: (effect: Effect) => readonly Way<Event>[]
  /** What the person does, and the clock. */
  readonly wishes: (state: State, moment: number) => readonly Event[]
  readonly heard: (letter: Letter) => Event
  readonly fact: (fact: ChainFact) => Event
  readonly undone: (fact: ChainFact) => Event
  /** What one step must not do. */
  readonly judge: (
    before: State,
    after: State,
    effects: readonly Effect[],
    told: readonly ChainFact[],
  ) => string[]
  readonly judgeSigned: (receipts: readonly Receipt[]) => string[]
}

/** A side with all its states by number; each question is asked of the reducer once. */
export interface Machine<State, Event> {
  readonly name: 'rider' | 'driver'
  readonly processes: Pool<Process>
  stateOf(process: number): State
  /** A process that has done nothing yet. */
  begin(state: State): number
  dispatch(process: number, label: string, event: Event, moment: number): Outcome
  /** What it can do by itself. */
  moves(process: number, moment: number): readonly Outcome[]
  hear(process: number, letter: number, moment: number): Outcome | null
  /** The next thing that it learns from a chain. */
  follow(process: number, log: readonly number[], chain: number, moment: number): Outcome | null
  /** How often the reducer was asked, and how many states it has shown. */
  counts(): { readonly asked: number; readonly states: number }
}

/** Makes a machine over the shared letters, receipts and chain. */
export function createMachine<
  State,
  Event extends { readonly type: string },
  Effect extends { type: string },
>(
  side: Side<State, Event, Effect>,
  shared: {
    readonly letters: Pool<Letter>
    readonly receipts: Pool<Receipt>
    readonly chain: ChainWorld
    readonly timesMs: readonly number[]
  },
): Machine<State, Event> {
  const { letters, receipts, chain, timesMs } = shared
  const states = createPool<State>(side.essence)
  const effects = createPool<Effect>()
  const processes = createPool<Process>(p => `${p.state}|${p.pending}|${p.told}|${p.signed}`)
  const own = new Map<number, readonly Outcome[]>()
  const heard = new Map<number, Outcome | null>()
  const followed = new Map<number, Outcome | null>()
  const answers = new Map<number, Answer<Effect> | string>()
  const eventIds = new WeakMap<object, number>()
  const wished = new Map<number, readonly Event[]>()
  const waysOf = new Map<number, readonly Way<Event>[]>()
  const letterEvents = new Map<number, Event>()
  let events = 0
  let asked = 0

  const sorted = (ids: readonly number[]) => [...new Set(ids)].sort((a, b) => a - b)

  /** The reducer's answer to an event; the same question is asked once, for it is pure. */
  const ask = (state: number, event: Event, moment: number): Answer<Effect> | string => {
    const eventId = eventIds.get(event) ?? events++
    eventIds.set(event, eventId)
    return once(answers, (state * 2 ** 20 + eventId) * 32 + moment, () => {
      asked++
      try {
        const step = side.reduce(states.at(state), event, timesMs[moment]!)
        const deeds = side.deeds(step.effects)
        return {
          state: states.id(step.state),
          effects: step.effects,
          letters: deeds.letters.map(letters.id),
          later: deeds.later.map(effects.id),
        }
      } catch (error) {
        return `${side.name} throws on ${event.type}: ${error}`
      }
    })
  }

  /** Feeds events one after the other, as the runtime does. */
  const feed = (from: Process, label: string, events: readonly Event[], moment: number): Outcome => {
    let process = from
    const said: number[] = []
    const faults: string[] = []
    const queue = [...events]
    for (let event = queue.shift(); event; event = queue.shift()) {
      const done = ask(process.state, event, moment)
      if (typeof done === 'string') {
        faults.push(done)
        break
      }
      const told = process.told.map((_, at) => chain.factOf(process.told, at))
      faults.push(...side.judge(states.at(process.state), states.at(done.state), done.effects, told))
      said.push(...done.letters)
      const pending = done.later.length ? sorted([...process.pending, ...done.later]) : process.pending
      process = { ...process, state: done.state, pending }
    }
    return { label, process: processes.id(process), letters: said, calls: [], faults }
  }

  const run = (id: number, effectId: number, way: Way<Event>, moment: number): Outcome => {
    const process = processes.at(id)
    const signed = way.signs ? sorted([...process.signed, receipts.id(way.signs)]) : process.signed
    const pending = way.keeps ? process.pending : process.pending.filter(each => each !== effectId)
    const label = `${side.name} ${effects.at(effectId).type} ${shortHash(textOf(effects.at(effectId)))} ${way.name}`
    const done = feed({ ...process, pending, signed }, label, way.event ? [way.event] : [], moment)
    const faults = way.signs ? side.judgeSigned(signed.map(receipts.at)) : []
    return {
      ...done,
      calls: way.call ? [chain.calls.id(way.call)] : [],
      faults: [...done.faults, ...faults],
    }
  }

  const isIdle = (id: number, { process, letters: said, calls, faults }: Outcome) =>
    process === id && said.length === 0 && calls.length === 0 && faults.length === 0

  const movesOf = (id: number, moment: number): Outcome[] => {
    const process = processes.at(id)
    const state = states.at(process.state)
    const wishes = once(wished, process.state * 32 + moment, () => side.wishes(state, moment)).map(event =>
      feed(process, `${side.name}: ${wishText(event)}`, [event], moment),
    )
    const runs = process.pending.flatMap(effectId =>
      once(waysOf, effectId, () => side.ways(effects.at(effectId))).map(way =>
        run(id, effectId, way, moment),
      ),
    )
    return [...wishes, ...runs].filter(each => !isIdle(id, each))
  }

  const once = <T>(memo: Map<number, T>, key: number, make: () => T): T => {
    let found = memo.get(key)
    if (found === undefined) {
      found = make()
      memo.set(key, found)
    }
    return found
  }

  const learn = (process: Process, log: readonly number[], moment: number): Outcome | null => {
    const { told } = process
    const agrees = told.every((entry, at) => entry === log[at])
    if (agrees && told.length === log.length) return null
    if (agrees) {
      const next = [...told, log[told.length]!]
      const fact = chain.factOf(next, told.length)
      const label = `${side.name} is told ${fact.fact} ${shortHash(fact.txHash)}`
      return feed({ ...process, told: next }, label, [side.fact(fact)], moment)
    }
    const fact = chain.factOf(told, told.length - 1)
    const label = `${side.name} is told that ${fact.fact} is undone`
    return feed({ ...process, told: told.slice(0, -1) }, label, [side.undone(fact)], moment)
  }

  return {
    name: side.name,
    processes,
    stateOf: id => states.at(processes.at(id).state),
    begin: state => processes.id({ state: states.id(state), pending: [], told: [], signed: [] }),
    dispatch: (id, label, event, moment) => feed(processes.at(id), label, [event], moment),
    moves: (id, moment) => once(own, id * 32 + moment, () => movesOf(id, moment)),
    hear: (id, letter, moment) =>
      once(heard, (id * 1024 + letter) * 32 + moment, () => {
        const said = letters.at(letter)
        if (said.to !== side.name) return null
        const label = `${side.name} hears ${said.message.name} ${shortHash(textOf(said))}`
        const done = feed(
          processes.at(id),
          label,
          [once(letterEvents, letter, () => side.heard(said))],
          moment,
        )
        return isIdle(id, done) ? null : done
      }),
    follow: (id, log, chainId, moment) =>
      once(followed, (id * 65_536 + chainId) * 32 + moment, () => learn(processes.at(id), log, moment)),
    counts: () => ({ asked, states: states.size }),
  }
}

const wishText = (event: { readonly type: string }): string => {
  const { type, ...rest } = event
  const text = textOf(rest)
  return text === '{}' ? type : `${type} ${text.length > 60 ? shortHash(text) : text}`
}
