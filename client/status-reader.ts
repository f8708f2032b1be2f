import type { OfficeClient } from '@hexhail/permits/office-client.ts'
import { openStatusList, type StatusList } from '@hexhail/permits/status-list.ts'
import type { Store } from './store.ts'

/** A list is taken again for so long, ms: what the office stops is known a minute later. */
const LIST_MS = 60_000

/**
 * Reads one of the office's status lists, asked for whole so that nobody learns which entry is looked at. Null where none
 * that holds can be had; rejects with `HexhailError` where the office does not answer.
 */
export function createStatusReader(deps: {
  readonly office: Pick<OfficeClient, 'office' | 'statusList'>
  /** Path of the list at the office. */
  readonly path: string
  /** Where the newest list's time is kept: an older one is refused even after a reload. */
  readonly newestKey: string
  readonly store: Pick<Store, 'get' | 'set'>
  readonly now: () => number
}): () => Promise<StatusList | null> {
  const { office, path, newestKey, store, now } = deps
  let list: { readonly value: StatusList; readonly atMs: number } | null = null
  return async () => {
    if (list && now() - list.atMs < LIST_MS) return list.value
    const { issuer, url } = await office.office()
    const newestS = (await store.get<number>(newestKey)) ?? 0
    const token = await office.statusList()
    const nowS = Math.floor(now() / 1_000)
    const opened = await openStatusList(token, { uri: `${url}${path}`, issuer, nowS, newestS })
    if (opened.verdict !== 'accept') return list?.value ?? null
    list = { value: opened.value, atMs: now() }
    await store.set(newestKey, opened.value.issuedAtS)
    return opened.value
  }
}
