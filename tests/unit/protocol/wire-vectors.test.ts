import { readFileSync } from 'node:fs'
import { openPrivate } from '@hexhail/protocol/frame.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { MESSAGES } from '@hexhail/protocol/messages.ts'
import { FILED_RECORD, RECORD_ENVELOPE, VOID } from '@hexhail/protocol/record-envelope.ts'
import { RECORD_TABLES } from '@hexhail/protocol/record-table.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createGossipCheck } from '@hexhail/protocol/validate.ts'
import { describe, expect, it } from 'vitest'
import { CHAIN, REQUEST_BODY } from './some-gossip.ts'

interface Wire {
  messages: { name: string; kind: number; body: Record<string, unknown>; bytes: Hex; root: Hex }[]
  gossip: { topic: string; nowMs: number; workBits: number; bytes: Hex }
  privateMessage: {
    tag: string
    seq: number
    role: 'driver'
    secretKey: JsonWebKey
    key: Hex
    message: object
    bytes: Hex
  }
}

const wire: Wire = JSON.parse(readFileSync(new URL('../../vectors/wire.json', import.meta.url), 'utf8'))
const TABLE = [...MESSAGES, ...RECORD_TABLES, RECORD_ENVELOPE, FILED_RECORD, VOID]

function revive(type: string, value: unknown): unknown {
  const listOf = /^(.*)\[\d+\]$/.exec(type)
  if (listOf) return (value as unknown[]).map(item => revive(listOf[1]!, item))
  if (type === 'money' || type === 'signed') return BigInt(value as string)
  if (type === 'line') {
    const { id, amount } = value as { id: number; amount: string }
    return { id, amount: BigInt(amount) }
  }
  return /^(bytes|blob)/.test(type) ? fromHex(value as string) : value
}

describe('tests/vectors/wire.json', () => {
  it('has every message of the table', () => {
    expect(wire.messages.map(v => v.name)).toEqual(TABLE.map(m => m.name))
  })

  it.each(wire.messages.map(v => [v.name, v] as const))(
    '%s has kept its kind, bytes and root',
    (_, vector) => {
      const m = TABLE.find(one => one.name === vector.name)!
      const types = m.fields as Record<string, { type: string }>
      const body = Object.fromEntries(
        Object.entries(vector.body).map(([k, v]) => [k, revive(types[k]!.type, v)]),
      )
      expect(m.kind).toBe(vector.kind)
      expect(toHex(m.encode(body as never))).toBe(vector.bytes)
      expect(m.decode(fromHex(vector.bytes))).toEqual({ verdict: 'accept', value: body })
      expect(toHex(m.root(body as never))).toBe(vector.root)
    },
  )

  it('has a gossip message that still passes the whole check', async () => {
    const { topic, nowMs, workBits, bytes } = wire.gossip
    const check = createGossipCheck({
      now: () => nowMs,
      seen: createSeen(),
      limits: createGossipLimits(),
      chainId: CHAIN,
      workBits,
    })
    const seen = await check(topic, fromHex(bytes))
    expect(seen).toMatchObject({
      verdict: 'accept',
      value: { message: { name: 'request', body: REQUEST_BODY } },
    })
  })

  it('has a private message that still opens', async () => {
    const { tag, seq, role, secretKey, key, message, bytes } = wire.privateMessage
    const { d: _d, key_ops: _ops, ...open } = secretKey
    const keyPair = {
      privateKey: await crypto.subtle.importKey('jwk', secretKey, 'X25519', false, ['deriveBits']),
      publicKey: await crypto.subtle.importKey('jwk', open, 'X25519', true, []),
    }
    const options = { tag, seq, role, bytes: fromHex(bytes), sealKey: { keyPair }, expectedKey: fromHex(key) }
    expect(await openPrivate(options)).toEqual({ verdict: 'accept', value: { message, key: fromHex(key) } })
  })
})
