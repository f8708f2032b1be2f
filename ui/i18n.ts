/** Texts by key in the reader's language: a small, typed subset of ICU (`{name}` and `{n, plural, one {…} other {…}}`). */

import { locale } from './locale.ts'

/** Texts of one language by key. */
export type Catalogue = Readonly<Record<string, string>>

/** Values for the holes of a text. */
export type Params = Readonly<Record<string, string | number>>

/** Looks a text up by key and fills its holes; reads the `locale` signal, so components redraw on a change. */
export type Translate<K extends string> = (key: K, params?: Params) => string

/** English is the law: every other catalogue has the same keys. */
export type Catalogues<E extends Catalogue> = { readonly en: E } & {
  readonly [lang: string]: { readonly [K in keyof E]: string }
}

/** `t` over the given catalogues; a language without a catalogue falls back to English. */
export function createT<const E extends Catalogue>(catalogues: Catalogues<E>): Translate<keyof E & string> {
  return (key, params) => {
    const tag = locale.value
    const texts: Catalogue = catalogues[tag] ?? catalogues[language(tag)] ?? catalogues.en
    const text = texts[key] ?? catalogues.en[key]
    return text === undefined ? key : fill(text, tag, params ?? {})
  }
}

/** Text with its holes filled; an unknown hole stays visible as `{name}`. */
export function fill(text: string, tag: string, params: Params): string {
  let out = ''
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) return out + text.slice(at)
    const close = matching(text, open)
    if (close < 0) return out + text.slice(at)
    out += text.slice(at, open) + hole(text.slice(open + 1, close), tag, params)
    at = close + 1
  }
  return out
}

function hole(body: string, tag: string, params: Params): string {
  const plural = /^\s*(\w+)\s*,\s*plural\s*,(.*)$/s.exec(body)
  if (plural === null) return String(params[body.trim()] ?? `{${body}}`)
  const n = Number(params[plural[1] as string] ?? 0)
  const cases = branches(plural[2] as string)
  const chosen =
    cases.get(`=${n}`) ?? cases.get(new Intl.PluralRules(tag).select(n)) ?? cases.get('other') ?? ''
  return fill(chosen.replaceAll('#', new Intl.NumberFormat(tag).format(n)), tag, params)
}

function branches(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    const close = matching(text, open)
    if (close < 0) break
    found.set(text.slice(at, open).trim(), text.slice(open + 1, close))
    at = close + 1
  }
  return found
}

function matching(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i
  }
  return -1
}

function language(tag: string): string {
  return tag.split('-')[0] ?? tag
}
