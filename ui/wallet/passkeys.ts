import type { PasskeyPort } from './ports.ts'
import { randomBytes } from './seal-key.ts'
import { WalletError } from './wallet-error.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Passkeys of this browser with the PRF extension: the same secret for the same input, behind the screen lock. */
export function browserPasskeys(): PasskeyPort {
  return {
    async available() {
      if (typeof PublicKeyCredential === 'undefined' || !isSecureContext) return false
      // WebAuthn takes names, and no addresses: at http://127.0.0.1 there is none.
      if (/^[\d.:[\]]+$/.test(location.hostname)) return false
      return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false)
    },
    async create(name, salt) {
      const made = await ask(() =>
        navigator.credentials.create({
          publicKey: {
            rp: { name: 'Hexhail' },
            user: { id: randomBytes(16), name, displayName: name },
            challenge: randomBytes(32),
            pubKeyCredParams: [
              { type: 'public-key', alg: -7 },
              { type: 'public-key', alg: -257 },
            ],
            authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
            extensions: { prf: { eval: { first: salt } } },
          },
        }),
      )
      const prf = made.getClientExtensionResults().prf
      if (!prf?.enabled && !prf?.results)
        throw new WalletError('passkey', 'The passkey has no PRF extension.')
      const id = new Uint8Array(made.rawId)
      const first = prf.results?.first
      return { id, secret: first ? bytes(first) : await evaluate(id, salt) }
    },
    secret: evaluate,
  }
}

async function evaluate(id: Bytes, salt: Bytes): Promise<Bytes> {
  const found = await ask(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: [{ type: 'public-key', id }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  )
  const first = found.getClientExtensionResults().prf?.results?.first
  if (!first) throw new WalletError('passkey', 'The passkey gave no PRF result.')
  return bytes(first)
}

async function ask(call: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await call()
    if (credential !== null) return credential as PublicKeyCredential
  } catch (cause) {
    const code = cause instanceof DOMException && cause.name === 'NotAllowedError' ? 'cancelled' : 'passkey'
    throw new WalletError(code, 'The passkey was not used.', cause)
  }
  throw new WalletError('cancelled', 'No passkey was chosen.')
}

function bytes(source: BufferSource): Bytes {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source.slice(0))
    : new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength).slice()
}
