import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './stack.ts'

/** Where the browser tests' stack keeps its state. */
export const STACK_STATE = join(ROOT, '.hexhail', 'e2e')

/** What a demo has built and named after its sources: the pages and the city. */
const BUILT = ['apps', 'city']

/** Hands what a demo of these sources has built on to the stack, which would build the same again. */
export function keepBuilt(stateDir: string): void {
  for (const folder of BUILT.filter(name => existsSync(join(stateDir, name))))
    cpSync(join(stateDir, folder), join(STACK_STATE, folder), { recursive: true, force: false })
}
