/** The way from the file of lines in which a desk kept its records before they lay in the store. */
import { createReadStream, existsSync, renameSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { isHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sealedFault } from '../sealed-fault.ts'
import type { Filing, RecordStore } from './record-store.ts'

/** Lines in one write. */
const PAGE = 500

/**
 * Moves the records of such a file into the store, in their order, and then calls the file `….moved`. Torn lines and
 * lines that are not ours are passed over. May be killed at any point: what is in the store already stays as it is.
 * Resolves with how many records the file had, or null where there is none.
 */
export async function moveRecordFile(path: string, records: RecordStore): Promise<number | null> {
  if (!existsSync(path)) return null
  let moved = 0
  let page: Filing[] = []
  const flush = async () => {
    if (page.length > 0) await records.add(page)
    moved += page.length
    page = []
  }
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const filing = filingFrom(line)
    if (filing) page.push(filing)
    if (page.length >= PAGE) await flush()
  }
  await flush()
  renameSync(path, `${path}.moved`)
  return moved
}

function filingFrom(line: string): Filing | null {
  try {
    const { terms, sealed, atMs } = JSON.parse(line) as { terms?: unknown; sealed?: unknown; atMs?: unknown }
    if (!isHex(terms, 32) || sealedFault(sealed) !== null || !Number.isSafeInteger(atMs)) return null
    const bytes = Buffer.from(sealed as string, 'base64')
    return { terms: terms.toLowerCase() as Hex, sealed: bytes, atMs: atMs as number }
  } catch {
    return null
  }
}
