import { type ConcessionClaim, openClaim } from '@hexhail/permits/concession-claim.ts'
import type { ConcessionEntry } from '@hexhail/permits/concession-register.ts'
import { createOfficerClient } from '@hexhail/permits/officer-client.ts'
import type { Reason } from '@hexhail/permits/register.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type ReadonlySignal, signal } from '@preact/signals'
import type { KeyShelf } from './ports.ts'

/** A claim with what was under its seal; null where the key on this device does not open it. */
export interface ConcessionRow {
  readonly entry: ConcessionEntry
  readonly claim: ConcessionClaim | null
}

/** The officer's desk for reduced fares. */
export interface ConcessionBook {
  /** Null until the office has answered. */
  readonly rows: ReadonlySignal<readonly ConcessionRow[] | null>
  /** Id of the row that a deed is under way on. */
  readonly busy: ReadonlySignal<string | null>
  /** Code of what went wrong last. */
  readonly problem: ReadonlySignal<string | null>
  refresh(): Promise<void>
  grant(row: ConcessionRow, untilS: number): Promise<void>
  stop(row: ConcessionRow, deed: 'refuse' | 'revoke', reason: Reason): Promise<void>
}

/** Opens the desk of the office at `url`; the key comes from the page's shelf and only makes MACs and opens seals. */
export function createConcessionBook(deps: {
  readonly url: string
  readonly shelf: Pick<KeyShelf, 'load'>
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly report: (error: unknown) => void
}): ConcessionBook {
  const { url, shelf, fetch, now, report } = deps
  let pair: CryptoKeyPair | null = null
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  const office = createOfficerClient({ url, fetch, now, random, key: () => pair })
  const rows = signal<readonly ConcessionRow[] | null>(null)
  const busy = signal<string | null>(null)
  const problem = signal<string | null>(null)
  const opened = new Map<string, ConcessionClaim | null>()

  const rowOf = async (entry: ConcessionEntry): Promise<ConcessionRow> => {
    let claim = opened.get(entry.id)
    if (claim === undefined) {
      const read = pair && (await openClaim(pair, entry))
      claim = read?.verdict === 'accept' ? read.value : null
      opened.set(entry.id, claim)
    }
    return { entry, claim }
  }
  const attempt = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run()
      problem.value = null
    } catch (error) {
      problem.value = error instanceof HexhailError ? error.code : 'UNKNOWN'
      report(error)
    }
  }
  const load = async () => {
    const found = (await shelf.load())?.[0] ?? null
    if (found !== pair) opened.clear()
    pair = found
    if (!pair) {
      rows.value = []
      return
    }
    const read = await Promise.all((await office.concessions()).map(rowOf))
    rows.value = read.sort((a, b) => b.entry.changedAtMs - a.entry.changedAtMs)
  }
  const deed = async ({ entry }: ConcessionRow, run: () => Promise<unknown>): Promise<void> => {
    if (busy.value) return
    busy.value = entry.id
    await attempt(async () => {
      await run()
      await load()
    })
    busy.value = null
  }
  return {
    rows,
    busy,
    problem,
    refresh: () => attempt(load),
    grant: (row, untilS) =>
      deed(row, async () => {
        if (row.claim) await office.grantConcession(row.entry.id, row.claim.category, untilS)
      }),
    stop: (row, what, reason) => deed(row, () => office.stopConcession(what, row.entry.id, reason)),
  }
}
