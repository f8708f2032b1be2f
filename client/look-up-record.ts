import { decodeEntry } from '@hexhail/audit/log/entry.ts'
import type { InclusionFile } from '@hexhail/audit/log/evidence.ts'
import { createLogClient, type LogClient, type ToldRecords } from '@hexhail/audit/log/log-client.ts'
import { type NoteKey, noteKeyFrom } from '@hexhail/audit/log/note-key.ts'
import { lookUpEntry, type PublicRecord } from '@hexhail/audit/log/public-record.ts'
import { TREE_HASH } from '@hexhail/audit/log/tree-hash.ts'
import { createRpc, type Rpc } from '@hexhail/chain/rpc.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { equalBytes, fromHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { anchoredBlock } from './anchored-block.ts'
import type { Disk } from './store.ts'

/** Where the record of a trip is in the public log; `unfiled`: nobody has filed one. */
export type RecordStanding =
  | Exclude<PublicRecord, Included>
  | (Included & {
      /** The block of the chain that has a tree with it; `due`: none has yet; null: this deployment puts none there. */
      readonly block: number | 'due' | null
    })
  | { readonly state: 'unfiled' }

type Included = Extract<PublicRecord, { state: 'included' }>

/** Looks the record of a trip up. Rejects with `HexhailError` 'LOG_DOWN' where the log is away. */
export type LookUpRecord = (terms: Hex) => Promise<RecordStanding>

/** How a page looks up records in the log of its configuration; null where that names none, or a key that is none. */
export function recordLookUp(
  config: Pick<AppConfig, 'log'> & Partial<Pick<AppConfig, 'rpcUrl'>>,
  disk: Pick<Disk, 'get' | 'set'>,
  now: () => number,
  fetch?: typeof globalThis.fetch,
  rpc: Rpc | null = config.rpcUrl === undefined ? null : createRpc(config.rpcUrl),
): LookUpRecord | null {
  const log = noteKeyFrom(config.log?.vkey ?? '')
  if (!config.log || log.verdict !== 'accept') return null
  const witnesses = config.log.witnesses
    .map(noteKeyFrom)
    .flatMap(key => (key.verdict === 'accept' ? key.value : []))
  const client = createLogClient(config.log.url, fetch)
  const memory = {
    get: (key: string) => disk.get<string>(key),
    set: (key: string, value: string) => disk.set(key, value),
  }
  const anchor = config.log.anchor
  const blockOf = async (file: InclusionFile): Promise<number | 'due' | null> => {
    if (!rpc || !anchor) return null
    const asked = anchoredBlock({ client, log: log.value as NoteKey, rpc, anchor }, file)
    return (await asked.catch(() => null)) ?? 'due' // the chain may be away
  }
  return async terms => {
    const told = await client.records(terms.slice(2, 5).toLowerCase())
    const own = told.records.filter(each => isOf(terms, each.entry))
    let found: RecordStanding = { state: 'unfiled' }
    for (const { entry } of own) {
      const deps = { client: clientOf(client, told), log: log.value as NoteKey, witnesses, memory, now }
      const standing = await lookUpEntry(deps, entry)
      if (standing.state === 'lied') return standing
      if (found.state !== 'included')
        found =
          standing.state === 'included' ? { ...standing, block: await blockOf(standing.file) } : standing
    }
    return found
  }
}

/** True for an entry that says it is the record of this trip. */
function isOf(terms: Hex, bytes: Uint8Array): boolean {
  const entry = decodeEntry(bytes)
  return (
    entry.verdict === 'accept' &&
    entry.value.name === 'record' &&
    equalBytes(entry.value.terms, fromHex(terms))
  )
}

/** The log as it told a group of records, so that it does not hear which of them is asked for. */
function clientOf(client: LogClient, { checkpoint, records }: ToldRecords): LogClient {
  return {
    ...client,
    async add(entry) {
      const told = records.find(each => equalBytes(each.entry, entry))
      return told ?? client.add(entry)
    },
    async proof(leafHash) {
      const told = records.find(each => equalBytes(TREE_HASH.leaf(each.entry), leafHash))
      if (!told) return client.proof(leafHash)
      return told.proof && { index: told.index, proof: [...told.proof], checkpoint }
    },
    checkpoint: async () => checkpoint,
  }
}
