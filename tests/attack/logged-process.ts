import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A `hexhail` command in a process of its own, whose every word is kept. */
export interface LoggedProcess<Ready> {
  readonly ready: Ready
  /** All that it has written to standard output and standard error. */
  said(): Uint8Array
  /** Ends it as Ctrl-C would, and resolves when it has gone. */
  stop(): Promise<void>
}

/** Starts `hexhail <args>` and resolves when it says that it is ready. */
export async function startLogged<Ready>(args: readonly string[]): Promise<LoggedProcess<Ready>> {
  const child = fork(fileURLToPath(new URL('../../node/hexhail.ts', import.meta.url)), args, { silent: true })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => said.push(bytes))
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.on('message', (report: { type: string; data: Ready }) => {
      if (report.type === 'ready') resolve(report.data)
    })
    child.on('exit', code => reject(new Error(`It ended with ${code}: ${Buffer.concat(said)}`)))
  })
  return {
    ready,
    said: () => Buffer.concat(said),
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
