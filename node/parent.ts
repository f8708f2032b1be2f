import type { ChildReport } from './child-report.ts'

/** True in a process that the demo started. */
export const hasParent = typeof process.send === 'function'

/** Tells the demo, or a person who started this command himself. */
export function report(message: ChildReport): void {
  if (hasParent) process.send!(message)
  else if (message.type === 'ready') console.log(JSON.stringify(message.data, null, 2))
  else if (message.type === 'fault') console.error(message.message)
}

/** Resolves when this process is to end: Ctrl-C, a closed terminal, a kill. */
export function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    const stop = (): void => resolve()
    process.once('SIGTERM', stop).once('SIGINT', stop).once('SIGHUP', stop)
  })
}
