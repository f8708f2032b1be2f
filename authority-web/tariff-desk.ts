import type { AuditRow } from '@hexhail/audit/settled.ts'
import { diffTariffs, type TariffDiff } from '@hexhail/audit/tariff/diff.ts'
import type { Finding } from '@hexhail/audit/tariff/finding.ts'
import { lintTariff } from '@hexhail/audit/tariff/lint.ts'
import type { FoundDocument } from '@hexhail/audit/tariff/signed-tariff.ts'
import { type Simulated, simulate } from '@hexhail/audit/tariff/simulate.ts'
import { type PastTrip, tripColumns } from '@hexhail/audit/tariff/trip-columns.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { type TariffDocument, tariffDocument, tariffHash } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { putAt } from './put-at.ts'

/** Who signs: a key that was typed in, or a wallet of the browser. */
export type TariffHand =
  | { readonly kind: 'key'; readonly key: Hex }
  | { readonly kind: 'injected'; readonly provider: InjectedWallet }
/** A wallet as the browser hands it out (EIP-1193). */
export interface InjectedWallet {
  request(call: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>
}

/** What the desk needs of the world. */
export interface TariffDeskPorts {
  /** Fetches and checks the document that a tariff names. */
  find(tariff: Tariff): Promise<FoundDocument>
  /** Signs, gives to the audit node, publishes each class; resolves with the ids on the chain. */
  publish(hand: TariffHand, doc: TariffDocument): Promise<readonly number[]>
  readonly now: () => number
}

/** Drafts of tariffs: the form's model. What is typed may be no document yet, so a draft is plain JSON. */
export interface TariffDesk {
  readonly inForce: ReadonlySignal<FoundDocument | null>
  readonly draft: ReadonlySignal<unknown>
  readonly findings: ReadonlySignal<readonly Finding[]>
  /** The draft where it is a document. */
  readonly document: ReadonlySignal<TariffDocument | null>
  /** Against the one in force. */
  readonly diff: ReadonlySignal<TariffDiff | null>
  look(tariff: Tariff): void
  /** The next version of a document. */
  begin(from: TariffDocument): void
  /** Takes a file in; false: it is no JSON. */
  open(text: string): boolean
  put(path: string, value: unknown): void
  drop(): void
  simulate(rows: readonly AuditRow[]): { readonly before: Simulated | null; readonly after: Simulated } | null
  publish(hand: TariffHand): Promise<readonly number[]>
}

/** Makes a desk with nothing on it. */
export function createTariffDesk(ports: TariffDeskPorts): TariffDesk {
  const inForce = signal<FoundDocument | null>(null)
  const draft = signal<unknown>(null)
  let asked: Hex | null = null
  const document = computed(() => {
    const read = tariffDocument(draft.value)
    return 'document' in read ? read.document : null
  })
  const before = computed(() => (inForce.value?.state === 'checked' ? inForce.value.signed.document : null))
  return {
    inForce,
    draft,
    document,
    findings: computed(() => (draft.value === null ? [] : lintTariff(draft.value))),
    diff: computed(() => (before.value && document.value ? diffTariffs(before.value, document.value) : null)),
    look(tariff) {
      if (asked === tariff.document && inForce.peek()?.state !== 'away') return
      asked = tariff.document
      void ports.find(tariff).then(found => {
        inForce.value = found
      })
    },
    begin(from) {
      const nextHour = Math.ceil(ports.now() / 3_600_000 + 24) * 3_600
      draft.value = {
        ...from,
        version: from.version + 1,
        prev: tariffHash(from),
        validFrom: Math.max(nextHour, from.validFrom),
      }
    },
    open(text) {
      try {
        const json = JSON.parse(text) as { readonly document?: unknown } | null
        if (typeof json !== 'object' || json === null) return false
        draft.value = json.document ?? json
        return true
      } catch {
        return false
      }
    },
    put(path, value) {
      draft.value = putAt(draft.peek(), path, value)
    },
    drop() {
      draft.value = null
    },
    simulate(rows) {
      const after = document.value
      if (after === null) return null
      const trips = tripColumns(rows.flatMap(row => pastTrip(row, before.value ?? after, after) ?? []))
      if (trips.count === 0) return null
      return { before: before.value && simulate(before.value, trips), after: simulate(after, trips) }
    },
    publish: hand => ports.publish(hand, document.peek() as TariffDocument),
  }
}

/** A settlement whose record is opened, as a trip to reckon anew; null for one whose class the draft does not have. */
function pastTrip({ record, fact }: AuditRow, was: TariffDocument, is: TariffDocument): PastTrip | null {
  if (record === null || record.startedAtMs === 0) return null
  const id = was.classes[record.vehicleClass]?.id ?? ''
  const inBoth = [was, is].every(doc => doc.classes.some(each => each.id === id))
  if (!inBoth) return null
  return {
    class: id,
    metres: record.metres,
    secs: record.secs,
    waitS: record.waitSecs,
    startedAtS: Math.floor((record.startedAtMs || fact.timestampS * 1_000) / 1_000),
    pickup: record.pickupCell,
    dropoff: record.destCell,
  }
}
