import { type Child, type ChildOptions, startChild } from './child.ts'

/** The parts of a demo: they start one by one and end together. */
export interface Family extends AsyncDisposable {
  /** Starts a part that must go on until the demo ends. */
  start<Ready>(options: ChildOptions): Child<Ready>
  /** Rejects when a part ends that nobody stopped. */
  readonly died: Promise<never>
}

/** Makes an empty family. */
export function createFamily(): Family {
  const children: Child<unknown>[] = []
  const died = Promise.withResolvers<never>()
  died.promise.catch(() => undefined)
  return {
    start<Ready>(options: ChildOptions) {
      const child = startChild<Ready>(options)
      children.push(child)
      void child.died.then(died.reject)
      return child
    },
    died: died.promise,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(children.map(child => child[Symbol.asyncDispose]()))
    },
  }
}
