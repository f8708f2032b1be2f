/** Keeps the screen on while it is wanted; browsers drop the lock with the tab, so it is asked for again. */
export function createWakeLock(report: (error: unknown) => void): { want(on: boolean): void } {
  let wanted = false
  let lock: WakeLockSentinel | null = null
  const ask = async () => {
    if (!wanted || lock || document.visibilityState !== 'visible') return
    lock = (await navigator.wakeLock?.request('screen')) ?? null
    lock?.addEventListener('release', () => {
      lock = null
    })
  }
  const now = () => void ask().catch(report)
  document.addEventListener('visibilitychange', now)
  return {
    want: on => {
      wanted = on
      if (on) return now()
      void lock?.release().catch(report)
      lock = null
    },
  }
}
