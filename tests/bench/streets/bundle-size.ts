import { brotliCompressSync, constants } from 'node:zlib'
import { packBundle, unpackBundle } from '@hexhail/streets/bundle.ts'

/** A city's bundle, brotli 11, kB of 1000 bytes: all of it, and without the map, the places and the addresses. */
export interface BundleSize {
  readonly allKb: number
  readonly routingKb: number
}

/** Weighs a bundle. */
export function bundleSize(bundle: Uint8Array): BundleSize {
  const opened = unpackBundle(bundle)
  if (opened.verdict !== 'accept') throw new Error(`These bytes are no city: ${opened.code}.`)
  const routing = [...opened.value].filter(([name]) => /^(info|names|st\.|order-)/.test(name))
  return { allKb: brotliKb(bundle), routingKb: brotliKb(packBundle(new Map(routing))) }
}

/** Brotli 11, kB of 1000 bytes. */
export function brotliKb(bytes: Uint8Array): number {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return brotliCompressSync(bytes, { params }).length / 1000
}
