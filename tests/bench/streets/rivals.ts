import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The rivals from npm: exact versions, asked for only here. */
const NGRAPH = ['ngraph.path@1.6.1', 'ngraph.graph@20.1.2']
const VALHALLA = ['@valhallajs/valhallajs@3.6.1']

/** Which rivals are there. */
export interface Rivals {
  readonly ngraph: boolean
  readonly valhalla: boolean
}

/** Installs the rivals into `dir`, unless they are there; what is refused is said in one line. */
export function installRivals(dir: string): Rivals {
  mkdirSync(dir, { recursive: true })
  const folder = (name: string): string => join(dir, 'node_modules', name)
  const had = (packages: readonly string[]): boolean => {
    const names = packages.map(each => each.slice(0, each.lastIndexOf('@')))
    const isThere = (): boolean => names.every(name => existsSync(folder(name)))
    if (isThere()) return true
    console.log(`Installing ${packages.join(' and ')} into ${dir} …`)
    // All that are there stay named, or npm takes them away as not asked for.
    const kept = [NGRAPH, VALHALLA]
      .flat()
      .filter(each => existsSync(folder(each.slice(0, each.lastIndexOf('@')))))
    const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts']
    const npm = spawnSync('npm', ['install', ...flags, '--prefix', dir, ...kept, ...packages], {
      encoding: 'utf8',
    })
    if (npm.status === 0 && isThere()) return true
    const why =
      npm.stderr?.split('\n').find(line => /error/i.test(line)) ?? npm.error?.message ?? 'no reason said'
    console.log(`Without ${names.join(', ')}: npm did not install it (${why.trim()}).`)
    return false
  }
  return { ngraph: had(NGRAPH), valhalla: had(VALHALLA) }
}

/** A rival's module, whose types nobody here knows. */
export function requireFrom<T>(dir: string, name: string): T {
  return createRequire(join(dir, 'rivals.js'))(name) as T
}
