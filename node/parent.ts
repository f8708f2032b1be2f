import type { ChildReport } from './child-report.ts'

/** True in a process that the demo started. */
export const hasParent = typeof process.send === 'function'

/** Tells the demo, or a person who started this command himself. */
export function report(message: ChildReport): void {
  if (hasParent) process.send!(message)
  else if (message.type === 'ready') console.log(JSON.stringify(message.data, null, 2))
  else if (message.type === 'fault') console.error(message.message)
}

const LOOK_MS = 250

/**
 * Resolves when this process is to end: Ctrl-C, a closed terminal, a kill. A kill of `npm start` reaches npm and its
 * shell, and not us: that the shell is gone is all that can be seen of it.
 */
export function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    const stop = (): void => resolve()
    process.once('SIGTERM', stop).once('SIGINT', stop).once('SIGHUP', stop)
    const shell = process.ppid
    if (process.env.npm_lifecycle_event !== undefined)
      setInterval(() => process.ppid !== shell && stop(), LOOK_MS).unref()
  })
}
