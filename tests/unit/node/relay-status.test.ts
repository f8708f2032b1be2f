import { relayCommand } from '@hexhail/node/commands/relay.ts'
import { serveRelayStatus } from '@hexhail/node/relay-status.ts'
import { countingValidate, countVerdicts } from '@hexhail/node/verdict-counts.ts'
import { createContradictions } from '@hexhail/protocol/contradictions.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Gossip, GossipCheck } from '@hexhail/protocol/validate.ts'
import { accept, ignore, reject } from '@hexhail/protocol/verdict.ts'
import { expect, test } from 'vitest'
import { bytes, createSwarm, REQ, until } from '../net/swarm.ts'

/** One sample of Prometheus text. */
const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)*)\})? (-?[\d.e+-]+)$/

/** Samples by name and labels; throws at a line that Prometheus would not read. */
function parse(text: string): Map<string, number> {
  const typed = new Set<string>()
  const samples = new Map<string, number>()
  for (const line of text.trimEnd().split('\n')) {
    const type = /^# TYPE ([a-z_]+) (gauge|counter)$/.exec(line)
    if (type !== null) typed.add(type[1]!)
    if (line.startsWith('#')) continue
    const [, name, labels, value] = SAMPLE.exec(line) ?? []
    if (name === undefined || !typed.has(name) || !Number.isFinite(Number(value))) throw new Error(line)
    samples.set(`${name}${labels ? `{${labels}}` : ''}`, Number(value))
  }
  return samples
}

const judge: GossipCheck = async (_, raw) =>
  raw[0] === 0x67 ? accept({} as Gossip) : raw[0] === 0x6c ? ignore('expired') : reject('work')

const none = { gossip: new Map(), contradictions: createContradictions(), records: new Map() }

test('metrics are Prometheus text, and count what went over the relay', async () => {
  await using swarm = createSwarm()
  const { counts, add } = countVerdicts()
  const relay = await swarm.relay({ validate: countingValidate(judge, add) })
  const contradictions = createContradictions()
  const word = (raw: string) => ({ topic: REQ, raw: bytes(raw) })
  contradictions.add({ key: new Uint8Array(64), first: word('here'), second: word('there') })
  await using status = await serveRelayStatus({
    relay,
    gossip: counts,
    contradictions,
    records: new Map([['ignore unproven', 3]]),
    host: '127.0.0.1',
    port: 0,
  })
  const driver = await swarm.leaf([relay])
  const rider = await swarm.leaf([relay])
  const heard = new Promise<void>(resolve => driver.subscribe(REQ, () => resolve()))
  await until(rider, () => rider.audience(REQ) > 0)
  for (const message of ['late 1', 'late 2', 'bad', 'good']) await rider.publish(REQ, bytes(message))
  await heard
  const answer = await fetch(`${status.url}metrics`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const samples = parse(await answer.text())
  const of = (name: string): number | undefined => samples.get(`hexhail_relay_${name}`)
  expect(of('connections')).toBe(2)
  expect(of('reservations')).toBe(2)
  expect(of('messages_total{verdict="accept",code=""}')).toBe(1)
  expect(of('messages_total{verdict="ignore",code="expired"}')).toBe(2)
  expect(of('messages_total{verdict="reject",code="work"}')).toBe(1)
  expect(of('records_total{verdict="ignore",code="unproven"}')).toBe(3)
  expect(of('kicks_total')).toBe(0)
  expect(of('contradictions_total')).toBe(1)
  const proofs = await (await fetch(`${status.url}contradictions`)).json()
  expect(proofs).toEqual([
    {
      key: `0x${'00'.repeat(64)}`,
      words: [
        { topic: REQ, raw: toHex(bytes('here')) },
        { topic: REQ, raw: toHex(bytes('there')) },
      ],
    },
  ])
  // Two Noise handshakes at least, both ways.
  expect(of('received_bytes_total')).toBeGreaterThan(1000)
  expect(of('sent_bytes_total')).toBeGreaterThan(1000)
  expect(of('event_loop_lag_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0)
  expect(of('heap_bytes')).toBeGreaterThan(1e6)
})

test('health is JSON for programs and a page for people, and nothing else is there', async () => {
  await using swarm = createSwarm()
  const relay = await swarm.relay()
  await using status = await serveRelayStatus({ relay, ...none, host: '127.0.0.1', port: 0 })
  const health = (await (await fetch(`${status.url}health`)).json()) as Record<string, unknown>
  expect(health).toMatchObject({ ok: true, peerId: relay.peerId, addrs: relay.addrs, connections: 0 })
  const page = await (await fetch(status.url)).text()
  expect(page).toContain(relay.addrs[0])
  expect(page).not.toMatch(/<script/)
  expect((await fetch(`${status.url}etc/passwd`)).status).toBe(404)
  expect((await fetch(`${status.url}metrics`, { method: 'POST' })).status).toBe(404)
})

test('what keeps a relay from starting is told in one line', async () => {
  await using swarm = createSwarm()
  const relay = await swarm.relay()
  const taken = relay.addrs[0]!.split('/')[4]!
  const fault = (...argv: string[]): Promise<string> =>
    relayCommand.start(argv).then(
      () => 'it started',
      (error: Error) => error.message,
    )
  const here = ['--host', '127.0.0.1']
  expect(await fault('--port', taken, ...here)).toBe(
    `Port ${taken} is in use: stop what listens there, or give another --port.`,
  )
  expect(await fault('--port', '0', '--host', '192.0.2.1')).toBe(
    '192.0.2.1 is no address of this machine: give another --host.',
  )
  expect(await fault('--port', '0', ...here, '--tls-cert', 'x.pem')).toBe(
    'TLS needs both files: --tls-cert FILE --tls-key FILE.',
  )
  expect(await fault('--port', '0', ...here, '--key', '/dev/null/key')).toMatch(/^The key file .* --key\.$/)
  expect(await fault('--port', '0', ...here, '--metrics-port', taken)).toBe(
    `Port ${taken} is in use: give another --metrics-port.`,
  )
})
