/** The reader's language: one signal, remembered on this device, mirrored to `<html lang dir>`. */

import { signal } from '@preact/signals'

/** Languages that every catalogue of the project has. */
export const LANGUAGES = [
  { tag: 'en', name: 'English' },
  { tag: 'es', name: 'Español' },
] as const

const KEY = 'hexhail.locale'
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'ckb', 'dv', 'yi'])

/** BCP 47 tag of the language in use. */
export const locale = signal<string>('en')

/** Text direction of a language. */
export function direction(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(tag.split('-')[0] ?? tag) ? 'rtl' : 'ltr'
}

/** Uses a language from now on, remembers it and marks the page with it. */
export function setLocale(tag: string): void {
  locale.value = tag
  try {
    localStorage.setItem(KEY, tag)
  } catch {
    // A browser that stores nothing still shows the language until the page closes.
  }
  mark(tag)
}

/** Picks the remembered language, else the first of the browser's that we have, else English. */
export function startLocale(): void {
  let tag: string | null = null
  try {
    tag = localStorage.getItem(KEY)
  } catch {
    tag = null
  }
  locale.value = tag ?? preferred(navigator.languages)
  mark(locale.value)
}

/** First wanted language that the project has; keeps the region (`es-UY`) so that Intl formats as the reader expects. */
export function preferred(wanted: readonly string[]): string {
  const known = new Set<string>(LANGUAGES.map(each => each.tag))
  return wanted.find(tag => known.has(tag.split('-')[0] ?? tag)) ?? 'en'
}

function mark(tag: string): void {
  document.documentElement.lang = tag
  document.documentElement.dir = direction(tag)
}
