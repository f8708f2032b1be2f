/** The authority's register of permits: what happened, line by line, and where each application stands by it. */
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Application } from './application.ts'
import type { Status } from './status-list.ts'

/** A credential as the register remembers it: never the credential itself. */
export interface IssuedMark {
  /** `credentialHash`: what stands on the chain. */
  readonly hash: Hex
  /** Entry in the status list. */
  readonly index: number
  readonly untilS: number
}

/** Why an application was refused, or a permit stopped. The page has a sentence for each. */
export const REASONS = ['licence', 'photo', 'car', 'papers', 'conduct', 'asked', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** Where an application stands. */
export type EntryState = 'waiting' | 'refused' | 'granted' | 'issued' | 'suspended' | 'revoked'

/** One application and the permit that came of it. */
export interface Entry {
  readonly id: string
  readonly account: Hex
  /** sha256 of the applicant's word, hex. */
  readonly ticket: Hex
  /** base64url. */
  readonly sealed: string
  readonly appliedAtMs: number
  readonly state: EntryState
  readonly changedAtMs: number
  readonly reason: Reason | null
  /** What the authority vouches for; null before it was granted. */
  readonly claims: Application | null
  readonly untilS: number
  /** The car's name on the chain. */
  readonly vehicle: Hex | null
  readonly driverMark: IssuedMark | null
  readonly vehicleMark: IssuedMark | null
}

/** A line of the register. */
export type RegisterLine =
  | {
      readonly type: 'applied'
      readonly id: string
      readonly atMs: number
      readonly account: Hex
      readonly ticket: Hex
      readonly sealed: string
    }
  | {
      readonly type: 'granted'
      readonly id: string
      readonly atMs: number
      readonly claims: Application
      readonly untilS: number
      readonly vehicle: Hex
    }
  | { readonly type: 'refused'; readonly id: string; readonly atMs: number; readonly reason: Reason }
  | {
      readonly type: 'issued'
      readonly id: string
      readonly atMs: number
      readonly kind: 'driver' | 'vehicle'
      readonly mark: IssuedMark
    }
  | {
      readonly type: 'stopped'
      readonly id: string
      readonly atMs: number
      readonly state: 'suspended' | 'revoked'
      readonly reason: Reason
    }
  | { readonly type: 'reinstated'; readonly id: string; readonly atMs: number }

/** The register in memory. */
export interface Register {
  readonly entries: Map<string, Entry>
  /** Status of each index of the list that was ever given out. */
  readonly statuses: Map<number, Status>
}

export const emptyRegister = (): Register => ({ entries: new Map(), statuses: new Map() })

/** Which deeds fit which state: a line that does not fit is passed over. */
const FITS: Readonly<Record<Exclude<RegisterLine['type'], 'applied'>, readonly EntryState[]>> = {
  granted: ['waiting'],
  refused: ['waiting'],
  issued: ['granted', 'issued'],
  stopped: ['granted', 'issued', 'suspended'],
  reinstated: ['suspended'],
}

/** True when a line may follow on what there is. */
export function fitsRegister({ entries }: Register, line: RegisterLine): boolean {
  const entry = entries.get(line.id)
  if (line.type === 'applied') return entry === undefined
  return entry !== undefined && FITS[line.type].includes(entry.state)
}

/** Takes a line in; false when it does not fit. */
export function takeLine(register: Register, line: RegisterLine): boolean {
  if (!fitsRegister(register, line)) return false
  const { entries, statuses } = register
  const entry = entries.get(line.id)
  const put = (change: Partial<Entry>) =>
    void entries.set(line.id, { ...(entry as Entry), changedAtMs: line.atMs, ...change })
  const marks = entry ? [entry.driverMark, entry.vehicleMark].filter(mark => mark !== null) : []
  const mark = (status: Status) => {
    for (const { index } of marks) statuses.set(index, status)
  }
  switch (line.type) {
    case 'applied': {
      const { id, account, ticket, sealed, atMs } = line
      entries.set(id, { id, account, ticket, sealed, appliedAtMs: atMs, changedAtMs: atMs, ...FRESH })
      break
    }
    case 'granted':
      put({ state: 'granted', claims: line.claims, untilS: line.untilS, vehicle: line.vehicle })
      break
    case 'refused':
      put({ state: 'refused', reason: line.reason })
      break
    case 'issued': {
      const former = line.kind === 'driver' ? entry?.driverMark : entry?.vehicleMark
      if (former) statuses.set(former.index, 'revoked') // one that was lost is not to turn up again
      statuses.set(line.mark.index, 'valid')
      put(line.kind === 'driver' ? { state: 'issued', driverMark: line.mark } : { vehicleMark: line.mark })
      break
    }
    case 'stopped':
      mark(line.state)
      put({ state: line.state, reason: line.reason })
      break
    case 'reinstated':
      mark('valid')
      put({ state: entry?.driverMark ? 'issued' : 'granted', reason: null })
  }
  return true
}

const FRESH = {
  state: 'waiting',
  reason: null,
  claims: null,
  untilS: 0,
  vehicle: null,
  driverMark: null,
  vehicleMark: null,
} as const
