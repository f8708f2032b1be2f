import { backingOf } from '@hexhail/audit/log/act-signature.ts'
import { decodeEntry, type LogEntry } from '@hexhail/audit/log/entry.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { LogModel } from './log-model.ts'

/** A release as the log tells it. */
export interface ToldRelease {
  readonly index: number
  readonly file: string
  readonly epsilon: number
}

/** What the log says of releases, of all its leaves. */
export interface ToldReleases {
  readonly releases: readonly ToldRelease[]
  /** Leaves that are no record of the desk and whose entries the log keeps back: anything may stand there. */
  readonly withheld: number
}

/**
 * Reads the releases of an authority out of a log, whatever its ledger lists: every leaf is either a record that the desk
 * filed (`isRecord`) or an entry that is read and held against its leaf. What was read once is not read again. Rejects
 * where the log is away.
 */
export function createToldReleases(log: Pick<LogModel, 'size' | 'entriesAt'>, authority: Hex) {
  const read = new Map<number, ToldRelease | null>()
  return async (isRecord: (index: number) => boolean): Promise<ToldReleases> => {
    const size = log.size.peek()
    const open = Array.from({ length: size }, (_, i) => i).filter(i => !read.has(i) && !isRecord(i))
    const entries = await log.entriesAt(open)
    for (const [n, index] of open.entries()) {
      const entry = entries[n]
      if (entry) read.set(index, releaseOf(index, entry, authority))
    }
    return {
      releases: [...read.values()].filter(each => each !== null).sort((a, b) => a.index - b.index),
      withheld: entries.filter(entry => entry === null).length,
    }
  }
}

function releaseOf(index: number, entry: Uint8Array, authority: Hex): ToldRelease | null {
  const act = decodeEntry(entry)
  if (act.verdict !== 'accept' || act.value.name !== 'release') return null
  const { file, epsilonMilli } = act.value
  return isBy(act.value, authority) ? { index, file, epsilon: epsilonMilli / 1_000 } : null
}

const isBy = (act: Extract<LogEntry, { readonly name: 'release' }>, authority: Hex): boolean =>
  act.authority.toLowerCase() === authority.toLowerCase() && backingOf(act) === 'signature'
