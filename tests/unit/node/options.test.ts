import { optionHelp, parseOptions } from '@hexhail/node/options.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { expect, test } from 'vitest'

const TABLE = {
  drivers: { kind: 'integer', value: 24, min: 0, max: 1000, help: 'simulated drivers' },
  city: { kind: 'text', value: null, shown: 'FILE', help: 'an .osm.pbf extract' },
  state: { kind: 'text', value: '.hexhail', shown: 'DIR', help: 'where state is kept' },
  peer: { kind: 'texts', shown: 'ADDR', help: 'another relay' },
  fresh: { kind: 'flag', help: 'forget everything first' },
} as const

function faultOf(argv: readonly string[], words = 0): HexhailError {
  try {
    parseOptions(TABLE, argv, words)
  } catch (error) {
    if (error instanceof HexhailError) return error
  }
  throw new Error(`${argv.join(' ')} was understood`)
}

test('what is not given keeps its default', () => {
  expect(parseOptions(TABLE, []).values).toEqual({
    drivers: 24,
    city: null,
    state: '.hexhail',
    peer: [],
    fresh: false,
  })
})

test('options come with a blank or an equals sign, in any order, words between', () => {
  const { values, words } = parseOptions(
    TABLE,
    ['--city=x.pbf', 'a', '--fresh', '--drivers', '2', '--peer', 'p', '--peer=q', 'b'],
    2,
  )
  expect(values).toEqual({ drivers: 2, city: 'x.pbf', state: '.hexhail', peer: ['p', 'q'], fresh: true })
  expect(words).toEqual(['a', 'b'])
})

test.each([
  [['--driver', '3'], 'unknown-option', '--driver'],
  [['-d'], 'unknown-option', '-d'],
  [['--drivers', 'many'], 'bad-value', 'from 0 to 1000'],
  [['--drivers', '1001'], 'bad-value', '«1001»'],
  [['--drivers=-1'], 'bad-value', '«-1»'],
  [['--drivers=1.5'], 'bad-value', '«1.5»'],
  [['--city', '--fresh'], 'bad-value', '--city FILE'],
  [['--city'], 'bad-value', '--city FILE'],
  [['--fresh=yes'], 'bad-value', 'takes no value'],
  [['montevideo'], 'stray-word', '«montevideo»'],
])('%j is refused in one line that names it', (argv, code, words) => {
  const error = faultOf(argv)
  expect(error.code).toBe(code)
  expect(error.message).toContain(words)
  expect(error.message).not.toContain('\n')
})

test('the help names every option with its default', () => {
  const lines = optionHelp(TABLE).split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toMatch(/--drivers N\s+simulated drivers \(24\)/)
  expect(lines[1]).toMatch(/--city FILE\s+an .osm.pbf extract$/)
})
