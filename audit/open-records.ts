/** Opening of sealed records in bulk: node:crypto, one key agreement for each sealing context. */
import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto'
import { concat, fromHex, hexDigits } from '@hexhail/protocol/hex.ts'
import { type HpkeContext, hpkeContext, nonceAt } from '@hexhail/protocol/hpke-context.ts'
import {
  keyIdOf,
  type Opened,
  RECORD_ENVELOPE,
  type RecordEnvelope,
  readFiled,
  sealInfo,
  unpadRecord,
} from '@hexhail/protocol/record-envelope.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** RFC 8410: everything before the 32 bytes of an X25519 key, private in PKCS #8 and public in SPKI. */
const PKCS8 = fromHex('0x302e020100300506032b656e04220420')
const SPKI = fromHex('0x302a300506032b656e032100')

/** Why an envelope does not open. `key`: it is sealed to another key, perhaps one that is destroyed. */
export type OpenCode = 'envelope' | 'key' | 'sealed' | 'record' | 'terms' | 'version'

/** Opens envelopes one after the other. */
export interface RecordOpener {
  /** The plaintext of an envelope: kind byte and body. Never throws. */
  plain(envelope: RecordEnvelope): Verdict<Uint8Array, OpenCode>
  /** What an envelope holds. Never throws. */
  open(bytes: Uint8Array): Verdict<Opened, OpenCode>
}

/** Contexts kept at a time: a shift's envelopes lie near each other in a log. */
const MOST_CONTEXTS = 10_000

/** An opener that has these private keys, 32 bytes each. */
export function createRecordOpener(privateKeys: readonly Hex[]): RecordOpener {
  const keys = new Map<string, { privateKey: KeyObject; publicKey: Uint8Array }>()
  for (const hex of privateKeys) {
    const der = Buffer.from(concat(PKCS8, fromHex(hex, 32)))
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
    const publicKey = new Uint8Array(spki.subarray(SPKI.length))
    keys.set(hexDigits(keyIdOf(publicKey)), { privateKey, publicKey })
  }
  const contexts = new Map<string, HpkeContext | null>()

  const contextOf = (envelope: RecordEnvelope): HpkeContext | 'key' | null => {
    const { keyId, enc, authority, month } = envelope
    const id = hexDigits(keyId)
    const name = `${id}${hexDigits(enc)}${authority}${month}`
    const known = contexts.get(name)
    if (known !== undefined) return known
    const key = keys.get(id)
    if (!key) return 'key'
    const made = agree(key.privateKey, key.publicKey, enc, sealInfo(authority, month))
    if (contexts.size >= MOST_CONTEXTS) contexts.delete(contexts.keys().next().value as string)
    contexts.set(name, made)
    return made
  }

  const plain: RecordOpener['plain'] = envelope => {
    const context = contextOf(envelope)
    if (context === 'key') return reject('key')
    const { sealed, seq, terms } = envelope
    if (context === null || sealed.length < 18) return reject('sealed')
    try {
      const open = createDecipheriv('aes-128-gcm', context.key, nonceAt(context.baseNonce, seq))
      open.setAAD(terms)
      open.setAuthTag(sealed.subarray(sealed.length - 16))
      const padded = open.update(sealed.subarray(0, sealed.length - 16))
      open.final()
      const bare = unpadRecord(padded)
      return bare ? { verdict: 'accept', value: bare } : reject('sealed')
    } catch {
      return reject('sealed')
    }
  }

  return {
    plain,
    open(bytes) {
      const envelope = RECORD_ENVELOPE.decode(bytes)
      if (envelope.verdict !== 'accept') return reject('envelope')
      const bare = plain(envelope.value)
      return bare.verdict === 'accept' ? readFiled(bare.value, envelope.value.terms) : bare
    },
  }
}

/** The context of an encapsulated key; null for a point that no honest sender makes. */
function agree(
  privateKey: KeyObject,
  receiver: Uint8Array,
  enc: Uint8Array,
  info: Uint8Array,
): HpkeContext | null {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(concat(SPKI, enc)), format: 'der', type: 'spki' })
    return hpkeContext(diffieHellman({ privateKey, publicKey }), enc, receiver, info)
  } catch {
    return null
  }
}
