import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { checkPortsFree, demoPorts } from '@hexhail/node/demo-ports.ts'
import { ROOT } from '../runner/live.ts'

/** `npm start` as a person would type it, watched from outside. */
export interface DemoProcess extends AsyncDisposable {
  readonly pid: number
  /** Resolves when it says «ready»; rejects with what it printed when it ends before. */
  readonly ready: Promise<void>
  /** Resolves with the exit code. */
  readonly ended: Promise<number>
  output(): string
  /** All processes below this one, by pid, with their command lines. */
  family(): Map<number, string>
  /** Asks it to end, as `kill` does, and waits. */
  stop(): Promise<number>
  /** Kills a process below it. */
  killPart(pattern: RegExp): number
}

/** A port base that nothing uses now. */
export async function freePortBase(): Promise<number> {
  for (let base = 31_000; ; base += 1_000) {
    const taken = await checkPortsFree(demoPorts(base)).catch((error: unknown) => error)
    if (taken === undefined) return base
    if (base > 60_000) throw taken
  }
}

/** Starts `npm start -- …args`. */
export function startDemo(args: readonly string[]): DemoProcess {
  const child = spawn('npm', ['start', '--', ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined)
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (/^ready$/m.test(said)) ready.resolve()
    })
  const ended = new Promise<number>(resolve => {
    child.on('close', (code, signal) => {
      ready.reject(new Error(`npm start ended before it was ready:\n${said}`))
      resolve(code ?? (signal === null ? 1 : 128))
    })
  })
  const family = (): Map<number, string> => descendantsOf(child.pid!)
  const stop = (): Promise<number> => {
    if (isRunning(child)) child.kill('SIGTERM')
    return ended
  }
  return {
    pid: child.pid!,
    ready: ready.promise,
    ended,
    output: () => said,
    family,
    stop,
    killPart(pattern) {
      const part = [...family()].find(([, line]) => pattern.test(line))
      if (part === undefined) throw new Error(`No part of the demo is called like ${pattern}`)
      process.kill(part[0], 'SIGKILL')
      return part[0]
    },
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

/** Those of the processes that still live (and are no zombies). */
function living(pids: Iterable<number>): number[] {
  return [...pids].filter(pid => {
    const stat = statOf(pid)
    return stat !== null && stat.state !== 'Z'
  })
}

/**
 * Those of the processes that still live once all have had 20 s to go. A process closes its output a moment before
 * it is gone, so one that has just «ended» may still be seen.
 */
export async function remaining(pids: Iterable<number>): Promise<number[]> {
  const watched = [...pids]
  const deadlineMs = performance.now() + 20_000
  for (;;) {
    const left = living(watched)
    if (left.length === 0 || performance.now() > deadlineMs) return left
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

function descendantsOf(root: number): Map<number, string> {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null
    if (stat !== null) parents.set(Number(name), stat.parent)
  }
  const found = new Map<number, string>()
  const below = (pid: number): void => {
    for (const [child, parent] of parents)
      if (parent === pid && !found.has(child)) {
        found.set(child, commandOf(child))
        below(child)
      }
  }
  below(root)
  return found
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: state!, parent: Number(parent) }
  } catch {
    return null
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}
