import type { LooksAt, TripBatch } from './trip-batch.ts'

/**
 * How trips become the bytes of files. But for `rests` no batch knows of another, so that several threads may do it.
 * `N`: what is told of a batch besides its bytes; plain data.
 */
export interface Format<N> {
  readonly looksAt: LooksAt
  /** How many sums go on from each batch to the next; begun with 0. */
  readonly rests?: number
  /** Moves the rests past a batch as `format` does, without its bytes. */
  carry?(batch: TripBatch, rests: Float64Array): void
  /** Bytes for each file, good until the next batch; moves the rests past it. */
  format(batch: TripBatch, rests: Float64Array): { readonly parts: readonly Uint8Array[]; readonly notes: N }
}

/** A batch that was formatted. */
export interface Formatted<N> {
  /** Trips in it. */
  readonly count: number
  readonly parts: readonly Uint8Array[]
  readonly notes: N
  /** Rests after it. */
  readonly rests: Float64Array
}

/** A module whose `createFormat(options)` is a `Format`; the options are plain data. */
export interface FormatModule {
  readonly module: string
  readonly options: unknown
}

/** Loads a format into this thread. */
export async function loadFormat<N>({ module, options }: FormatModule): Promise<Format<N>> {
  const { createFormat } = (await import(module)) as { createFormat: (options: unknown) => Format<N> }
  return createFormat(options)
}
