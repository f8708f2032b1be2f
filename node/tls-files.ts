import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** A certificate with its chain and its private key, and the names that it is for. */
export interface Tls {
  readonly cert: string
  readonly key: string
  readonly names: readonly string[]
}

/**
 * Reads a certificate and its key from PEM files.
 * @throws {HexhailError} 'tls' where one cannot be read, or they do not belong together, or the certificate is over
 */
export function readTls(certPath: string, keyPath: string, nowMs: number): Tls {
  const cert = read(certPath, '--tls-cert')
  const key = read(keyPath, '--tls-key')
  const parsed = parse(certPath, 'certificate', () => new X509Certificate(cert))
  const secret = parse(keyPath, 'private key', () => createPrivateKey(key))
  if (!parsed.checkPrivateKey(secret))
    throw fault(`The key in ${keyPath} does not belong to the certificate in ${certPath}.`)
  if (parsed.validToDate.getTime() <= nowMs)
    throw fault(`The certificate in ${certPath} ended on ${parsed.validTo}: renew it.`)
  const names = (parsed.subjectAltName ?? '')
    .split(', ')
    .flatMap(name => /^DNS:([\w.-]+)$/.exec(name)?.[1] ?? [])
  return { cert, key, names }
}

/**
 * Reads both files again whenever one changes, and hands over what fits together; half-written files are told to `log` and
 * leave all as it was. Polled, for certificate programs swap symbolic links; what they are now is noted before this returns,
 * so that no change after it is missed.
 */
export function watchTls(
  [certPath, keyPath]: readonly [certPath: string, keyPath: string],
  onRenewed: (tls: Tls) => void,
  log: (line: string) => void,
  everyMs = 10_000,
): void {
  const again = (): void => {
    try {
      onRenewed(readTls(certPath, keyPath, Date.now()))
    } catch (error) {
      log((error as Error).message)
    }
  }
  const look = (): string => stampOf(certPath) + stampOf(keyPath)
  let last = look()
  setInterval(() => {
    const now = look()
    if (now === last) return
    last = now
    again()
  }, everyMs).unref()
}

/** Changes whenever a file is written or swapped for another; the same while there is none that can be looked at. */
function stampOf(path: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(path, { bigint: true })
    return `${ino} ${mtimeNs} ${size} `
  } catch {
    return 'none '
  }
}

function read(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw fault(`${path} cannot be read (${(cause as Error).message}): give ${option} a PEM file.`)
  }
}

function parse<T>(path: string, what: string, make: () => T): T {
  try {
    return make()
  } catch {
    throw fault(`${path} holds no ${what} as PEM text.`)
  }
}

const fault = (message: string): HexhailError => new HexhailError('tls', message)
