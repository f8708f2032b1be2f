/** The house rules that are not the compiler's: who may import whom, what pure rooms may not touch, how files look. */

import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

const CORE = ['protocol']
const MIDDLE = [...CORE, 'streets', 'transit', 'matcher']
const EDGES = [...MIDDLE, 'permits', 'net', 'chain', 'audit']
const WITH_CLIENT = [...EDGES, 'client']
const WITH_UI = [...WITH_CLIENT, 'ui']

/** Rooms, and the rooms that each may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  streets: CORE,
  transit: [...CORE, 'streets'],
  matcher: [...CORE, 'streets', 'transit'],
  permits: CORE,
  net: MIDDLE,
  chain: MIDDLE,
  audit: [...MIDDLE, 'permits'],
  client: EDGES,
  ui: WITH_CLIENT,
  'rider-web': WITH_UI,
  'driver-web': WITH_UI,
  'authority-web': WITH_UI,
  sim: WITH_CLIENT,
  node: [...WITH_UI, 'sim'],
  contracts: [],
}

/** Packages with one importer: pattern of the package name, and its room. */
const ONE_IMPORTER: readonly (readonly [RegExp, string])[] = [
  [/^(libp2p|@libp2p\/.*|@multiformats\/.*|@chainsafe\/libp2p-.*)$/, 'net'],
  [/^ethers$/, 'chain'],
  [/^maplibre-gl$/, 'ui'],
  [/^@sd-jwt\/.*$/, 'permits'],
]

/** Time, randomness, storage, network and page reach these rooms as arguments. The rest are their edges to the world. */
const PURE = ['protocol', 'streets', 'transit', 'matcher', 'permits']
const PURE_EDGES =
  /^streets\/([\w-]*worker[\w-]*|city-files|city-client)\.ts$|^transit\/travel-(worker|client)\.ts$|^matcher\/main\.ts$/
const WORLD: readonly (readonly [string, RegExp])[] = [
  ['the clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.(now|timeOrigin)\b/],
  ['randomness', /\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b|\brandomBytes\b/],
  ['timers', /(?<![.\w])(setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\(/],
  ['the network', /(?<![.\w])(fetch\(|new (WebSocket|XMLHttpRequest|EventSource)\b)/],
  ['storage', /\b(indexedDB|localStorage|sessionStorage)\b/],
  ['the page', /(?<![.\w'"-])(document|window|navigator|location)\.\w/],
  ['Node', /\bfrom 'node:|\bimport\('node:|(?<![.\w])process\.\w/],
]

/** Vite, vitest and Playwright ask for a default export in these. */
const DEFAULT_EXPORT = /\.config\.ts$|^tests\/e2e\/stack\/setup\.ts$/

const TOP_LEVEL = [
  ...Object.keys(MAY_IMPORT),
  ...['docs', 'tests', 'node_modules', '.git', '.ci', '.hexhail', 'dist', 'test-results'],
]

const SKIP = new Set(['node_modules', 'out', 'cache', 'dist', 'generated', 'screens', 'test-results'])

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    if (SKIP.has(entry.name)) return []
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesUnder(path, ending) : ending.test(entry.name) ? [path] : []
  })
}

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** The code alone: comments and the insides of plain strings could hold any word. */
const code = (path: string): string =>
  text(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(?<![:'"`])\/\/.*$/gm, '')

const ROOMS = Object.keys(MAY_IMPORT)
const SOURCES = ROOMS.flatMap(room => filesUnder(room, /\.(ts|tsx)$/))
const TESTS = filesUnder('tests', /\.(ts|tsx)$/)
const roomOf = (path: string): string => path.slice(0, path.indexOf('/'))

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\bnew URL\(\s*['"]([^'"]+\.ts)['"]\s*,\s*import\.meta\.url/g

function importsOf(path: string): string[] {
  return [...code(path).matchAll(IMPORT)].map(match => (match[1] ?? match[2] ?? match[3])!.split('?')[0]!)
}

/** The room that an import leads to, or null for a package. */
function roomOfImport(path: string, specifier: string): string | null {
  if (specifier.startsWith('@hexhail/')) return specifier.split('/')[1]!
  if (!specifier.startsWith('.')) return null
  return roomOf(`${relative(ROOT, join(ROOT, dirname(path), specifier))}/`)
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!
}

test('every room imports only the rooms below it, and by name', () => {
  const wrong = SOURCES.flatMap(path =>
    importsOf(path).flatMap(specifier => {
      const from = roomOf(path)
      const to = roomOfImport(path, specifier)
      if (to === null || to === from) return []
      if (specifier.startsWith('.'))
        return [`${path} leaves its room by ${specifier}: import @hexhail/${to}/…`]
      return MAY_IMPORT[from]!.includes(to) ? [] : [`${path} imports ${specifier}: ${from} may not use ${to}`]
    }),
  )
  expect(wrong).toEqual([])
})

test('what a room imports stands in its package.json', () => {
  const wrong = ROOMS.flatMap(room => {
    const { dependencies = {} } = JSON.parse(text(`${room}/package.json`)) as { dependencies?: object }
    const used = SOURCES.filter(path => roomOf(path) === room).flatMap(importsOf)
    const missing = new Set(
      used
        .filter(s => s.startsWith('@hexhail/'))
        .map(packageOf)
        .filter(name => !(name in dependencies)),
    )
    missing.delete(`@hexhail/${room}`)
    return [...missing].map(name => `${room}/package.json lacks ${name}`)
  })
  expect(wrong).toEqual([])
})

test('libp2p, ethers, MapLibre and SD-JWT have one importer each', () => {
  const wrong = SOURCES.flatMap(path =>
    importsOf(path).flatMap(specifier => {
      const rule = ONE_IMPORTER.find(([name]) => name.test(packageOf(specifier)))
      return rule === undefined || rule[1] === roomOf(path) ? [] : [`${path} imports ${specifier}`]
    }),
  )
  expect(wrong).toEqual([])
})

test('pure rooms reach for no clock, randomness, timer, network, storage, page or Node', () => {
  const wrong = SOURCES.filter(path => PURE.includes(roomOf(path)) && !PURE_EDGES.test(path)).flatMap(path =>
    WORLD.flatMap(([name, pattern]) => {
      const found = pattern.exec(code(path))
      return found === null ? [] : [`${path} reaches for ${name}: ${found[0]}`]
    }),
  )
  expect(wrong).toEqual([])
})

test('files have one purpose: no default exports, barrels, index or utils files', () => {
  const wrong = [...SOURCES, ...TESTS].flatMap(path => {
    const body = code(path)
    const name = basename(path).replace(/\.tsx?$/, '')
    return [
      ...(/^export default\b/m.test(body) && !DEFAULT_EXPORT.test(path)
        ? [`${path} has a default export`]
        : []),
      ...(/^export\s+(\*|(type\s+)?\{[^}]*\}\s+from)\b/m.test(body) ? [`${path} re-exports`] : []),
      ...(/^(index|utils?|helpers?|common|misc|shared)$/.test(name)
        ? [`${path} is named after nothing`]
        : []),
    ]
  })
  expect(wrong).toEqual([])
})

test('no file is too long to read: 300 lines, Solidity 500', () => {
  const lines = (path: string): number => text(path).trimEnd().split('\n').length
  const sol = [...filesUnder('contracts', /\.sol$/)].filter(path => lines(path) > 500)
  const ts = [...SOURCES, ...TESTS].filter(path => lines(path) > 300)
  expect([...sol, ...ts].map(path => `${path}: ${lines(path)} lines`)).toEqual([])
})

test('the top level holds the rooms of the house and nothing else', () => {
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
  expect(folders.filter(name => !TOP_LEVEL.includes(name))).toEqual([])
})

test('the rules see what they forbid', () => {
  expect(SOURCES.length).toBeGreaterThan(50)
  expect(importsOf('tests/arch.test.ts')).toContain('vitest')
  expect(WORLD.some(([, pattern]) => pattern.test('const t = Date.now()'))).toBe(true)
  expect(WORLD.some(([, pattern]) => pattern.test('await ports.fetch(url); trip.window'))).toBe(false)
})
