import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTRACTS } from '@hexhail/contracts/tools/forge.ts'
import { expect, it } from 'vitest'

const TESTS = join(CONTRACTS, 'test')
const read = (folder: string, name: string) => readFileSync(join(CONTRACTS, folder, name), 'utf8')
const names = (folder: string, ending: string) =>
  readdirSync(join(CONTRACTS, folder)).filter(name => name.endsWith(ending))

/** Tests of a file of Solidity. */
const testsIn = (source: string): string[] =>
  [...source.matchAll(/function ((?:test|invariant)\w*_\w+)\(/g)].map(match => match[1]!)

/** A tree's roots (lines that begin at the edge) and leaves, each with the tests it names. */
function parse(tree: string): { roots: string[]; leaves: { text: string; tests: string[] }[] } {
  const lines = tree.trimEnd().split('\n')
  const depth = (line: string) => line.search(/[^│├└─ ]/)
  const leaves = lines.filter((line, i) => !(i + 1 < lines.length && depth(lines[i + 1]!) > depth(line)))
  return {
    roots: lines.filter(line => depth(line) === 0),
    leaves: leaves.map(line => {
      const [text = '', tests = ''] = line.split(' → ')
      return { text, tests: tests.split(', ').filter(name => name !== '') }
    }),
  }
}

const TREES = new Map(names('test', '.tree').map(name => [name.slice(0, -5), parse(read('test', name))]))

it('every test file has its tree, and every tree its test file', () => {
  const files = names('test', '.t.sol').map(name => name.slice(0, -6))
  expect([...TREES.keys()].sort()).toEqual(files.sort())
})

it.each([...TREES.keys()])('%s.tree: each leaf has a test, each test a leaf', name => {
  const { leaves } = TREES.get(name)!
  const tests = testsIn(readFileSync(join(TESTS, `${name}.t.sol`), 'utf8'))
  expect(tests.length).toBeGreaterThan(0)
  expect(leaves.filter(leaf => leaf.tests.length === 0).map(leaf => leaf.text)).toEqual([])
  expect([...new Set(leaves.flatMap(leaf => leaf.tests))].sort()).toEqual([...new Set(tests)].sort())
})

it('every function that can be called from outside stands in a tree', () => {
  const roots = new Set([...TREES.values()].flatMap(({ roots }) => roots.join(', ').split(', ')))
  const missing = names('src', '.sol').flatMap(file => {
    const source = read('src', file).replace(/\/\/.*$/gm, '')
    return [...source.matchAll(/function (\w+)\([^{;]*?\b(?:external|public)\b[^{;]*[{;]/g)]
      .map(match => match[1]!)
      .filter(name => !roots.has(name) && !roots.has(`${file.slice(0, -4)}.${name}`))
      .map(name => `${file}: ${name}`)
  })
  expect(missing).toEqual([])
})

it('sees a leaf without a test and a root without leaves', () => {
  const { roots, leaves } = parse(
    'hold\n├── in time\n│   └── it holds → test_A\n└── late\n    └── it reverts\nlone',
  )
  expect(roots).toEqual(['hold', 'lone'])
  expect(leaves.map(leaf => leaf.tests)).toEqual([['test_A'], [], []])
})
