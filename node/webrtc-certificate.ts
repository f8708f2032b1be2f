import 'reflect-metadata'
import { createHash, webcrypto } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { X509CertificateGenerator } from '@peculiar/x509'

/** A certificate for WebRTC-direct; `certhash` (multihash of it, base64url) stands in the relay's address. */
export interface WebRtcCertificate {
  readonly privateKey: string
  readonly pem: string
  readonly certhash: string
}

const TEN_YEARS_MS = 10 * 365.25 * 24 * 3_600_000
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * The certificate of a JSON file, which is made where there is none: the address of the relay stays the same.
 * Browsers know it by its hash and ask no authority.
 * @throws {HexhailError} 'webrtc-certificate' where the file holds something else
 */
export async function webRtcCertificateFrom(path: string, nowMs: number): Promise<WebRtcCertificate> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw fault(path, (cause as Error).message)
    const made = await makeCertificate(nowMs)
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
    return made
  }
  const kept = parse(text)
  const isWhole = [kept?.privateKey, kept?.pem, kept?.certhash].every(part => typeof part === 'string')
  if (kept === null || !isWhole) throw fault(path, 'it holds something else')
  return kept
}

async function makeCertificate(nowMs: number): Promise<WebRtcCertificate> {
  const keys = await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: 'CN=hexhail relay',
      notBefore: new Date(nowMs - (nowMs % 1000)),
      notAfter: new Date(nowMs - (nowMs % 1000) + TEN_YEARS_MS),
      keys: keys as CryptoKeyPair,
      signingAlgorithm: ECDSA,
    },
    webcrypto as Crypto,
  )
  const hash = createHash('sha256').update(new Uint8Array(certificate.rawData)).digest()
  const secret = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return {
    privateKey: `-----BEGIN PRIVATE KEY-----\n${secret.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END PRIVATE KEY-----\n`,
    pem: certificate.toString('pem'),
    certhash: `u${Buffer.concat([new Uint8Array([0x12, 0x20]), hash]).toString('base64url')}`,
  }
}

function parse(text: string): WebRtcCertificate | null {
  try {
    return JSON.parse(text) as WebRtcCertificate | null
  } catch {
    return null
  }
}

const fault = (path: string, why: string): HexhailError =>
  new HexhailError(
    'webrtc-certificate',
    `The WebRTC certificate ${path} cannot be used (${why}): delete it and start again.`,
    { path },
  )
