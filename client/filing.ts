import { fromHex, hexDigits } from '@hexhail/protocol/hex.ts'
import { isMonthKey, type MonthKey, monthOf } from '@hexhail/protocol/month-key.ts'
import { createSealContext, type SealContext, sealRecordAt } from '@hexhail/protocol/record-seal.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ClientPorts } from './ports.ts'
import { randomShare } from './random-share.ts'

/** Something to file for a trip. */
export interface ToFile {
  readonly terms: Hex
  /** Kind byte and body: record-envelope.ts. */
  readonly plain: Uint8Array
  /** Which message of which shift it is; null = a context of its own. */
  readonly place: { readonly shift: Hex; readonly shiftSeq: number } | null
  /** True: only when nobody has filed for the trip by then. */
  readonly spare: boolean
}

/**
 * Keeps what is to be filed until the desk has it: through reloads, days without network and a desk that is away. What was
 * sealed once is sent as it was, so that no number of a context ever seals two things.
 */
export interface Filing {
  /** Resolves when it is kept. What is kept again for a trip takes the place of what was. */
  keep(what: ToFile): Promise<void>
  /** Tries what is due now; runs by itself as well. */
  run(): Promise<void>
  stop(): void
}

interface Kept extends ToFile {
  readonly dueMs: number
  readonly sealed: Uint8Array | null
}

interface KeptContext {
  readonly context: SealContext
  readonly madeAtMs: number
  /** Numbers that have sealed something. */
  readonly used: readonly number[]
}

const ITEM = 'filing/item/'
const CONTEXT = 'filing/context/'
const EVERY_MS = 15_000
/** A rider waits for the driver to file, and a while longer, so that the moment says nothing. Ms. */
const SPARE_MS = 600_000
/** Contexts of shifts are kept so long, ms: a booked ride may be closed a day after its shift. */
const CONTEXT_MS = 4 * 86_400_000
/** Digits of a trip's name that are said when the desk is asked for it: one of 4,096 groups. */
const PREFIX = 3

/** Starts filing what is kept. */
export function createFiling(
  ports: Pick<ClientPorts, 'store' | 'audit' | 'chainId' | 'rules' | 'now' | 'every' | 'random' | 'report'>,
): Filing {
  const { store, audit, chainId, rules, now, random, report } = ports
  const { authority } = rules.tariff

  const keyOfMonth = async (): Promise<MonthKey | null> => {
    const month = monthOf(now())
    const keys = (await audit.keys()).filter(key => key.month === month)
    return keys.find(key => isMonthKey(chainId, authority, key)) ?? null
  }
  const newContext = async (): Promise<SealContext | null> => {
    const key = await keyOfMonth()
    return key && createSealContext({ authority, month: key.month, publicKey: fromHex(key.publicKey, 32) })
  }
  /** The context of a shift stays with the month that it began in. */
  const shiftOf = async (shift: Hex): Promise<KeptContext | null> => {
    const kept = await store.get<KeptContext>(CONTEXT + shift)
    if (kept) return kept
    const context = await newContext()
    const made = context && { context, madeAtMs: now(), used: [] }
    if (made) await store.set(CONTEXT + shift, made)
    return made
  }
  const seal = async ({ place, terms, plain }: Kept): Promise<Uint8Array | null> => {
    const shift = place && (await shiftOf(place.shift))
    if (place && !shift) return null
    // A trip that came back to life after its void was filed is filed by itself: one number seals one thing.
    if (place && shift && !shift.used.includes(place.shiftSeq))
      return sealRecordAt(shift.context, place.shiftSeq, terms, plain)
    const context = await newContext()
    return context && sealRecordAt(context, 0, terms, plain)
  }
  const markUsed = async (place: ToFile['place']): Promise<void> => {
    const shift = place && (await store.get<KeptContext>(CONTEXT + place.shift))
    if (!place || !shift || shift.used.includes(place.shiftSeq)) return
    await store.set(CONTEXT + place.shift, { ...shift, used: [...shift.used, place.shiftSeq] })
  }

  const one = async (name: string): Promise<void> => {
    const item = await store.get<Kept>(name)
    if (!item || item.dueMs > now()) return
    if (
      item.spare &&
      (await audit.filed(hexDigits(fromHex(item.terms)).slice(0, PREFIX))).includes(item.terms)
    )
      return store.delete(name)
    const sealed = item.sealed ?? (await seal(item))
    if (sealed === null) return // the authority has published no key for this month yet
    if (item.sealed === null) await store.set(name, { ...item, sealed })
    await markUsed(item.place)
    await audit.file(item.terms, sealed)
    await store.delete(name)
  }
  const tidy = async (): Promise<void> => {
    for (const name of await store.keys(CONTEXT)) {
      const kept = await store.get<KeptContext>(name)
      if (kept && kept.madeAtMs < now() - CONTEXT_MS) await store.delete(name)
    }
  }

  let busy: Promise<void> | null = null
  const runAll = async (): Promise<void> => {
    for (const name of await store.keys(ITEM)) await one(name).catch(report)
    await tidy()
  }
  const run = (): Promise<void> => {
    busy ??= runAll()
      .catch(report)
      .finally(() => {
        busy = null
      })
    return busy
  }
  const stop = ports.every(EVERY_MS, () => void run())
  return {
    async keep(what) {
      const name = `${ITEM}${what.terms}`
      const there = await store.get<Kept>(name)
      if (there?.sealed) await markUsed(there.place)
      const dueMs = there?.dueMs ?? (what.spare ? now() + SPARE_MS * (1 + randomShare(random)) : now())
      const kept: Kept = { ...what, dueMs, sealed: null }
      await store.set(name, kept)
      void run()
    },
    run,
    stop,
  }
}
