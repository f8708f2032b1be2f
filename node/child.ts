import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { ChildReport } from './child-report.ts'
import { HEXHAIL, WITH_PARENT } from './root.ts'

/** How to start a part of the demo. */
export interface ChildOptions {
  /** What it is called when it is spoken of: «relay 1». */
  readonly name: string
  /** Command and options of `hexhail`, or of another program given by `file`. */
  readonly args: readonly string[]
  readonly file?: string
  /** Read from its output when it is a program that does not report: what it prints once it is ready. */
  readonly readyLine?: RegExp
  /** The state folder: its log goes into `logs`, Node's compiled code into `code`. */
  readonly stateDir: string
  readonly onProgress?: (label: string, fraction: number) => void
}

/** A part of the demo in a process of its own. */
export interface Child<Ready> extends AsyncDisposable {
  readonly name: string
  readonly pid: number
  /** What it said when it was ready; rejects when it ends before. */
  readonly ready: Promise<Ready>
  /** Resolves with the reason when it ends though nobody stopped it. */
  readonly died: Promise<HexhailError>
  /** Resolves when it ended by itself with code 0 (a job), after `ready`. */
  readonly done: Promise<void>
}

/** How long a part may take to end in good order before it is killed. */
const STOP_MS = 15_000

/** Starts a part. It has its own process group, so that Ctrl-C reaches the parent alone, and ends with the parent. */
export function startChild<Ready>(options: ChildOptions): Child<Ready> {
  const { name, args, file = HEXHAIL, stateDir, onProgress, readyLine } = options
  const log = join(stateDir, 'logs', `${name.replaceAll(' ', '-')}.log`)
  const child = spawn(process.execPath, ['--import', WITH_PARENT, file, ...args], {
    detached: true,
    env: { ...process.env, NODE_COMPILE_CACHE: join(stateDir, 'code') },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const out = createWriteStream(log)
  const ready = Promise.withResolvers<Ready>()
  let lastLine = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      out.write(text)
      if (readyLine?.test(text)) ready.resolve(text.trim() as Ready)
      lastLine = text.trim().split('\n').at(-1) || lastLine
    })
  let fault: string | null = null
  let stopping = false
  const died = Promise.withResolvers<HexhailError>()
  const done = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined)
  child.on('message', (message: ChildReport) => {
    if (message.type === 'ready') ready.resolve(message.data as Ready)
    else if (message.type === 'progress') onProgress?.(message.label, message.fraction)
    else fault = message.message
  })
  child.on('error', cause => end(`does not start: ${cause.message}`))
  child.on('close', (code, signal) => {
    out.end()
    closed.resolve()
    if (code === 0 && !stopping) done.resolve()
    end(signal === null ? `ended with code ${code}` : `was killed (${signal})`, code === 0)
  })

  function end(how: string, well = false): void {
    const why = fault ?? `${lastLine === '' ? '' : `: ${lastLine}`}. See ${log}, then start again.`
    const message = fault === null ? `The ${name} ${how}${why}` : `The ${name}: ${fault}`
    const error = new HexhailError('child-died', message, { name, log })
    ready.reject(error)
    if (!stopping && !well) died.resolve(error)
  }

  const stop = async (): Promise<void> => {
    stopping = true
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      const timer = setTimeout(() => killGroup(child), STOP_MS)
      await closed.promise
      clearTimeout(timer)
    }
  }
  return {
    name,
    pid: child.pid ?? 0,
    ready: ready.promise,
    died: died.promise,
    done: done.promise,
    [Symbol.asyncDispose]: stop,
  }
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL')
  } catch {
    // gone meanwhile
  }
}
