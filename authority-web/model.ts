import { importAuditKeys } from '@hexhail/audit/audit-key.ts'
import { auditFare, type FareTariff, fareTariff } from '@hexhail/audit/checks/fare-audit.ts'
import type { Spent } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import type { AuditRow, Settled } from '@hexhail/audit/settled.ts'
import { byCell, type CellSums, type Sums, summarize } from '@hexhail/audit/summary.ts'
import type { Permit } from '@hexhail/chain/ports.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { sealKeyFrom } from '@hexhail/protocol/seal.ts'
import { levyOf, type Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { EVERYTHING, type Filter, passes } from './filter.ts'
import { createLedger, type Dispute, type Running } from './ledger.ts'
import type { AuthorityPorts } from './ports.ts'
import { createRecordBook } from './record-book.ts'
import type { LeviedPayout } from './treasury.ts'

/** What there is of a connection: not tried yet, answering, or away (it is tried again by itself). */
export type Link = 'starting' | 'up' | 'down'
/** Whether this device can open records. */
export type KeyState = 'loading' | 'none' | 'ready'
/** Why a key was not taken: it is none, it is another authority's, or the browser keeps nothing. */
export type KeyFault = 'key' | 'other' | 'storage'
/** What chain or log says when it is asked again: it stands, is gone, or nobody answers. */
export type Proof = 'proved' | 'gone' | 'away'
/** Payments that no receipt stands behind: claims, cancels and disputes. */
export interface OtherPay {
  readonly count: number
  readonly levy: bigint
}

/** The authority's page without its looks. */
export interface AuthorityModel extends AsyncDisposable {
  readonly key: ReadonlySignal<KeyState>
  readonly chain: ReadonlySignal<Link>
  readonly desk: ReadonlySignal<Link>
  readonly caughtUp: ReadonlySignal<boolean>
  /** All settlements of this authority's tariffs, newest first. */
  readonly rows: ReadonlySignal<readonly AuditRow[]>
  readonly filter: Signal<Filter>
  /** The settlements that the filter lets through, newest first. */
  readonly shown: ReadonlySignal<readonly AuditRow[]>
  readonly sums: ReadonlySignal<Sums>
  readonly cells: ReadonlySignal<readonly CellSums[]>
  readonly otherPay: ReadonlySignal<OtherPay>
  /** What `otherPay` adds up, in the order of the chain. */
  readonly payouts: ReadonlySignal<readonly LeviedPayout[]>
  /** Contested trips that wait for a ruling, the nearest deadline first. */
  readonly disputes: ReadonlySignal<readonly Dispute[]>
  /** Trips of this authority's tariffs whose money is held now. */
  readonly running: ReadonlySignal<readonly Running[]>
  /** Known tariffs by number. */
  readonly tariffs: ReadonlySignal<ReadonlyMap<number, Tariff>>
  /** Takes the audit key in; null = taken. */
  importKey(text: string): Promise<KeyFault | null>
  forgetKey(): Promise<void>
  row(terms: string): AuditRow | undefined
  /** What is filed for a trip, as it was filed. */
  sealedOf(terms: Hex): readonly Uint8Array[]
  /** Asks the chain again whether an event stands. */
  prove(fact: ChainFact): Promise<Proof>
  /** Asks the chain whether money is held for this trip now, or its case is open. */
  proveRunning(trip: Running): Promise<Proof>
  permit(driver: Hex): Promise<Permit>
  /** Levy of a tariff that waits on the chain to be collected, minor units. */
  pot(tariff: number): Promise<bigint>
  /** What was released of open figures, oldest first. */
  releases(): Promise<readonly Spent[]>
  /** Now, by the page's clock. */
  nowMs(): number
  /** Minutes that the reader's clock is east of UTC now. */
  offsetMin(): number
}

const POLL_MS = 3_000
const CLOCK_MS = 30_000

/** Starts following the chain and the desk. */
export function createAuthorityModel(ports: AuthorityPorts): AuthorityModel {
  const { reader, follower, now, report } = ports
  const ledger = createLedger()
  const book = createRecordBook(ports.desk)
  const key = signal<KeyState>('loading')
  const chain = signal<Link>('starting')
  const desk = signal<Link>('starting')
  const caughtUp = signal(false)
  const rows = signal<readonly AuditRow[]>([])
  const otherPay = signal<OtherPay>({ count: 0, levy: 0n })
  const payouts = signal<readonly LeviedPayout[]>([])
  const disputes = signal<readonly Dispute[]>([])
  const running = signal<readonly Running[]>([])
  const tariffs = signal<ReadonlyMap<number, Tariff>>(new Map())
  const filter = signal<Filter>(EVERYTHING)
  const clock = signal(now())
  const asked = new Set<number>()
  const fareTariffs = new Map<number, FareTariff>()
  let known = new Map<Hex, AuditRow>()
  let stopped = false

  const wantTariff = (id: number): Tariff | undefined => {
    const found = tariffs.peek().get(id)
    if (found || asked.has(id)) return found
    asked.add(id)
    const load = async (): Promise<Tariff> => {
      const tariff = await reader.tariff(id)
      const found = await ports.find?.(tariff)
      const by = found?.state === 'checked' ? { document: found.signed.document, class: found.class } : null
      fareTariffs.set(id, fareTariff(id, tariff, by, ports.speed))
      return tariff
    }
    load().then(
      tariff => {
        tariffs.value = new Map([...tariffs.peek(), [id, tariff]])
        redraw()
      },
      error => {
        asked.delete(id)
        report(error)
      },
    )
    return undefined
  }

  /** Tariffs of other authorities use the same vault; this page is of one. */
  const isOurs = (id: number): boolean => {
    const own = wantTariff(ports.tariffId)?.authority
    const its = wantTariff(id)?.authority
    return own !== undefined && its === own
  }

  const rowOf = (fact: Settled): AuditRow => {
    const before = known.get(fact.terms)
    const { filing, record } = book.look(fact)
    const tariff = record && wantTariff(fact.tariff) && fareTariffs.get(fact.tariff)
    if (
      before?.fact === fact &&
      before.filing === filing &&
      before.record === record &&
      (before.audit || !tariff)
    )
      return before
    return {
      fact,
      filing,
      record,
      audit: record && tariff ? auditFare(tariff, record, fact) : null,
    }
  }

  const build = (): void => {
    if (stopped) return
    const next = ledger
      .settlements()
      .filter(fact => isOurs(fact.tariff))
      .map(rowOf)
    known = new Map(next.map(row => [row.fact.terms, row]))
    const pay = ledger.payouts().flatMap(each => {
      const { tariff } = each
      if (tariff === null || !isOurs(tariff)) return []
      return { ...each, tariff, levy: levyOf(tariffs.peek().get(tariff) as Tariff, each.amount) }
    })
    batch(() => {
      rows.value = next.reverse()
      payouts.value = pay
      otherPay.value = { count: pay.length, levy: pay.reduce((sum, { levy }) => sum + levy, 0n) }
      disputes.value = ledger.disputes().filter(({ tariff }) => tariff !== null && isOurs(tariff))
      running.value = ledger.running().filter(({ fact }) => isOurs(fact.tariff))
      clock.value = now()
    })
  }

  let due = false
  const redraw = (): void => {
    if (due) return
    due = true
    queueMicrotask(() => {
      due = false
      build()
    })
  }

  let polling = false
  const poll = async (): Promise<void> => {
    if (polling || stopped) return
    polling = true
    try {
      if (await book.refresh()) redraw()
      desk.value = 'up'
    } catch (error) {
      desk.value = 'down'
      report(error)
    }
    polling = false
  }

  const useKeys = async (pairs: readonly CryptoKeyPair[] | null): Promise<void> => {
    await book.useKeys(pairs ?? [])
    key.value = pairs ? 'ready' : 'none'
    redraw()
  }

  const stops = [
    follower.on(change => {
      ledger.take(change)
      redraw()
    }),
    follower.onStatus(up => {
      chain.value = up ? 'up' : 'down'
      if (up) redraw() // asks again for a tariff that did not come
    }),
    ports.every(POLL_MS, () => void poll()),
    ports.every(CLOCK_MS, redraw), // the period moves on; a tariff that did not come is asked for again
  ]
  follower.caughtUp().then(() => {
    if (chain.value === 'starting') chain.value = 'up'
    caughtUp.value = true
  }, report)
  wantTariff(ports.tariffId)
  const loaded = ports.shelf
    .load()
    .then(async pairs => useKeys(pairs?.[0] && (await isOurKey(pairs[0], ports.auditKey)) ? pairs : null))
    .catch(error => {
      report(error)
      return useKeys(null)
    })
  void poll()

  const proofOf = async (ask: () => Promise<boolean>): Promise<Proof> => {
    try {
      return (await ask()) ? 'proved' : 'gone'
    } catch (error) {
      report(error)
      return 'away'
    }
  }
  const shown = computed(() => rows.value.filter(row => passes(filter.value, row, clock.value)))
  return {
    key,
    chain,
    desk,
    caughtUp,
    rows,
    filter,
    shown,
    otherPay,
    payouts,
    disputes,
    running,
    tariffs,
    sums: computed(() => summarize(shown.value)),
    cells: computed(() => byCell(shown.value)),
    async importKey(text) {
      const taken = await importAuditKeys(text, ports.auditKey)
      if (taken.verdict !== 'accept') return taken.code
      await loaded // or an older key would come in last
      let fault: KeyFault | null = null
      await ports.shelf.save(taken.value).catch(error => {
        report(error)
        fault = 'storage'
      })
      await useKeys(taken.value) // without a shelf it still opens records until the page closes
      return fault
    },
    async forgetKey() {
      await ports.shelf.remove()
      await useKeys(null)
    },
    row: terms => known.get(terms as Hex),
    sealedOf: book.sealedOf,
    releases: () => ports.desk.releases(),
    nowMs: now,
    offsetMin: () => -new Date(now()).getTimezoneOffset(),
    prove: fact => proofOf(() => reader.proves(fact)),
    proveRunning: ({ fact }) =>
      proofOf(async () => {
        const { held, terms } = await reader.lane(fact.rider, fact.lane)
        return (held > 0n && terms === fact.terms) || (await reader.caseEndsS(fact.terms)) > 0
      }),
    pot: tariff => reader.levy(tariff),
    permit: driver => {
      const authority = tariffs.peek().get(ports.tariffId)?.authority
      return authority
        ? reader.permit(authority, driver)
        : Promise.reject(new Error('the tariff is not read yet'))
    },
    async [Symbol.asyncDispose]() {
      stopped = true
      for (const stop of stops) stop()
      await follower[Symbol.asyncDispose]()
    },
  }
}

/** A key that was kept from before the authority's key was changed opens nothing. */
async function isOurKey(pair: CryptoKeyPair, publicKey: Hex): Promise<boolean> {
  return toHex((await sealKeyFrom(pair)).publicKey) === publicKey.toLowerCase()
}
