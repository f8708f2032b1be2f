/** The office's desk for concessions: takes claims, hears officers, and issues one-time credentials by the batch. */
import { fromHex, hexDigits, isHex, toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64url } from './base64url.ts'
import { type FiledClaim, openClaim } from './concession-claim.ts'
import { concessionMonth } from './concession-month.ts'
import {
  type ConcessionEntry,
  type ConcessionLine,
  emptyConcessions,
  fitsConcessions,
  takeConcessionLine,
} from './concession-register.ts'
import type { PublicJwk, Signing } from './es256.ts'
import { issueCredential } from './issue.ts'
import { REASONS, type Reason } from './register.ts'
import { SEALED_FORM_MAX } from './sealed-form.ts'
import { signStatusList } from './status-list.ts'
import { CONCESSIONS, type Concession } from './vct.ts'

/** What the desk stands on. */
export interface ConcessionDeps {
  /** Lines that stay. */
  readonly log: { read(): Promise<readonly string[]>; append(line: string): Promise<void> }
  readonly signing: Signing
  readonly url: string
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
  /** Opens claims and grants at once; null: an officer decides. */
  readonly automatic: CryptoKeyPair | null
  /** Told each line of the register with its entry, those of earlier runs first; it must not throw. */
  readonly onLine?: (line: ConcessionLine, entry: ConcessionEntry) => void
}

/** Why the office does not do it. */
export type ConcessionDeskCode =
  | ('form' | 'size' | 'crowded' | 'full' | 'unknown' | 'state' | 'reason' | 'until' | 'category')
  | ('batch' | 'month-full')

/** The desk. */
export interface ConcessionDesk {
  file(json: unknown): Promise<Verdict<{ id: string }, ConcessionDeskCode>>
  /** Where a claim stands, for who has its ticket. */
  ask(id: unknown, ticket: unknown): Verdict<ConcessionEntry, 'unknown'>
  entries(): readonly ConcessionEntry[]
  grant(id: string, category: unknown, untilS: unknown): Promise<Verdict<ConcessionEntry, ConcessionDeskCode>>
  refuse(id: string, reason: unknown): Promise<Verdict<ConcessionEntry, ConcessionDeskCode>>
  revoke(id: string, reason: unknown): Promise<Verdict<ConcessionEntry, ConcessionDeskCode>>
  /** One credential for each key, in their order; all of a month alike but for key, salt, status number and signature. */
  issue(id: string, holders: readonly PublicJwk[]): Promise<Verdict<readonly string[], ConcessionDeskCode>>
  /** The signed status list of this month's credentials. */
  statusList(): Promise<string>
}

/** Credentials in one batch, at most. */
export const BATCH_MOST = 20
/** Credentials for one right in a month, at most. */
const MONTH_MOST = 120
/** Entries of the list: as many as a reader takes at two bits each. */
const SIZE = 524_288
/** A list fuller than this gives no more numbers by chance. */
const FULL = SIZE * 0.9
const MOST_WAITING = 1_000
const MOST_ENTRIES = 100_000
const YEAR_S = 365 * 86_400
const LIST_LIFE_S = 3_600

/** Address of the status list of an office. */
export const concessionListUri = (url: string): string => `${url}/permits/concessions/status`

/** Opens the desk over its log; torn lines are passed over. */
export async function openConcessionDesk(deps: ConcessionDeps): Promise<ConcessionDesk> {
  const { log, signing, url, now, random, automatic, onLine } = deps
  const register = emptyConcessions()
  const { entries, statuses } = register
  for (const text of await log.read()) {
    const line = lineOf(text)
    if (line && takeConcessionLine(register, line)) onLine?.(line, entries.get(line.id)!)
  }
  const nowS = () => Math.floor(now() / 1_000)
  let tail: Promise<unknown> = Promise.resolve()
  /** One change at a time: the log and the memory go together. */
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = tail.then(run)
    tail = done.catch(() => undefined)
    return done
  }
  const write = async (line: ConcessionLine): Promise<ConcessionEntry> => {
    await log.append(JSON.stringify(line))
    takeConcessionLine(register, line)
    const entry = entries.get(line.id)!
    onLine?.(line, entry)
    return entry
  }
  const change = (id: string, line: Verdict<ConcessionLine, ConcessionDeskCode>) =>
    inTurn(async (): Promise<Verdict<ConcessionEntry, ConcessionDeskCode>> => {
      if (!entries.has(id)) return reject('unknown')
      if (line.verdict !== 'accept') return line
      return fitsConcessions(register, line.value) ? accept(await write(line.value)) : ignore('state')
    })
  const decision = (id: string, type: 'refused' | 'revoked', reason: unknown) =>
    change(id, isReason(reason) ? accept({ type, id, atMs: now(), reason }) : reject('reason'))
  const grant = (id: string, category: unknown, untilS: unknown) => {
    if (!CONCESSIONS.includes(category as Concession)) return change(id, reject('category'))
    const most = nowS() + 5 * YEAR_S
    if (!Number.isSafeInteger(untilS) || (untilS as number) <= nowS() || (untilS as number) > most)
      return change(id, reject('until'))
    const right = { category: category as Concession, untilS: untilS as number }
    return change(id, accept({ type: 'granted', id, atMs: now(), ...right }))
  }
  const decideAtOnce = async (id: string, filed: FiledClaim, key: CryptoKeyPair) => {
    const opened = await openClaim(key, filed)
    if (opened.verdict !== 'accept') return decision(id, 'refused', 'other')
    return grant(id, opened.value.category, nowS() + YEAR_S)
  }
  /** Numbers that the month has not given out, drawn by chance: neighbours on the list are no neighbours in life. */
  const freeIndexes = (count: number): number[] => {
    const drawn = new Set<number>()
    while (drawn.size < count) {
      const index = new DataView(random(4).buffer).getUint32(0) % SIZE
      if (!statuses.has(index)) drawn.add(index)
    }
    return [...drawn]
  }

  return {
    async file(json) {
      const filed = filedOf(json)
      if (filed.verdict !== 'accept') return filed
      const id = hexDigits(random(16))
      const taken = await inTurn(async (): Promise<Verdict<{ id: string }, ConcessionDeskCode>> => {
        const waiting = [...entries.values()].filter(each => each.state === 'waiting')
        if (waiting.length >= MOST_WAITING) return ignore('crowded')
        if (entries.size >= MOST_ENTRIES) return ignore('full')
        await write({ type: 'applied', ...filed.value, id, atMs: now() })
        return accept({ id })
      })
      if (taken.verdict === 'accept' && automatic) await decideAtOnce(id, filed.value, automatic)
      return taken
    },
    ask(id, ticket) {
      const entry = typeof id === 'string' ? entries.get(id) : undefined
      const shown = isHex(ticket, 32) ? toHex(sha256(fromHex(ticket))) : null
      return entry && shown === entry.ticket ? accept(entry) : reject('unknown')
    },
    entries: () => [...entries.values()],
    grant,
    refuse: (id, reason) => decision(id, 'refused', reason),
    revoke: (id, reason) => decision(id, 'revoked', reason),
    issue: (id, holders) =>
      inTurn(async (): Promise<Verdict<readonly string[], ConcessionDeskCode>> => {
        const entry = entries.get(id)
        if (!entry?.category) return reject('unknown')
        if (entry.state !== 'granted') return ignore('state')
        if (entry.untilS <= nowS()) return ignore('until')
        if (holders.length < 1 || holders.length > BATCH_MOST || hasTwins(holders)) return reject('batch')
        const { name: month, fromS, untilS } = concessionMonth(nowS())
        const { category, issued } = entry
        const before = issued?.month === month ? issued.indexes.length : 0
        if (before + holders.length > MONTH_MOST) return ignore('month-full')
        if (register.month === month && statuses.size + holders.length > FULL) return ignore('full')
        const indexes = freeIndexes(holders.length)
        const credentials = await Promise.all(
          holders.map((holder, i) => {
            const status = { index: indexes[i]!, uri: concessionListUri(url) }
            const times = { issuedAtS: fromS, untilS }
            const issuance = {
              kind: 'concession',
              claims: { category },
              issuer: url,
              holder,
              ...times,
              status,
            } as const
            return issueCredential(signing, issuance, random)
          }),
        )
        await write({ type: 'issued', id, atMs: now(), month, indexes })
        return accept(credentials)
      }),
    statusList: () =>
      signStatusList(signing, statuses, {
        uri: concessionListUri(url),
        issuedAtS: nowS(),
        untilS: nowS() + LIST_LIFE_S,
        size: SIZE,
      }),
  }
}

const isReason = (reason: unknown): reason is Reason => REASONS.includes(reason as Reason)

/** A key that two credentials share would tie their showings together. */
const hasTwins = (keys: readonly PublicJwk[]): boolean => new Set(keys.map(({ x }) => x)).size < keys.length

function filedOf(json: unknown): Verdict<FiledClaim, 'form' | 'size'> {
  const { ticket, sealed } = (json ?? {}) as Partial<FiledClaim>
  const bytes = typeof sealed === 'string' ? fromBase64url(sealed) : null
  if (!isHex(ticket, 32) || !bytes) return reject('form')
  if (bytes.length > SEALED_FORM_MAX || bytes.length < 512) return reject('size')
  return accept({ ticket: ticket.toLowerCase() as Hex, sealed: sealed as string })
}

function lineOf(text: string): ConcessionLine | null {
  try {
    const line = JSON.parse(text) as ConcessionLine
    return typeof line === 'object' && line !== null && typeof line.id === 'string' ? line : null
  } catch {
    return null
  }
}
