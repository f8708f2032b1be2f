import type { Proof } from './model.ts'

/** What was said of the rows behind a figure, which were asked for one by one. */
export interface ProofCount<R> {
  readonly of: number
  readonly done: number
  /** Those that stand, in the order asked. */
  readonly proved: readonly R[]
  readonly gone: number
  readonly away: number
}

/** Questions on their way at a time. */
const AT_ONCE = 6

/** Asks for each row; `put` hears after every few answers. Ends early when the signal says so. */
export async function proveAll<R>(
  rows: readonly R[],
  prove: (row: R) => Promise<Proof>,
  put: (count: ProofCount<R>) => void,
  signal: AbortSignal,
): Promise<ProofCount<R>> {
  const answers: (Proof | undefined)[] = new Array(rows.length)
  const told = { done: 0, gone: 0, away: 0 }
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < rows.length && !signal.aborted) {
      const at = next++
      const answer = await prove(rows[at] as R)
      if (signal.aborted) return
      answers[at] = answer
      told.done++
      if (answer !== 'proved') told[answer]++
      if (told.done % AT_ONCE === 0) put({ of: rows.length, ...told, proved: [] })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const all = { of: rows.length, ...told, proved: rows.filter((_, at) => answers[at] === 'proved') }
  if (!signal.aborted) put(all)
  return all
}
