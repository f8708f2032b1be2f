import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoPorts } from '@hexhail/node/demo-ports.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { expect } from '@playwright/test'

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

/** Lets the stack start again what was killed, and waits until it is there. */
export async function reviveRelays(stack: StackFile): Promise<void> {
  process.kill(stack.pids.stack!, 'SIGUSR2')
  const relays = (): number[] => ['relay 1', 'relay 2'].map(name => readStack().pids[name] ?? 0)
  await expect.poll(() => relays().every(isAlive), { message: 'the relays are there again' }).toBe(true)
}

/** True while a process lives (or waits as a zombie for its parent to look). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
