/** The permit office at work: takes applications, hears officers, issues credentials, and keeps chain and list alike. */
import { fromHex, hexDigits, isHex, toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import {
  type Application,
  checkApplication,
  driverClaimsOf,
  type FiledApplication,
  isFromAccount,
  openApplication,
} from './application.ts'
import { fromBase64url } from './base64url.ts'
import { credentialHash } from './credential-hash.ts'
import type { PublicJwk, Signing } from './es256.ts'
import { issueCredential } from './issue.ts'
import {
  type Entry,
  emptyRegister,
  fitsRegister,
  REASONS,
  type Reason,
  type RegisterLine,
  takeLine,
} from './register.ts'
import { SEALED_FORM_MAX } from './sealed-form.ts'
import { LIST_SIZE, signStatusList } from './status-list.ts'
import { accountDid } from './vct.ts'

/** The authority's lists on the chain. Each resolves once mined. */
export interface PermitChain {
  grant(grant: { driver: Hex; untilS: number; credential: Hex }): Promise<unknown>
  revoke(driver: Hex): Promise<unknown>
  grantVehicle(grant: { vehicle: Hex; keeper: Hex; untilS: number; credential: Hex }): Promise<unknown>
  revokeVehicle(vehicle: Hex): Promise<unknown>
}

/** What an office stands on. */
export interface OfficeDeps {
  /** Lines that stay. */
  readonly log: { read(): Promise<readonly string[]>; append(line: string): Promise<void> }
  readonly chain: PermitChain
  readonly signing: Signing
  /** Secret of the authority that cars' names on the chain are salted with. */
  readonly salt: Uint8Array
  readonly chainId: number
  readonly permits: Hex
  readonly url: string
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
  /** Opens applications and grants at once; null: an officer decides. */
  readonly automatic: CryptoKeyPair | null
  /** Told each line of the register with its entry, those of earlier runs first; it must not throw. */
  readonly onLine?: (line: RegisterLine, entry: Entry) => void
}

/** Why the office does not do it. */
export type DeskCode =
  | 'form'
  | 'size'
  | 'signature'
  | 'crowded'
  | 'full'
  | 'unknown'
  | 'state'
  | 'reason'
  | 'until'

/** The office. */
export interface OfficeDesk {
  file(json: unknown): Promise<Verdict<{ id: string }, DeskCode>>
  /** Where an application stands, for who has its ticket. */
  ask(id: unknown, ticket: unknown): Verdict<Entry, 'unknown'>
  entries(): readonly Entry[]
  grant(id: string, application: unknown, untilS: unknown): Promise<Verdict<Entry, DeskCode>>
  refuse(id: string, reason: unknown): Promise<Verdict<Entry, DeskCode>>
  stop(id: string, state: 'suspended' | 'revoked', reason: unknown): Promise<Verdict<Entry, DeskCode>>
  reinstate(id: string): Promise<Verdict<Entry, DeskCode>>
  /** Issues a credential to a holder's key and puts its hash on the chain; the earlier one of that kind ends. */
  issue(id: string, kind: 'driver' | 'vehicle', holder: PublicJwk): Promise<Verdict<string, DeskCode>>
  /** The signed status list as it stands. */
  statusList(): Promise<string>
}

const MOST_WAITING = 3
const MOST_ENTRIES = 100_000
const YEAR_S = 365 * 86_400
const LIST_LIFE_S = 3_600

/** Opens the office over its log; torn lines are passed over. */
export async function openOfficeDesk(deps: OfficeDeps): Promise<OfficeDesk> {
  const { log, chain, signing, salt, chainId, permits, url, now, random, automatic, onLine } = deps
  const register = emptyRegister()
  const { entries, statuses } = register
  for (const text of await log.read()) {
    const line = lineOf(text)
    if (line && takeLine(register, line)) onLine?.(line, entries.get(line.id)!)
  }
  const nowS = () => Math.floor(now() / 1_000)
  let tail: Promise<unknown> = Promise.resolve()
  /** One change at a time: the log, the chain and the memory go together. */
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = tail.then(run)
    tail = done.catch(() => undefined)
    return done
  }
  const write = async (line: RegisterLine): Promise<Entry> => {
    await log.append(JSON.stringify(line))
    takeLine(register, line)
    const entry = entries.get(line.id)!
    onLine?.(line, entry)
    return entry
  }
  const change = (
    id: string,
    lineFor: (entry: Entry) => Verdict<RegisterLine, DeskCode>,
    onChain?: (entry: Entry) => Promise<void>,
  ) =>
    inTurn(async (): Promise<Verdict<Entry, DeskCode>> => {
      const entry = entries.get(id)
      if (!entry) return reject('unknown')
      const line = lineFor(entry)
      if (line.verdict !== 'accept') return line
      if (!fitsRegister(register, line.value)) return ignore('state')
      await onChain?.(entry)
      return accept(await write(line.value))
    })
  const vehicleOf = (plate: string, account: Hex): Hex =>
    toHex(
      hmac(sha256, salt, new TextEncoder().encode(`${plate.toUpperCase().replace(/\W/g, '')}\n${account}`)),
    )
  const freeIndex = (): number => {
    for (;;) {
      const index = new DataView(random(4).buffer).getUint32(0) % LIST_SIZE
      if (!statuses.has(index)) return index
    }
  }
  const grant = (id: string, application: unknown, untilS: unknown) =>
    change(id, entry => {
      const checked = checkApplication(application)
      if (checked.verdict !== 'accept') return reject('form')
      const claims = checked.value
      if (
        !Number.isSafeInteger(untilS) ||
        (untilS as number) <= nowS() ||
        (untilS as number) > nowS() + 5 * YEAR_S
      )
        return reject('until')
      const vehicle = vehicleOf(claims.car.plate, entry.account)
      return accept({ type: 'granted', id, atMs: now(), claims, untilS: untilS as number, vehicle })
    })
  const refuse = (id: string, reason: unknown) =>
    change(id, () =>
      isReason(reason) ? accept({ type: 'refused', id, atMs: now(), reason }) : reject('reason'),
    )
  const decideAtOnce = async (id: string, filed: FiledApplication, key: CryptoKeyPair) => {
    const opened = await openApplication(key, filed.account, fromBase64url(filed.sealed)!)
    if (opened.verdict !== 'accept') return refuse(id, 'other')
    if ([...entries.values()].some(each => each.account === filed.account && wasStopped(each)))
      return refuse(id, 'conduct')
    const papersS = paperEndS(opened.value)
    return papersS <= nowS() ? refuse(id, 'papers') : grant(id, opened.value, nowS() + YEAR_S)
  }

  /** A driver who applied anew has one permit: the chain holds the new one already. */
  const endFormer = async ({ id, account, vehicle }: Entry) => {
    for (const old of [...entries.values()]) {
      if (old.account !== account || old.id === id || old.state !== 'issued') continue
      if (old.vehicle && old.vehicle !== vehicle) await chain.revokeVehicle(old.vehicle)
      await write({ type: 'stopped', id: old.id, atMs: now(), state: 'revoked', reason: 'asked' })
    }
  }

  return {
    async file(json) {
      const filed = filedOf(json)
      if (filed.verdict !== 'accept') return filed
      if (!isFromAccount(chainId, permits, filed.value)) return reject('signature')
      const account = filed.value.account.toLowerCase() as Hex
      const id = hexDigits(random(16))
      const taken = await inTurn(async (): Promise<Verdict<{ id: string }, DeskCode>> => {
        const same = [...entries.values()].filter(each => each.account === account)
        if (same.filter(each => each.state === 'waiting').length >= MOST_WAITING) return ignore('crowded')
        if (entries.size >= MOST_ENTRIES) return ignore('full')
        await write({ type: 'applied', ...filed.value, account, id, atMs: now() })
        return accept({ id })
      })
      if (taken.verdict === 'accept' && automatic)
        await decideAtOnce(id, { ...filed.value, account }, automatic)
      return taken
    },
    ask(id, ticket) {
      const entry = typeof id === 'string' ? entries.get(id) : undefined
      const shown = isHex(ticket, 32) ? toHex(sha256(fromHex(ticket))) : null
      return entry && shown === entry.ticket ? accept(entry) : reject('unknown')
    },
    entries: () => [...entries.values()],
    grant,
    refuse,
    stop: (id, state, reason) =>
      change(
        id,
        () =>
          isReason(reason) ? accept({ type: 'stopped', id, atMs: now(), state, reason }) : reject('reason'),
        async entry => {
          if (entry.driverMark && entry.state === 'issued') await chain.revoke(entry.account)
          if (entry.vehicle && entry.vehicleMark && state === 'revoked')
            await chain.revokeVehicle(entry.vehicle)
        },
      ),
    reinstate: id =>
      change(
        id,
        () => accept({ type: 'reinstated', id, atMs: now() }),
        async ({ account, driverMark }) => {
          if (driverMark)
            await chain.grant({ driver: account, untilS: driverMark.untilS, credential: driverMark.hash })
        },
      ),
    issue: (id, kind, holder) =>
      inTurn(async (): Promise<Verdict<string, DeskCode>> => {
        const entry = entries.get(id)
        if (!entry?.claims || !entry.vehicle) return reject('unknown')
        if (entry.state !== 'granted' && entry.state !== 'issued') return ignore('state')
        const { account, claims, vehicle } = entry
        const untilS = kind === 'driver' ? entry.untilS : Math.min(entry.untilS, paperEndS(claims))
        if (untilS <= nowS()) return ignore('until')
        const index = freeIndex()
        const status = { index, uri: `${url}/permits/status` }
        const shared = { issuer: url, holder, issuedAtS: nowS(), untilS, status }
        const credential =
          kind === 'driver'
            ? await issueCredential(
                signing,
                { ...shared, kind, claims: driverClaimsOf(claims, accountDid(chainId, account)) },
                random,
              )
            : await issueCredential(signing, { ...shared, kind, claims: claims.car }, random)
        const hash = credentialHash(credential)
        if (kind === 'driver') await chain.grant({ driver: account, untilS, credential: hash })
        else await chain.grantVehicle({ vehicle, keeper: account, untilS, credential: hash })
        await write({ type: 'issued', id, atMs: now(), kind, mark: { hash, index, untilS } })
        if (kind === 'driver') await endFormer(entry)
        return accept(credential)
      }),
    statusList: () =>
      signStatusList(signing, statuses, {
        uri: `${url}/permits/status`,
        issuedAtS: nowS(),
        untilS: nowS() + LIST_LIFE_S,
      }),
  }
}

const wasStopped = ({ state, reason }: Entry): boolean =>
  state === 'suspended' || (state === 'revoked' && reason !== 'asked')

const isReason = (reason: unknown): reason is Reason => REASONS.includes(reason as Reason)

/** The end of the last day of the paper that ends first, unix seconds. */
export function paperEndS({ car }: Pick<Application, 'car'>): number {
  const first = car.inspection < car.insurance ? car.inspection : car.insurance
  return Date.parse(`${first}T23:59:59Z`) / 1_000
}

function filedOf(json: unknown): Verdict<FiledApplication, 'form' | 'size'> {
  const { account, ticket, sealed, signature } = (json ?? {}) as Partial<FiledApplication>
  if (!isHex(account, 20) || !isHex(ticket, 32) || !isHex(signature, 65)) return reject('form')
  const bytes = typeof sealed === 'string' ? fromBase64url(sealed) : null
  if (!bytes) return reject('form')
  if (bytes.length > SEALED_FORM_MAX || bytes.length < 512) return reject('size')
  return accept({ account, ticket: ticket.toLowerCase() as Hex, sealed: sealed as string, signature })
}

function lineOf(text: string): RegisterLine | null {
  try {
    const line = JSON.parse(text) as RegisterLine
    return typeof line === 'object' && line !== null && typeof line.id === 'string' ? line : null
  } catch {
    return null
  }
}
