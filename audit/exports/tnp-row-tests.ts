/** The tests of single rows (`tnp-tests.ts`) on the bytes of rows, as they are written. */
import { textBytes } from './byte-text.ts'
import { TNP_FIELDS, type TnpFile, type TnpType } from './tnp-fields.ts'
import { FILLED, TESTS } from './tnp-tests.ts'

/** Tests rows of one file. */
export interface TnpRowTests {
  /** One row: its bytes from `from` to `to`, without the line's end. */
  row(bytes: Uint8Array, from: number, to: number): void
}

const COMMA = 44
const QUOTE = 34
const POINT = 46
const MINUS = 45
/** `0000-00-00T00:00:00` and what of it is a day: 0 stands for any digit. */
const MOMENT = textBytes('0000-00-00T00:00:00')
const DAY = 10
const YEAR = 4

type IsOf = (bytes: Uint8Array, from: number, to: number) => boolean

/** Tests that count into `wrong`, by their number. */
export function createTnpRowTests(file: TnpFile, wrong: Uint32Array): TnpRowTests {
  const types: readonly TnpType[] = Object.values(TNP_FIELDS[file])
  const isOf = types.map(isOfType)
  const isList = types.map(type => typeof type === 'object')
  /** Tests that a blank fails, by place. */
  const blanks = types.map((_, place) =>
    (FILLED[file] ?? []).flatMap(({ test, places }) => (places.includes(place) ? [test] : [])),
  )
  const hasBlank = new Uint8Array(TESTS + 1)
  return {
    row(bytes, from, to) {
      let isTyped = true
      let isListed = true
      hasBlank.fill(0)
      let at = from
      for (let place = 0; place < types.length; place++) {
        let end = at
        if (bytes[at] === QUOTE) end = quoteEnd(bytes, at, to)
        while (end < to && bytes[end] !== COMMA) end++
        if (end === at) for (const test of blanks[place]!) hasBlank[test] = 1
        else if (isList[place]) isListed &&= isOf[place]!(bytes, at, end)
        else isTyped &&= isOf[place]!(bytes, at, end)
        at = end + 1
      }
      for (let test = 1; test <= TESTS; test++) wrong[test]! += hasBlank[test]!
      if (!isTyped) wrong[17]!++
      if (!isListed) wrong[18]!++
    },
  }
}

/** Behind the quote that ends a field. */
function quoteEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let i = from + 1; i < to; i++) {
    if (bytes[i] !== QUOTE) continue
    if (bytes[i + 1] !== QUOTE) return i + 1
    i++
  }
  return to
}

function isOfType(type: TnpType): IsOf {
  if (typeof type === 'object') {
    const words = type.map(textBytes)
    return (bytes, from, to) => words.some(word => word.length === to - from && isWord(word, bytes, from))
  }
  switch (type) {
    case 'text':
      return () => true
    case 'number':
      return (bytes, from, to) => isDecimal(bytes, bytes[from] === MINUS ? from + 1 : from, to, to)
    case 'money':
      return (bytes, from, to) => isDecimal(bytes, from, to, 2)
    case 'moment':
      return (bytes, from, to) => to - from === MOMENT.length && isTime(bytes, from, to)
    case 'day':
      return (bytes, from, to) => to - from === DAY && isTime(bytes, from, to)
    case 'year':
      return (bytes, from, to) => to - from === YEAR && isTime(bytes, from, to)
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Digits, and perhaps a point with one to `most` after it. */
function isDecimal(bytes: Uint8Array, from: number, to: number, most: number): boolean {
  let i = from
  while (i < to && isDigit(bytes[i]!)) i++
  if (i === from) return false
  if (i === to) return true
  if (bytes[i++] !== POINT) return false
  const digits = to - i
  while (i < to && isDigit(bytes[i]!)) i++
  return i === to && digits > 0 && digits <= most
}

function isTime(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const wanted = MOMENT[i - from]!
    if (wanted === 48 ? !isDigit(bytes[i]!) : bytes[i] !== wanted) return false
  }
  return true
}

function isWord(word: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[from + i] !== word[i]) return false
  return true
}
