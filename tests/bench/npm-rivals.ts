import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const nameOf = (each: string): string => each.slice(0, each.lastIndexOf('@'))

/**
 * Whether packages (`name@version`) are in `dir`, where npm installs them if not; what is refused is said in one line.
 * `others` are kept if they are there: npm takes away what is not asked for.
 */
export function installInto(
  dir: string,
  packages: readonly string[],
  others: readonly string[] = [],
): boolean {
  mkdirSync(dir, { recursive: true })
  const isThere = (each: string): boolean => existsSync(join(dir, 'node_modules', nameOf(each)))
  if (packages.every(isThere)) return true
  console.log(`Installing ${packages.join(' and ')} into ${dir} …`)
  const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts']
  const all = [...others.filter(isThere), ...packages]
  const npm = spawnSync('npm', ['install', ...flags, '--prefix', dir, ...all], { encoding: 'utf8' })
  if (npm.status === 0 && packages.every(isThere)) return true
  const why =
    npm.stderr?.split('\n').find(line => /error/i.test(line)) ?? npm.error?.message ?? 'no reason said'
  console.log(`Without ${packages.map(nameOf).join(', ')}: npm did not install it (${why.trim()}).`)
  return false
}

/** A rival's module, whose types nobody here knows. */
export function requireFrom<T>(dir: string, name: string): T {
  return createRequire(join(dir, 'rivals.js'))(name) as T
}
