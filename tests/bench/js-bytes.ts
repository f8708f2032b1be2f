import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** The JavaScript of a built app, brotli 11, kB of 1000 bytes. */
export interface JsBytes {
  /** Every script that the app can ever load, workers too. */
  readonly allKb: number
  /** What its first screen waits for: the entry and what the entry imports. */
  readonly firstKb: number
  readonly files: number
}

/** Weighs the scripts of a built app. */
export function jsBytes(dir: string): JsBytes {
  const scripts = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js'))
  const page = readFileSync(join(dir, 'index.html'), 'utf8')
  const first = new Set(
    [...page.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\/?(?:\.\/)?([^"]+\.js)"/g)].map(m => m[1]!),
  )
  const kbOf = (name: string): number =>
    brotliCompressSync(readFileSync(join(dir, name)), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    }).length / 1000
  const sizes = scripts.map(name => ({ name, kb: kbOf(name) }))
  const sum = (list: readonly { readonly kb: number }[]) =>
    Math.round(list.reduce((all, { kb }) => all + kb, 0) * 10) / 10
  return {
    allKb: sum(sizes),
    firstKb: sum(sizes.filter(({ name }) => first.has(name))),
    files: scripts.length,
  }
}
