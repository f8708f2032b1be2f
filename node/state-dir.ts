import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** Where the demo keeps what it must find again. Everything can be made anew: `--fresh` does. */
export interface StateDir extends Disposable {
  readonly dir: string
  readonly chainState: string
  readonly addresses: string
  readonly city: string
  readonly apps: string
  readonly audit: string
  relayKey(number: 1 | 2): string
  /** What a relay has heard, for its next start. */
  relaySeen(number: 1 | 2): string
}

const FOLDERS = ['city', 'apps', 'audit', 'logs', 'code']
/** All that a start ever writes: `--fresh` deletes this and nothing else that lies in the folder. */
const OURS = [
  ...FOLDERS,
  'chain.json',
  'addresses.json',
  'relay-1.key',
  'relay-2.key',
  'relay-1.seen',
  'relay-2.seen',
]

/** Finds out that no other start uses the folder. @throws {HexhailError} 'state-used' */
export function checkStateUnused(path: string): void {
  const dir = resolve(path)
  const holder = holderOf(join(dir, 'lock'))
  if (holder !== null)
    throw new HexhailError(
      'state-used',
      `Hexhail runs already in ${dir} (process ${holder}): stop it (kill ${holder}), or use another folder with --state DIR.`,
      { dir, holder },
    )
}

/**
 * Takes the folder for this process, empty if `fresh`. Disposing gives it up.
 * @throws {HexhailError} 'state-dir' where it cannot be written
 */
export function openStateDir(path: string, fresh: boolean): StateDir {
  const dir = resolve(path)
  const lock = join(dir, 'lock')
  const at = (name: string): string => join(dir, name)
  try {
    if (fresh) for (const name of OURS) rmSync(at(name), { recursive: true, force: true })
    for (const name of FOLDERS) mkdirSync(at(name), { recursive: true })
    writeFileSync(lock, String(process.pid))
    return {
      dir,
      chainState: at('chain.json'),
      addresses: at('addresses.json'),
      city: at('city'),
      apps: at('apps'),
      audit: at('audit'),
      relayKey: number => at(`relay-${number}.key`),
      relaySeen: number => at(`relay-${number}.seen`),
      [Symbol.dispose]: () => rmSync(lock, { force: true }),
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HexhailError(
      'state-dir',
      `${dir} cannot be written (${why}): choose another folder with --state DIR.`,
      { dir },
      cause,
    )
  }
}

/** The living process that a lock names, or null. */
function holderOf(lock: string): number | null {
  let pid: number
  try {
    pid = Number(readFileSync(lock, 'utf8'))
  } catch {
    return null
  }
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return null
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null
  }
  return isStranger(pid) ? null : pid
}

/** After a reboot the number may be that of any other program: it is told by its command line, where there is /proc. */
function isStranger(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('hexhail')
  } catch {
    return false
  }
}
