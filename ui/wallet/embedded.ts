import type { Hex, KeyPort, KeyRecord, KeyStore, LockMethod, PasskeyPort } from './ports.ts'
import {
  deviceKey,
  keyFromPasskey,
  keyFromPassphrase,
  openKey,
  PBKDF2_ROUNDS,
  randomBytes,
  sealKey,
} from './seal-key.ts'
import { WalletError } from './wallet-error.ts'

/** The wallet whose key is made here and locked here. */
export interface EmbeddedWallet<W> {
  /** What is kept, without opening it: `null` on a first visit. */
  known(): Promise<{ readonly address: Hex; readonly method: LockMethod } | null>
  /** Makes a key, locks it, keeps it. `passphrase` is needed for that method only. @throws {WalletError} */
  create(method: LockMethod, passphrase?: string): Promise<W>
  /** Opens what is kept. @throws {WalletError} `wrong`, `cancelled` */
  unlock(passphrase?: string): Promise<W>
  /** Deletes the key. */
  forget(): Promise<void>
}

/** What `createEmbeddedWallet` works with. */
export interface EmbeddedPorts<W> {
  readonly keys: KeyPort<W>
  readonly store: KeyStore
  readonly passkeys: PasskeyPort
  readonly now: () => number
  /** PBKDF2 rounds; fewer only in tests. */
  readonly rounds?: number
}

/** An embedded wallet over the given ports. */
export function createEmbeddedWallet<W>(ports: EmbeddedPorts<W>): EmbeddedWallet<W> {
  const { keys, store, passkeys, now, rounds = PBKDF2_ROUNDS } = ports

  type Lock = { readonly lock: CryptoKey } & Pick<KeyRecord, 'salt' | 'rounds' | 'credentialId' | 'deviceKey'>
  const newLock = async (method: LockMethod, passphrase: string): Promise<Lock> => {
    const salt = randomBytes(32)
    if (method === 'passkey') {
      const { id, secret } = await passkeys.create('Hexhail', salt)
      return { lock: await keyFromPasskey(secret, salt), salt, credentialId: id }
    }
    if (method === 'passphrase')
      return { lock: await keyFromPassphrase(passphrase, salt, rounds), salt, rounds }
    const key = await deviceKey()
    return { lock: key, deviceKey: key }
  }
  const lockOf = async (record: KeyRecord, passphrase: string): Promise<CryptoKey> => {
    if (record.method === 'device' && record.deviceKey) return record.deviceKey
    if (record.method === 'passkey' && record.credentialId && record.salt) {
      return keyFromPasskey(await passkeys.secret(record.credentialId, record.salt), record.salt)
    }
    if (record.method === 'passphrase' && record.salt)
      return keyFromPassphrase(passphrase, record.salt, record.rounds)
    throw new WalletError('storage', `The kept record of ${record.address} is damaged.`)
  }

  return {
    async known() {
      const record = await store.read()
      return record === null ? null : { address: record.address, method: record.method }
    },
    async create(method, passphrase = '') {
      const { lock, ...kept } = await newLock(method, passphrase)
      const key = keys.createKey()
      const address = keys.addressOf(key)
      const sealed = await sealKey(key, lock, address, method)
      await store.write({ version: 1, address, method, createdAtMs: now(), ...kept, ...sealed })
      return keys.open(key)
    },
    async unlock(passphrase = '') {
      const record = await store.read()
      if (record === null) throw new WalletError('storage', 'No wallet is kept in this browser.')
      return keys.open(await openKey(record, await lockOf(record, passphrase)))
    },
    forget: () => store.clear(),
  }
}
