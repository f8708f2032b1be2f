import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { readTls, type Tls, watchTls } from '@hexhail/node/tls-files.ts'
import { beforeAll, expect, test } from 'vitest'
import { createSwarm, until } from '../net/swarm.ts'

const file = (name: string): string => fileURLToPath(new URL(`tls/${name}`, import.meta.url))
const first = readTls(file('first.pem'), file('first.key'), Date.now())
const second = readTls(file('second.pem'), file('second.key'), Date.now())

beforeAll(() => {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(file('ca.pem'), 'utf8')])
})

/** The name on the certificate that a port shows; the test's authority must have signed it. */
function shownBy(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN))
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

test('a relay with a certificate speaks wss, and a renewed one serves connections to come', async () => {
  await using swarm = createSwarm()
  const relay = await swarm.relay({ tls: first })
  expect(relay.addrs[0]).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/tls\/ws\/p2p\//)
  const port = Number(relay.addrs[0]!.split('/')[4])
  const early = await swarm.leaf([relay], { want: 1 })
  expect(await shownBy(port)).toBe('first')
  relay.setTls(second)
  expect(await shownBy(port)).toBe('second')
  const late = await swarm.leaf([relay], { want: 1 })
  await until(late, () => late.connectedRelays() === 1)
  expect(early.connectedRelays()).toBe(1)
})

test('a certificate is read with its names, and faults are one line', () => {
  expect(first.names).toEqual(['relay.example.org', 'localhost'])
  const fault = (cert: string, key: string, nowMs = Date.now()): string => {
    try {
      return readTls(cert, key, nowMs).cert
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(fault(file('first.pem'), file('second.key'))).toMatch(/^The key in .* does not belong to/)
  expect(fault(file('none.pem'), file('first.key'))).toMatch(
    /cannot be read .* give --tls-cert a PEM file\.$/,
  )
  expect(fault(file('first.pem'), file('README.md'))).toMatch(/holds no private key as PEM text\.$/)
  expect(fault(file('first.key'), file('first.key'))).toMatch(/holds no certificate as PEM text\.$/)
  expect(fault(file('first.pem'), file('first.key'), Date.UTC(2300))).toMatch(/ended on .*: renew it\.$/)
})

test('changed files are read again, and a half-written one changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hexhail-tls-'))
  const paths = [join(folder, 'cert.pem'), join(folder, 'key.pem')] as const
  copyFileSync(file('first.pem'), paths[0])
  copyFileSync(file('first.key'), paths[1])
  const renewed = Promise.withResolvers<Tls>()
  const told = Promise.withResolvers<string>()
  watchTls(paths, renewed.resolve, told.resolve, 20)
  writeFileSync(paths[0], second.cert)
  expect(await told.promise).toMatch(/does not belong to the certificate/)
  writeFileSync(paths[1], second.key)
  expect((await renewed.promise).cert).toBe(second.cert)
})
