/** Keeps one writer a person: the tab that holds the lock works, the others look on and may take over. */
export interface SingleTab {
  /** True once this tab is the one that works. */
  readonly leader: boolean
  /** Resolves when this tab becomes the one that works: at once, or when the other is closed. */
  readonly leading: Promise<void>
  release(): void
}

/** Asks for the lock of an app; browsers without Web Locks always get it. */
export async function claimTab(
  name: string,
  locks: LockManager | undefined = globalThis.navigator?.locks,
): Promise<SingleTab> {
  const held = Promise.withResolvers<void>()
  const leading = Promise.withResolvers<void>()
  const tab = { leader: true, leading: leading.promise, release: () => held.resolve() }
  if (!locks) {
    leading.resolve()
    return tab
  }
  const first = Promise.withResolvers<boolean>()
  void locks.request(name, { ifAvailable: true }, async lock => {
    first.resolve(lock !== null)
    if (lock) await held.promise
  })
  if (await first.promise) {
    leading.resolve()
    return tab
  }
  tab.leader = false
  void locks.request(name, async () => {
    tab.leader = true
    leading.resolve()
    await held.promise
  })
  return tab
}
