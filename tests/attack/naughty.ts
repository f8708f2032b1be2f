import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Texts that break programs, by what they try. */
const OWN: readonly string[] = [
  '',
  ' ',
  '\t\r\n\v\f\u0085\u2028\u2029',
  '\u0000',
  'a\u0000b',
  '\ufeff',
  '\ud800',
  '\udc00\ud800',
  '\u202egnp.exe',
  '\u2066\u2067\u2068\u2069',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b'.repeat(20),
  '👩‍👩‍👧‍👧'.repeat(30),
  'ﷺ',
  'İıſKÅ',
  'ß'.repeat(400),
  '%00%n%s%x',
  '0x',
  '-1',
  '1e309',
  '1e-7',
  'NaN',
  '0.0000001',
  '000000000001.5',
  '9'.repeat(400),
  '1,2,3',
  '١٢٣',
  '１２３４',
  '12 34',
  '+1234',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  "' OR 1=1 --",
  '"><script>alert(1)</script>',
  'javascript:alert(1)',
  '{{7*7}}',
  '../../../etc/passwd',
  `0x${'00'.repeat(20)}`,
  `0x${'F'.repeat(40)}`,
  `0X${'a'.repeat(40)}`,
  `0x${'a'.repeat(39)}`,
  `0x${'a'.repeat(41)}`,
  '/ip4/1.2.3.4/tcp/1/ws/p2p/',
  '/ip4/999.1.1.1/tcp/99999/ws/p2p/x/p2p-circuit',
  '/dns4//tcp/443/wss',
  '(a+)+$',
  'a'.repeat(100_000),
  '(((('.repeat(5000),
  '\\'.repeat(3000),
]

const SHARED = new URL('../../../shared/data/vectors/', import.meta.url)
const BLNS = new URL('strings/blns.json', SHARED)
const JSON_SUITE = new URL('json/test_parsing/', SHARED)

/** Whether the lists of others are at hand, and a word for a test's name where they are not. */
export const isShared: boolean = existsSync(BLNS) && existsSync(JSON_SUITE)
export const skipped: string = isShared ? '' : ` (own list alone: ${fileURLToPath(SHARED)} is not there)`

/** Naughty texts: our own, and the big list of naughty strings and JSONTestSuite where they are at hand. */
export function naughtyTexts(): readonly string[] {
  if (!isShared) return OWN
  const blns = JSON.parse(readFileSync(BLNS, 'utf8')) as string[]
  return [...OWN, ...blns, ...jsonTexts().map(({ text }) => text)]
}

/** JSON texts by name: `y_` must parse, `n_` must not. */
export function jsonTexts(): readonly { readonly name: string; readonly text: string }[] {
  if (!isShared) return []
  const folder = fileURLToPath(JSON_SUITE)
  return readdirSync(folder).map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}
