import { createOfficerClient } from '@hexhail/permits/officer-client.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type ReadonlySignal, signal } from '@preact/signals'
import type { KeyShelf } from './ports.ts'

/** What a book of the office stands on. */
export interface OfficeBookDeps {
  readonly url: string
  readonly shelf: Pick<KeyShelf, 'load'>
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly report: (error: unknown) => void
}

/** One register of the office with what was under its seals. */
export interface OfficeBook<R> {
  /** Null until the office has answered; the last changed first. */
  readonly rows: ReadonlySignal<readonly R[] | null>
  /** Id of the row that a deed is under way on. */
  readonly busy: ReadonlySignal<string | null>
  /** Code of what went wrong last. */
  readonly problem: ReadonlySignal<string | null>
  refresh(): Promise<void>
}

/** How a register is read: its entries, and what is under the seal of one; null where the key does not open it. */
interface Reading<E, P> {
  readonly list: (office: ReturnType<typeof createOfficerClient>) => Promise<readonly E[]>
  readonly open: (pair: CryptoKeyPair, entry: E) => Promise<P | null>
}

/** A row: an entry, and what was under its seal. */
export interface OpenedEntry<E, P> {
  readonly entry: E
  readonly opened: P | null
}

/** Opens a register of the office at `url`; the key comes from the page's shelf and only makes MACs and opens seals. */
export function createOfficeBook<E extends { readonly id: string; readonly changedAtMs: number }, P>(
  { url, shelf, fetch, now, report }: OfficeBookDeps,
  { list, open }: Reading<E, P>,
) {
  let pair: CryptoKeyPair | null = null
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  const office = createOfficerClient({ url, fetch, now, random, key: () => pair })
  const rows = signal<readonly OpenedEntry<E, P>[] | null>(null)
  const busy = signal<string | null>(null)
  const problem = signal<string | null>(null)
  const seen = new Map<string, P | null>()

  const rowOf = async (entry: E): Promise<OpenedEntry<E, P>> => {
    let opened = seen.get(entry.id)
    if (opened === undefined) {
      opened = pair && (await open(pair, entry))
      seen.set(entry.id, opened)
    }
    return { entry, opened }
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
    if (found !== pair) seen.clear()
    pair = found
    if (!pair) {
      rows.value = []
      return
    }
    const read = await Promise.all((await list(office)).map(rowOf))
    rows.value = read.sort((a, b) => b.entry.changedAtMs - a.entry.changedAtMs)
  }
  const book: OfficeBook<OpenedEntry<E, P>> = { rows, busy, problem, refresh: () => attempt(load) }
  return {
    book,
    office,
    /** Does something to an entry, one at a time, and reads the register again. */
    async deed(entry: E, run: () => Promise<unknown>): Promise<void> {
      if (busy.value) return
      busy.value = entry.id
      await attempt(async () => {
        await run()
        await load()
      })
      busy.value = null
    },
  }
}
