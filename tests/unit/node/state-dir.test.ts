import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAddresses, writeAddresses } from '@hexhail/node/addresses.ts'
import { auditKeyFrom } from '@hexhail/node/audit-key-file.ts'
import { checkStateUnused, openStateDir } from '@hexhail/node/state-dir.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hexhail-state-'))
})

afterEach(() => rmSync(dir, { recursive: true }))

const address = (byte: string): Hex => `0x${byte.repeat(20)}`

test('a folder is held by one start at a time and is free after it', async () => {
  const state = openStateDir(dir, false)
  expect(readFileSync(join(dir, 'lock'), 'utf8')).toBe(String(process.pid))
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()', 'hexhail.ts'])
  await once(other, 'spawn')
  writeFileSync(join(dir, 'lock'), String(other.pid))
  expect(() => checkStateUnused(dir)).toThrow(`process ${other.pid}`)
  other.kill()
  await once(other, 'close')
  expect(() => checkStateUnused(dir)).not.toThrow()
  state[Symbol.dispose]()
  expect(existsSync(join(dir, 'lock'))).toBe(false)
})

test('the lock of a process that is gone or another program, or a torn one, holds nobody up', () => {
  for (const pid of [4_194_304, 1]) {
    writeFileSync(join(dir, 'lock'), String(pid))
    expect(() => checkStateUnused(dir)).not.toThrow()
  }
  writeFileSync(join(dir, 'lock'), '')
  expect(() => checkStateUnused(dir)).not.toThrow()
})

test('a fresh start deletes what is ours and nothing else', () => {
  openStateDir(dir, false)[Symbol.dispose]()
  writeFileSync(join(dir, 'chain.json'), '{}')
  writeFileSync(join(dir, 'audit', 'key.json'), '{}')
  writeFileSync(join(dir, 'diary.txt'), 'mine')
  const state = openStateDir(dir, true)
  expect(existsSync(state.chainState)).toBe(false)
  expect(existsSync(join(state.audit, 'key.json'))).toBe(false)
  expect(readFileSync(join(dir, 'diary.txt'), 'utf8')).toBe('mine')
  state[Symbol.dispose]()
})

test('a folder that cannot be made is named with the remedy', () => {
  writeFileSync(join(dir, 'file'), '')
  expect(() => openStateDir(join(dir, 'file', 'x'), false)).toThrow('--state DIR')
})

test('the authority’s key is made once, for the owner’s eyes only', async () => {
  const path = join(dir, 'key.json')
  const made = await auditKeyFrom(path)
  expect(await auditKeyFrom(path)).toEqual(made)
  expect(statSync(path).mode & 0o077).toBe(0)
  writeFileSync(path, '{"privateKey":"0x12"}')
  await expect(auditKeyFrom(path)).rejects.toThrow('--fresh')
})

test('addresses are read as they were written, and a broken file is named', () => {
  const path = join(dir, 'addresses.json')
  const contracts = {
    token: address('01'),
    vault: address('02'),
    tariffs: address('03'),
    permits: address('04'),
    relayRegistry: address('06'),
    deployBlock: 5,
  }
  const there = { chainId: 1, rpcUrl: 'http://x', contracts, tariffId: 1, authority: address('05') }
  writeAddresses(path, there)
  expect(readAddresses(path)).toEqual(there)
  for (const broken of ['{ "cut', 'null', '{}']) {
    writeFileSync(path, broken)
    expect(() => readAddresses(path)).toThrow(/addresses\.json cannot be read .*--fresh/)
  }
})
