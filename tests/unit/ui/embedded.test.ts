import { createEmbeddedWallet } from '@hexhail/ui/wallet/embedded.ts'
import { memoryKeyStore } from '@hexhail/ui/wallet/key-store.ts'
import type { Hex, KeyStore, PasskeyPort } from '@hexhail/ui/wallet/ports.ts'
import { describe, expect, test } from 'vitest'

const KEY: Hex = `0x${'0a'.repeat(31)}01`
const ADDRESS: Hex = `0x${'11'.repeat(20)}`

/** An authenticator: one secret, mixed with the salt, behind an id. */
function authenticator(): PasskeyPort & { swap(): void } {
  let secret = 7
  const answer = (salt: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(salt, byte => byte ^ secret)
  return {
    swap: () => {
      secret++
    },
    available: async () => true,
    create: async (_name, salt) => ({ id: Uint8Array.of(1, 2, 3), secret: answer(salt) }),
    secret: async (_id, salt) => answer(salt),
  }
}

function wallet(store: KeyStore = memoryKeyStore(), passkeys: PasskeyPort = authenticator()) {
  const keys = { createKey: () => KEY, addressOf: () => ADDRESS, open: (key: Hex) => key }
  return createEmbeddedWallet({ keys, store, passkeys, now: () => 5, rounds: 1_000 })
}

describe('an embedded wallet', () => {
  test.each(['passkey', 'passphrase', 'device'] as const)(
    'locked by %s opens again with the same key',
    async method => {
      const store = memoryKeyStore()
      const passkeys = authenticator()
      expect(await wallet(store, passkeys).known()).toBeNull()
      expect(await wallet(store, passkeys).create(method, 'correct horse')).toBe(KEY)
      const later = wallet(store, passkeys)
      expect(await later.known()).toEqual({ address: ADDRESS, method })
      expect(await later.unlock('correct horse')).toBe(KEY)
    },
  )

  test('refuses a wrong passphrase and keeps the key', async () => {
    const store = memoryKeyStore()
    await wallet(store).create('passphrase', 'correct horse')
    await expect(wallet(store).unlock('wrong horse')).rejects.toMatchObject({ code: 'wrong' })
    expect(await wallet(store).unlock('correct horse')).toBe(KEY)
  })

  test('opens with the same passphrase typed in another Unicode form', async () => {
    const store = memoryKeyStore()
    await wallet(store).create('passphrase', 'caf\u00e9 con leche')
    expect(await wallet(store).unlock('cafe\u0301 con leche')).toBe(KEY)
  })

  test('refuses another passkey', async () => {
    const store = memoryKeyStore()
    const passkeys = authenticator()
    await wallet(store, passkeys).create('passkey')
    passkeys.swap()
    await expect(wallet(store, passkeys).unlock()).rejects.toMatchObject({ code: 'wrong' })
  })

  test('binds the sealed key to its address', async () => {
    const store = memoryKeyStore()
    await wallet(store).create('device')
    const record = await store.read()
    if (record) await store.write({ ...record, address: `0x${'22'.repeat(20)}` })
    await expect(wallet(store).unlock()).rejects.toMatchObject({ code: 'wrong' })
  })

  test('never keeps the key in the clear, and a device lock gives no bytes out', async () => {
    const store = memoryKeyStore()
    await wallet(store).create('device')
    const record = await store.read()
    const bytes = Array.from(record?.sealed ?? [])
      .map(byte => byte.toString(16).padStart(2, '0'))
      .join('')
    expect(bytes).not.toContain(KEY.slice(2))
    await expect(crypto.subtle.exportKey('raw', record?.deviceKey as CryptoKey)).rejects.toThrow()
  })

  test('is gone when it is forgotten', async () => {
    const store = memoryKeyStore()
    await wallet(store).create('device')
    await wallet(store).forget()
    expect(await wallet(store).known()).toBeNull()
    await expect(wallet(store).unlock()).rejects.toMatchObject({ code: 'storage' })
  })
})
