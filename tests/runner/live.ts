import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * What Node has compiled of our sources and of packages: hundreds of processes start in a run, and to compile the same
 * files again is half of what a short one does.
 */
const COMPILED = join(ROOT, '.hexhail', 'compile-cache')

/** How a program ended; `output` is what it printed. */
export interface Ended {
  readonly code: number
  readonly output: string
}

/** Where a program's output goes while it comes. */
export type Print = (text: string) => void

const show: Print = text => void process.stdout.write(text)

/** Runs a file with the Node that runs us and shows its output while it comes. A signal to us reaches it too. */
export function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  print = show,
): Promise<Ended> {
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...color, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGTERM', forward).on('SIGINT', forward)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      print(text)
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      process.off('SIGTERM', forward).off('SIGINT', forward)
      resolve({ code: code ?? 1, output })
    })
  })
}
