/** Calls `fn` when a page comes back: line up again, or tab shown. Outside a page never. Returns the way to stop it. */
export function onWake(fn: () => void): () => void {
  const page = globalThis.document
  const onShow = (): void => {
    if (page.visibilityState === 'visible') fn()
  }
  globalThis.addEventListener?.('online', fn)
  page?.addEventListener('visibilitychange', onShow)
  return () => {
    globalThis.removeEventListener?.('online', fn)
    page?.removeEventListener('visibilitychange', onShow)
  }
}
