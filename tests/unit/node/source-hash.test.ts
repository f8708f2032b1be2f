import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sourceHash } from '@hexhail/node/source-hash.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hexhail-hash-'))
  mkdirSync(join(root, 'ui', 'node_modules'), { recursive: true })
  writeFileSync(join(root, 'ui', 'map.ts'), 'export const a = 1')
  writeFileSync(join(root, 'lock.json'), '{}')
})

afterEach(() => rmSync(root, { recursive: true }))

const hash = (): string => sourceHash(root, ['ui', 'lock.json'])

test('the hash stays while nothing changes', () => {
  const before = hash()
  writeFileSync(join(root, 'ui', 'node_modules', 'x.js'), 'anything')
  expect(hash()).toBe(before)
  expect(before).toMatch(/^[0-9a-f]{16}$/)
})

test('a changed, renamed, added or removed file gives another hash', () => {
  const seen = new Set([hash()])
  writeFileSync(join(root, 'ui', 'map.ts'), 'export const a = 2')
  seen.add(hash())
  renameSync(join(root, 'ui', 'map.ts'), join(root, 'ui', 'chart.ts'))
  seen.add(hash())
  writeFileSync(join(root, 'ui', 'more.ts'), '')
  seen.add(hash())
  writeFileSync(join(root, 'lock.json'), '{ }')
  seen.add(hash())
  rmSync(join(root, 'ui', 'chart.ts'))
  seen.add(hash())
  expect(seen.size).toBe(6)
})
