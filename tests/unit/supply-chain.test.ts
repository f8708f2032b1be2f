/** What may come into the house from the package registry, and what it may do while it is installed: nothing. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

/** Packages that would like to run something when installed. Each is denied, and works without. */
const WITH_SCRIPTS: Readonly<Record<string, string>> = {
  '@foundry-rs/anvil': 'looks for the binary that its optional dependency brings already',
  '@foundry-rs/forge': 'the same',
}

interface Manifest {
  readonly name: string
  readonly workspaces?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly overrides?: Readonly<Record<string, string>>
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

const read = <T>(path: string): T => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T

const home = read<Manifest>('package.json')
const manifests = [home, ...home.workspaces!.map(room => read<Manifest>(`${room}/package.json`))]
const lock = read<{ packages: Readonly<Record<string, Locked>> }>('package-lock.json').packages
const foreign = Object.entries(lock).filter(([path, { link }]) => path.includes('node_modules/') && !link)
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** `1.2.3`, or another package under this name: `npm:name@1.2.3`. */
const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/
/** Scripts that npm runs by itself. */
const BY_ITSELF = /^(pre|post)|^(install|prepare|prepublish|prepublishOnly|dependencies)$/

test('no package runs a script while it is installed, and each that would is known and denied', () => {
  const withScripts = foreign.filter(([, each]) => each.hasInstallScript).map(([path]) => nameOf(path))
  expect([...new Set(withScripts)].sort()).toEqual(Object.keys(WITH_SCRIPTS).sort())
  expect(home.allowScripts).toEqual(Object.fromEntries(Object.keys(WITH_SCRIPTS).map(name => [name, false])))
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m)
})

test('neither do our own', () => {
  const own = manifests.flatMap(({ name, scripts = {} }) =>
    Object.keys(scripts)
      .filter(script => BY_ITSELF.test(script))
      .map(script => `${name} ${script}`),
  )
  expect(own).toEqual([])
})

test('every version that we ask for is exact: no range, tag, git or web address', () => {
  const asked = manifests.flatMap(({ name, ...rest }) =>
    [rest.dependencies, rest.devDependencies, rest.optionalDependencies, rest.overrides].flatMap(list =>
      Object.entries(list ?? {}).map(([what, version]) => ({ name, what, version })),
    ),
  )
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter(({ version }) => !EXACT.test(version))).toEqual([])
})

test('every package of the lock is fixed by its content and comes from the registry', () => {
  expect(foreign.length).toBeGreaterThan(100)
  const loose = foreign.filter(
    ([, { version = '', integrity = '', resolved = 'https://registry.npmjs.org/' }]) =>
      !EXACT.test(version) ||
      !/^sha512-[\w+/]{86}==$/.test(integrity) ||
      !resolved.startsWith('https://registry.npmjs.org/'),
  )
  expect(loose.map(([path]) => path)).toEqual([])
})

test('the lock is of these manifests', () => {
  const rooms = Object.entries(lock).flatMap(([path, { link, resolved }]) =>
    link ? [[nameOf(path), resolved]] : [],
  )
  expect(rooms.sort()).toEqual(home.workspaces!.map(room => [`@hexhail/${room}`, room]).sort())
  for (const [at, { dependencies = {}, devDependencies = {} }] of manifests.entries()) {
    const locked = lock[at === 0 ? '' : home.workspaces![at - 1]!] as Manifest
    expect([locked.dependencies ?? {}, locked.devDependencies ?? {}]).toEqual([dependencies, devDependencies])
  }
})
