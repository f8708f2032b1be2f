/** The authority's monthly keys as files in a folder, one a month: made, listed and destroyed. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type MonthKey, monthAfter, monthOf } from '@hexhail/protocol/month-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { makeAuditKey } from './audit-key.ts'

/** A month's key as its file has it; `privateKey` is null once it is destroyed. */
export interface KeptMonthKey extends MonthKey {
  readonly privateKey: Hex | null
  /** When it was made, unix ms; 0 in files of before this was kept. */
  readonly madeAtMs: number
  /** When it was destroyed, unix ms; null = it opens records. */
  readonly destroyedAtMs: number | null
}

/** Signs a key as the authority's account does. */
export type SignMonthKey = (key: Omit<MonthKey, 'signature'>) => Promise<Hex>

const fileOf = (folder: string, month: number): string => join(folder, `${month}.json`)

/** All keys of a folder, the oldest first; a folder that is not there has none. */
export async function listMonthKeys(folder: string): Promise<readonly KeptMonthKey[]> {
  const names = await readdir(folder).catch(() => [] as string[])
  const months = names.flatMap(name => (/^\d{6}\.json$/.test(name) ? [Number(name.slice(0, 6))] : []))
  return Promise.all(months.toSorted((a, b) => a - b).map(month => read(folder, month)))
}

/** What anyone may know of the keys: those that records can still be sealed to. */
export const publicMonthKeys = (keys: readonly KeptMonthKey[]): MonthKey[] =>
  keys
    .filter(key => key.privateKey !== null)
    .map(({ authority, month, publicKey, signature }) => ({ authority, month, publicKey, signature }))

/** Makes the key of a month; one that is there is left as it is. A destroyed one does not come back. */
export async function makeMonthKey(
  folder: string,
  authority: Hex,
  month: number,
  sign: SignMonthKey,
  nowMs: number,
): Promise<KeptMonthKey> {
  if (month % 100 < 1 || month % 100 > 12)
    throw new HexhailError('month', `${month} is no month: write 202611.`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const there = (await readdir(folder)).includes(`${month}.json`)
  if (there) return read(folder, month)
  const { privateKey, publicKey } = await makeAuditKey()
  const bare = { authority, month, publicKey }
  const made = { privateKey, madeAtMs: nowMs, destroyedAtMs: null }
  const key: KeptMonthKey = { ...bare, signature: await sign(bare), ...made }
  await write(folder, key)
  return key
}

/** Makes the keys of the month of this moment and of the next, where they are not there yet. */
export async function makeMonthKeysAt(
  folder: string,
  authority: Hex,
  nowMs: number,
  sign: SignMonthKey,
): Promise<readonly KeptMonthKey[]> {
  const month = monthOf(nowMs)
  await makeMonthKey(folder, authority, month, sign, nowMs)
  await makeMonthKey(folder, authority, monthAfter(month), sign, nowMs)
  return listMonthKeys(folder)
}

/**
 * Destroys the private half of a month's key: its bytes in the file are written over, then the file is replaced by the
 * public half alone. Records of the month open no more, here or from any copy of the log; backups of the file, and
 * browsers that took the key in, must be cleared by who made them. A month under way or ahead is refused.
 */
export async function destroyMonthKey(folder: string, month: number, nowMs: number): Promise<KeptMonthKey> {
  if (month >= monthOf(nowMs))
    throw new HexhailError('month-open', `${month} is not over: records are still sealed to its key.`)
  const key = await read(folder, month)
  if (key.privateKey === null) return key
  const path = fileOf(folder, month)
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    await file.write(new Uint8Array(size), 0, size, 0)
    await file.sync()
  } finally {
    await file.close()
  }
  const gone = { ...key, privateKey: null, destroyedAtMs: nowMs }
  await write(folder, gone)
  return gone
}

async function write(folder: string, key: KeptMonthKey): Promise<void> {
  const fresh = join(folder, `${randomUUID()}.new`)
  try {
    const file = await open(fresh, 'wx', 0o600)
    await file.write(`${JSON.stringify(key)}\n`)
    await file.sync()
    await file.close()
    await rename(fresh, fileOf(folder, key.month))
  } finally {
    await rm(fresh, { force: true })
  }
}

async function read(folder: string, month: number): Promise<KeptMonthKey> {
  const path = fileOf(folder, month)
  const text = await readFile(path, 'utf8').catch(() => '')
  let key: Partial<KeptMonthKey> | null = null
  try {
    key = JSON.parse(text) as Partial<KeptMonthKey>
  } catch {
    // told below
  }
  const { authority, publicKey, signature, privateKey = null, destroyedAtMs = null } = key ?? {}
  const madeAtMs = Number.isSafeInteger(key?.madeAtMs) ? (key?.madeAtMs as number) : 0
  const known = isHex(authority, 20) && isHex(publicKey, 32) && isHex(signature, 65)
  if (!known || key?.month !== month || (privateKey !== null && !isHex(privateKey, 32)))
    throw new HexhailError('month-key', `${path} holds no key of ${month}: put the right file back.`, {
      path,
    })
  return { authority, month, publicKey, signature, privateKey, madeAtMs, destroyedAtMs }
}
