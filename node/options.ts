import { parseArgs } from 'node:util'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** One option of a command: how it is read, what it is without being given, and its line of help. */
export type Option =
  | { readonly kind: 'flag'; readonly help: string }
  | { readonly kind: 'text'; readonly value: string | null; readonly shown: string; readonly help: string }
  | { readonly kind: 'texts'; readonly shown: string; readonly help: string }
  | {
      readonly kind: 'integer'
      readonly value: number | null
      readonly min: number
      readonly max: number
      readonly help: string
    }

/** The options of a command by name, without the dashes. */
export type OptionTable = Readonly<Record<string, Option>>

type ValueOf<O extends Option> = O['kind'] extends 'flag'
  ? boolean
  : O['kind'] extends 'integer'
    ? O extends { readonly value: number }
      ? number
      : number | null
    : O['kind'] extends 'texts'
      ? readonly string[]
      : O extends { readonly value: string }
        ? string
        : string | null

/** What was given on the command line, with defaults filled in. */
export type Values<T extends OptionTable> = { readonly [K in keyof T]: ValueOf<T[K]> }

/** A command line that cannot be understood. */
type OptionCode = 'unknown-option' | 'bad-value' | 'stray-word'

const fault = (code: OptionCode, message: string): HexhailError => new HexhailError(code, message)

/**
 * Reads a command line against its table; `words` is how many plain words the command takes at most.
 * @throws {HexhailError} 'unknown-option', 'bad-value' or 'stray-word', each one line that says what to do
 */
export function parseOptions<T extends OptionTable>(
  table: T,
  argv: readonly string[],
  words = 0,
): { readonly values: Values<T>; readonly words: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { kind }]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  )
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = table[token.name]
    if (option === undefined)
      throw fault('unknown-option', `There is no option ${token.rawName}: see --help.`)
    if (option.kind === 'flag' && token.value !== undefined)
      throw fault('bad-value', `${token.rawName} takes no value, but got «${token.value}».`)
    if (option.kind !== 'flag' && (token.value === undefined || /^--\w/.test(token.value)))
      throw fault('bad-value', `${token.rawName} needs a value: ${token.rawName} ${shownValue(option)}.`)
  }
  if (positionals.length > words)
    throw fault('stray-word', `«${positionals[words]}» is not understood here: see --help.`)
  const read = Object.entries(table).map(([name, option]) => [
    name,
    readValue(name, option, (values[name] ?? []) as (string | boolean)[]),
  ])
  return { values: Object.fromEntries(read) as Values<T>, words: positionals }
}

function readValue(name: string, option: Option, given: readonly (string | boolean)[]): unknown {
  if (option.kind === 'texts') return given
  const last = given.at(-1)
  if (option.kind === 'flag') return last === true
  if (last === undefined) return option.value
  if (option.kind === 'text') return last
  const number = /^\d+$/.test(String(last)) ? Number(last) : Number.NaN
  if (number >= option.min && number <= option.max) return number
  throw fault(
    'bad-value',
    `--${name} takes a whole number from ${option.min} to ${option.max}, not «${last}».`,
  )
}

const shownValue = (option: Option): string =>
  option.kind === 'flag' ? '' : option.kind === 'integer' ? 'N' : option.shown

/** The help lines of a table, one an option. */
export function optionHelp(table: OptionTable): string {
  const rows = Object.entries(table).map(([name, option]) => {
    const preset = option.kind === 'integer' || option.kind === 'text' ? option.value : null
    return [
      `--${name} ${shownValue(option)}`.trimEnd(),
      option.help + (preset === null ? '' : ` (${preset})`),
    ] as const
  })
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
