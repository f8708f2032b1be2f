import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoPorts } from '@hexhail/node/demo-ports.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'

/** What the running stack says of itself. */
export interface StackFile {
  readonly urls: Readonly<Record<'rider' | 'driver' | 'authority', string>>
  readonly stateDir: string
  readonly ports: DemoPorts
  /** Processes by name: «relay 1», «chain», «fleet», «stack». */
  readonly pids: Readonly<Record<string, number>>
  readonly config: AppConfig
}

/** The repository. */
export const ROOT = join(import.meta.dirname, '..', '..', '..')

/** Where the global setup tells the tests which stack runs. */
export const STACK_ENV = 'HEXHAIL_E2E_STACK'

/** The stack that the tests use. */
export function readStack(): StackFile {
  const file = process.env[STACK_ENV]
  if (file === undefined) throw new Error(`${STACK_ENV} is not set: run the tests by their configuration.`)
  return JSON.parse(readFileSync(file, 'utf8')) as StackFile
}

/** Kills a relay without a word, as a machine that loses its power. */
export function killRelay(stack: StackFile, number: 1 | 2): void {
  const pid = stack.pids[`relay ${number}`]
  if (pid === undefined) throw new Error(`There is no relay ${number}.`)
  process.kill(pid, 'SIGKILL')
}

/** Starts a relay again under its old key and address. The caller ends it. */
export async function restartRelay(stack: StackFile, number: 1 | 2): Promise<ChildProcess> {
  const port = number === 1 ? stack.ports.relay1 : stack.ports.relay2
  const peer = stack.config.relays.find(addr => !addr.includes(`/tcp/${port}/`))
  const args = [join(ROOT, 'node', 'hexhail.ts'), 'relay', '--port', String(port), '--host', '127.0.0.1']
  args.push('--key', join(stack.stateDir, `relay-${number}.key`), ...(peer ? ['--peer', peer] : []))
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.stdout?.once('data', () => resolve())
  child.once('exit', code => reject(new Error(`The relay ended with code ${code}.`)))
  await promise
  return child
}
