import type { LookUpRecord, RecordStanding } from '@hexhail/client/look-up-record.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** What is known of a record; `away`: the log does not answer. */
export type ShownStanding = RecordStanding | 'away'

/** Looked up this often while it is on its way into the log, ms. */
const COMING_MS = 2_000
/** And while it waits for the chain: the log goes there when it has grown. */
const ANCHOR_MS = 15_000

/**
 * Looks a record up again and again until nothing more can come of it: it stands in a tree that the chain has, or where
 * none are put there in the log; or the log lies. Returns the stop.
 */
export function watchRecord(
  terms: Hex,
  look: LookUpRecord,
  put: (standing: ShownStanding) => void,
  after: (ms: number, run: () => void) => () => void,
): () => void {
  let isOver = false
  let cancel = (): void => {}
  const ask = async (): Promise<void> => {
    const standing = await look(terms).catch(() => 'away' as const)
    if (isOver) return
    put(standing)
    const ms = againMs(standing)
    if (ms !== null) cancel = after(ms, () => void ask())
  }
  void ask()
  return () => {
    isOver = true
    cancel()
  }
}

function againMs(standing: ShownStanding): number | null {
  if (standing === 'away') return COMING_MS
  if (standing.state === 'lied') return null
  if (standing.state === 'included') return standing.block === 'due' ? ANCHOR_MS : null
  return COMING_MS
}
