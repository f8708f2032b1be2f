/** What the wallet screens need of the chain room, handed in by the app: `ui` itself knows no key maths. */

/** Hex with `0x`. */
export type Hex = `0x${string}`

/** Key maths of the embedded wallet; `W` is the chain room's wallet. */
export interface KeyPort<W> {
  /** A new secp256k1 key, 32 bytes (`createWalletKey`). */
  createKey(): Hex
  /** Its account, lower case (`addressOfKey`). */
  addressOf(key: Hex): Hex
  /** The wallet of a key (`walletFromKey`). */
  open(key: Hex): W
}

/** A wallet that a browser extension or the browser itself brings (EIP-1193). */
export interface Eip1193Provider {
  request(call: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>
}

/** How an embedded key is locked. */
export type LockMethod = 'passkey' | 'passphrase' | 'device'

/** What stands in the browser's store: never the key itself. */
export interface KeyRecord {
  readonly version: 1
  readonly address: Hex
  readonly method: LockMethod
  readonly createdAtMs: number
  /** AES-GCM: 12-byte nonce and sealed key. */
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
  /** Salt of the passphrase, or the PRF input of the passkey. */
  readonly salt?: Uint8Array<ArrayBuffer>
  readonly rounds?: number
  readonly credentialId?: Uint8Array<ArrayBuffer>
  /** The key that opens a `device` lock; the browser does not give its bytes out. */
  readonly deviceKey?: CryptoKey
}

/** Where the record is kept: IndexedDB in the apps, memory in tests. */
export interface KeyStore {
  read(): Promise<KeyRecord | null>
  write(record: KeyRecord): Promise<void>
  clear(): Promise<void>
}

/** The passkey calls (WebAuthn PRF); absent where the browser has none. */
export interface PasskeyPort {
  /** Whether to offer it at all. */
  available(): Promise<boolean>
  /** Makes a passkey and returns its id and its 32-byte secret for `salt`. */
  create(
    name: string,
    salt: Uint8Array<ArrayBuffer>,
  ): Promise<{ id: Uint8Array<ArrayBuffer>; secret: Uint8Array<ArrayBuffer> }>
  /** The same 32 bytes again. */
  secret(id: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
}
