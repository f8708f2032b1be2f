import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { FOLDERS } from './half.ts'
import { ROOT } from './stack.ts'

/** What a demo has built and named after its sources: the pages and the city. */
const BUILT = ['apps', 'city']

/** Hands what a demo of these sources has built on to the stacks, which would build the same again. */
export function keepBuilt(stateDir: string): void {
  for (const built of BUILT.filter(name => existsSync(join(stateDir, name))))
    for (const folder of FOLDERS)
      cpSync(join(stateDir, built), join(ROOT, '.hexhail', folder, built), { recursive: true, force: false })
}
