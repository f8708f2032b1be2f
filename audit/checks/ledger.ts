import { fromHex } from '@hexhail/protocol/hex.ts'
import { holidaysOf } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffClass, TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Books, PermitSpan, Span, TariffEntry, VehicleSpan, VoidNumber } from './books.ts'
import { createKeyIndex } from './key-index.ts'
import { createZoneFinder, type ZoneFinder } from './zone-finder.ts'

/** A tariff made ready for many looks. */
export interface ReadyTariff extends TariffEntry {
  /** Of the document; null without one. */
  readonly ready: {
    readonly document: TariffDocument
    readonly zones: ZoneFinder
    readonly holidays: ReadonlySet<number>
    readonly classes: readonly TariffClass[]
  } | null
}

/** A span with its credential as bytes. */
export interface ReadySpan<S> {
  readonly span: S
  readonly credential: Uint8Array | null
}

/** Spans by a key of bytes. */
export interface Spans<S extends Span> {
  /** The spans of the key at a place. */
  of(bytes: Uint8Array, at: number): readonly ReadySpan<S>[]
}

/** Books with look-up tables: made once a thread. */
export interface Ledger {
  readonly books: Books
  tariff(id: number): ReadyTariff | undefined
  readonly permits: Spans<PermitSpan> | null
  readonly vehicles: Spans<VehicleSpan> | null
  /** How many numbers of a shift, the 16 bytes at a place, were filed as void between two numbers. */
  voidsBetween(shift: Uint8Array, at: number, after: number, until: number): number
}

/** Makes the look-up tables. */
export function createLedger(books: Books): Ledger {
  const tariffs = new Map<number, ReadyTariff>(books.tariffs.map(entry => [entry.id, readyTariff(entry)]))
  return {
    books,
    tariff: id => tariffs.get(id),
    permits: books.permits && spansBy(20, books.permits, span => span.driver),
    vehicles: books.vehicles && spansBy(32, books.vehicles, span => span.credential),
    voidsBetween: voidsBy(books.voids ?? []),
  }
}

function readyTariff(entry: TariffEntry): ReadyTariff {
  const { document } = entry
  const ready = document && {
    document,
    zones: createZoneFinder(document),
    holidays: holidaysOf(document),
    classes: document.classes,
  }
  return { ...entry, ready }
}

function spansBy<S extends Span & { readonly credential: Hex | null }>(
  width: number,
  spans: readonly S[],
  keyOf: (span: S) => Hex,
): Spans<S> {
  const index = createKeyIndex(width)
  const byKey: ReadySpan<S>[][] = []
  for (const span of spans) {
    const key = index.add(fromHex(keyOf(span), width), 0)
    byKey[key] = [
      ...(byKey[key] ?? []),
      { span, credential: span.credential && fromHex(span.credential, 32) },
    ]
  }
  const none: readonly ReadySpan<S>[] = []
  return {
    of(bytes, at) {
      const key = index.find(bytes, at)
      return key < 0 ? none : byKey[key]!
    },
  }
}

function voidsBy(voids: readonly VoidNumber[]): Ledger['voidsBetween'] {
  const index = createKeyIndex(16)
  const byShift: Set<number>[] = []
  for (const { shift, shiftSeq } of voids) {
    const key = index.add(fromHex(shift, 16), 0)
    byShift[key] = (byShift[key] ?? new Set()).add(shiftSeq)
  }
  return (shift, at, after, until) => {
    const key = index.find(shift, at)
    if (key < 0) return 0
    let count = 0
    for (const number of byShift[key]!) if (number > after && number < until) count++
    return count
  }
}
