import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of its own that answers questions, so that nobody shares an event loop with the relay that is measured. */
export interface Child {
  ask<T>(question: string, options?: unknown): Promise<T>
  stop(): void
}

interface Question {
  readonly id: number
  readonly question: string
  readonly options: never
}
type Answer = { readonly id: number; readonly result?: unknown; readonly error?: string }

/** Starts one of the programs of this folder. */
export function startChild(program: 'relay' | 'honest' | 'attacker'): Child {
  const child = fork(fileURLToPath(new URL(`${program}.ts`, import.meta.url)), {
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
  })
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  let next = 0
  child.on('message', (message: Answer) => {
    const asker = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) asker?.resolve(message.result as never)
    else asker?.reject(new Error(`${program}: ${message.error}`))
  })
  child.on('exit', code => {
    for (const { reject } of waiting.values()) reject(new Error(`The ${program} ended with ${code}.`))
  })
  return {
    ask: (question, options) =>
      new Promise((resolve, reject) => {
        waiting.set(next, { resolve, reject })
        child.send({ id: next++, question, options })
      }),
    stop: () => child.kill(),
  }
}

/** In a child: answers questions by name. */
export function answer(handlers: Readonly<Record<string, (options: never) => unknown>>): void {
  process.on('message', async ({ id, question, options }: Question) => {
    try {
      process.send?.({ id, result: await handlers[question]!(options) })
    } catch (error) {
      process.send?.({ id, error: String(error) })
    }
  })
  process.on('disconnect', () => process.exit())
}
