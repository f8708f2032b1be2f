import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { foundryBinary } from './foundry-binary.ts'

/** The `contracts/` folder. */
export const CONTRACTS = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** The repository, where forge runs. */
export const ROOT = dirname(CONTRACTS)

/** How a run of forge ended; `output` is both of its streams in order. */
export interface ForgeRun {
  readonly code: number
  readonly output: string
}

/** Runs forge over this folder with the npm compiler. `show` also prints its output while it comes. */
export function forge(args: readonly string[], show = false): Promise<ForgeRun> {
  const env = { ...process.env, PATH: path(), FOUNDRY_CONFIG: join(CONTRACTS, 'foundry.toml') }
  const child = spawn(foundryBinary('forge'), [...args, '--root', ROOT], { cwd: ROOT, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (show) process.stdout.write(text)
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}

/** The compiler stand-in starts by `env node`: let it find the node that runs us. */
function path(): string {
  return `${dirname(process.execPath)}:${process.env.PATH ?? ''}`
}

if (import.meta.main) process.exitCode = (await forge(process.argv.slice(2), true)).code
