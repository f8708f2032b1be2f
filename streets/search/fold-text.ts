/** Short forms that people type, to the words that maps use. */
const LONG_FORM: Readonly<Record<string, string>> = {
  av: 'avenida',
  ave: 'avenida',
  avda: 'avenida',
  bv: 'bulevar',
  bvar: 'bulevar',
  bulv: 'bulevar',
  blvr: 'bulevar',
  boulevard: 'bulevar',
  cno: 'camino',
  rbla: 'rambla',
  pje: 'pasaje',
  psje: 'pasaje',
  pza: 'plaza',
  plza: 'plaza',
  gral: 'general',
  cnel: 'coronel',
  cap: 'capitan',
  tte: 'teniente',
  alte: 'almirante',
  dr: 'doctor',
  dra: 'doctora',
  ing: 'ingeniero',
  arq: 'arquitecto',
  prof: 'profesor',
  pte: 'presidente',
  sta: 'santa',
  sto: 'santo',
  st: 'street',
  rd: 'road',
  str: 'strasse',
  straße: 'strasse',
}
/** Words that say what sort of street it is: right to type, right to leave out. */
const STREET_WORDS = new Set([
  'avenida',
  'calle',
  'bulevar',
  'camino',
  'rambla',
  'pasaje',
  'doctor',
  'doctora',
  'general',
  'coronel',
  'presidente',
  'ingeniero',
  'arquitecto',
  'profesor',
  'almirante',
  'capitan',
  'teniente',
  'rua',
  'praca',
  'rue',
  'street',
  'road',
  'de',
  'del',
  'la',
  'el',
])

/** Words of a text without accents and case, short forms written out. */
export function foldWords(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(word => LONG_FORM[word] ?? word)
}

/** The words that tell one street from another. */
export function coreWords(words: readonly string[]): string[] {
  const core = words.filter(word => !STREET_WORDS.has(word))
  return core.length > 0 ? core : [...words]
}

const SMALL_WORDS = new Set(['de', 'del', 'la', 'las', 'los', 'el', 'y', 'e', 'of', 'the', 'do', 'da', 'du'])

/** The words worth looking up: small ones stand in half of all names. */
export function tellingWords(words: readonly string[]): string[] {
  const telling = words.filter(word => !SMALL_WORDS.has(word))
  return telling.length > 0 ? telling : [...words]
}
