import type { Settled } from '@hexhail/audit/settled.ts'
import type { Proof } from './model.ts'

/** What the chain said of settlements that it was asked for, one by one. */
export interface ProofCount {
  readonly of: number
  readonly done: number
  /** Those that stand, in the order asked. */
  readonly proved: readonly Settled[]
  readonly gone: number
  readonly away: number
}

/** Questions on their way at a time. */
const AT_ONCE = 6

/** Asks the chain for each settlement; `put` hears after every answer. Ends early when the signal says so. */
export async function proveAll(
  facts: readonly Settled[],
  prove: (fact: Settled) => Promise<Proof>,
  put: (count: ProofCount) => void,
  signal: AbortSignal,
): Promise<ProofCount> {
  const answers: (Proof | undefined)[] = new Array(facts.length)
  const told = { done: 0, gone: 0, away: 0 }
  let next = 0
  const count = (): ProofCount => ({
    of: facts.length,
    ...told,
    proved: facts.filter((_, at) => answers[at] === 'proved'),
  })
  const worker = async (): Promise<void> => {
    while (next < facts.length && !signal.aborted) {
      const at = next++
      const answer = await prove(facts[at] as Settled)
      if (signal.aborted) return
      answers[at] = answer
      told.done++
      if (answer !== 'proved') told[answer]++
      if (told.done % AT_ONCE === 0) put({ of: facts.length, ...told, proved: [] })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const all = count()
  if (!signal.aborted) put(all)
  return all
}
