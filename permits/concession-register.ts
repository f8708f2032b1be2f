/** The authority's register of concessions, line by line. It knows who was granted a class, and of credentials the numbers alone. */
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Reason } from './register.ts'
import type { Status } from './status-list.ts'
import type { Concession } from './vct.ts'

/** Where a claim stands. */
export type ConcessionState = 'waiting' | 'refused' | 'granted' | 'revoked'

/** One claim and the right that came of it. */
export interface ConcessionEntry {
  readonly id: string
  /** sha256 of the applicant's word, hex. */
  readonly ticket: Hex
  /** base64url. */
  readonly sealed: string
  readonly appliedAtMs: number
  readonly state: ConcessionState
  readonly changedAtMs: number
  readonly reason: Reason | null
  /** What was granted; null before. */
  readonly category: Concession | null
  /** No credential is issued from then on, unix seconds. */
  readonly untilS: number
  /** Credentials of a month, by their entries in the status list; no hash and no key, so that no record leads here. */
  readonly issued: { readonly month: string; readonly indexes: readonly number[] } | null
}

interface Line<Type extends string> {
  readonly type: Type
  readonly id: string
  readonly atMs: number
}

/** A line of the register. */
export type ConcessionLine =
  | (Line<'applied'> & { readonly ticket: Hex; readonly sealed: string })
  | (Line<'granted'> & { readonly category: Concession; readonly untilS: number })
  | (Line<'refused'> & { readonly reason: Reason })
  | (Line<'issued'> & { readonly month: string; readonly indexes: readonly number[] })
  | (Line<'revoked'> & { readonly reason: Reason })

/** The register in memory. */
export interface ConcessionRegister {
  readonly entries: Map<string, ConcessionEntry>
  /** The month that `statuses` is of; credentials of an earlier one have ended. */
  month: string
  /** Status of each index of the list that was given out in that month. */
  readonly statuses: Map<number, Status>
}

export const emptyConcessions = (): ConcessionRegister => ({
  entries: new Map(),
  month: '',
  statuses: new Map(),
})

/** Which deeds fit which state: a line that does not fit is passed over. */
const FITS: Readonly<Record<Exclude<ConcessionLine['type'], 'applied'>, ConcessionState>> = {
  granted: 'waiting',
  refused: 'waiting',
  issued: 'granted',
  revoked: 'granted',
}

/** True when a line may follow on what there is. */
export function fitsConcessions({ entries }: ConcessionRegister, line: ConcessionLine): boolean {
  const entry = entries.get(line.id)
  return line.type === 'applied' ? entry === undefined : entry?.state === FITS[line.type]
}

/** Takes a line in; false when it does not fit. */
export function takeConcessionLine(register: ConcessionRegister, line: ConcessionLine): boolean {
  if (!fitsConcessions(register, line)) return false
  const { entries, statuses } = register
  const { id, atMs } = line
  if (line.type === 'applied') {
    const { ticket, sealed } = line
    entries.set(id, { id, ticket, sealed, appliedAtMs: atMs, changedAtMs: atMs, ...FRESH })
    return true
  }
  const entry = entries.get(id)!
  const put = (change: Partial<ConcessionEntry>) =>
    void entries.set(id, { ...entry, changedAtMs: atMs, ...change })
  switch (line.type) {
    case 'granted':
      put({ state: 'granted', category: line.category, untilS: line.untilS })
      break
    case 'refused':
      put({ state: 'refused', reason: line.reason })
      break
    case 'issued': {
      const { month } = line
      if (month !== register.month) {
        register.month = month
        statuses.clear()
      }
      for (const index of line.indexes) statuses.set(index, 'valid')
      const before = entry.issued?.month === month ? entry.issued.indexes : []
      put({ issued: { month, indexes: [...before, ...line.indexes] } })
      break
    }
    case 'revoked':
      if (entry.issued?.month === register.month)
        for (const index of entry.issued.indexes) statuses.set(index, 'revoked')
      put({ state: 'revoked', reason: line.reason })
  }
  return true
}

const FRESH = { state: 'waiting', reason: null, category: null, untilS: 0, issued: null } as const
