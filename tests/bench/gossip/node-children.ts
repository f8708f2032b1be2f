import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Order } from './node-peers.ts'

/** A child process with Node peers. */
export interface NodeChild extends Disposable {
  /** Resolves with its answer; one question at a time. */
  ask<A extends Answer>(order: Order): Promise<A>
}

/** Starts a child process. */
export function startNodeChild(): NodeChild {
  const child: ChildProcess = fork(fileURLToPath(new URL('node-peers.ts', import.meta.url)))
  return {
    ask: <A extends Answer>(order: Order) =>
      new Promise<A>((resolve, reject) => {
        child.once('message', (said: { answer: A; error?: string }) => {
          if (said.error === undefined) resolve(said.answer)
          else reject(new Error(said.error))
        })
        child.send(order)
      }),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}
