import { followKeyBonds } from '@hexhail/chain/key-bonds.ts'
import type { RegistryPlace } from '@hexhail/chain/register-relay.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { createRelay, type RelayOptions } from '@hexhail/net/relay.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { command } from '../command.ts'
import { keyFromEnvironment } from '../environment.ts'
import { keyFromFile } from '../key-file.ts'
import type { Values } from '../options.ts'
import { report, untilStopped } from '../parent.ts'
import { relayGossip } from '../relay-gossip.ts'
import { RELAY_OPTIONS } from '../relay-options.ts'
import { discoveryBy, keyBondPlace, listRelay, registryPlace, transitOperators } from '../relay-registry.ts'
import { serveRelayStatus } from '../relay-status.ts'
import { openSeenFile } from '../seen-file.ts'
import { readTls, watchTls } from '../tls-files.ts'
import { countVerdicts } from '../verdict-counts.ts'

type Given = Values<typeof RELAY_OPTIONS>

/** `hexhail relay`: passes on what passes the gossip check, and carries circuits between pages. */
export const relayCommand = command({
  usage: 'relay',
  about:
    'Runs a relay. It knows no contents and keeps none; its peer id comes from the key file. docs/relay.md says how to\n' +
    'run one for others: with a certificate, under systemd or in Docker, watched by Prometheus.',
  options: RELAY_OPTIONS,
  async run(given) {
    await using stack = new AsyncDisposableStack()
    const bondPlace = keyBondPlace(given['chain-id'], given['key-bonds'], given.rpc)
    const operators = transitOperators(given['chain-id'], given.permits, given.authority, given.rpc)
    const place =
      given.registry === null && (bondPlace !== null || operators !== null)
        ? null
        : registryPlace(given['chain-id'], given.registry, given.rpc)
    const bonds = bondPlace === null ? null : stack.use(await followKeyBonds(bondPlace, Date.now))
    const { validate, counts, contradictions, asked } = relayGossip({
      chainId: given['chain-id'],
      messagesPerS: given['message-rate'],
      seen: given.seen === null ? createSeen() : openSeenFile(given.seen, Date.now),
      now: Date.now,
      ...(bonds !== null && { isBonded: bonds.isBonded }),
      ...(operators !== null && { operators }),
    })
    const records = countVerdicts()
    const days = given['list-days']
    const wallet = days === null ? null : walletFromKey(keyFromEnvironment())
    const relay = await createRelay({
      ...(await listenOptions(given)),
      validate,
      asked,
      takesBonds: bonds !== null,
      authorOf,
      discovery: discoveryBy(given['chain-id'], place),
      onRecord: records.add,
    }).catch(cause => {
      throw cannotListen(given, cause)
    })
    stack.defer(() => relay.stop())
    const [cert, key] = [given['tls-cert'], given['tls-key']]
    if (cert !== null && key !== null) watchTls([cert, key], relay.setTls, log)
    const [host, port] = [given['metrics-host'], given['metrics-port']]
    let status: string | undefined
    if (port !== null) {
      const server = await serveRelayStatus({
        relay,
        gossip: counts,
        contradictions,
        records: records.counts,
        host,
        port,
      }).catch(cause => {
        throw cannotServe(port, cause)
      })
      status = stack.use(server).url
    }
    if (days !== null && wallet !== null) await listRelay(needed(place), wallet, relay.addrs, days)
    report({ type: 'ready', data: { addrs: relay.addrs, ...(status !== undefined && { status }) } })
    await untilStopped()
  },
})

/** The registry where a relay is to be listed. */
function needed(place: RegistryPlace | null): RegistryPlace {
  if (place !== null) return place
  throw new HexhailError('relay-registry', '--list-days needs the registry too: --registry 0x… --rpc URL.')
}

const log = (line: string): void => console.error(line)

async function listenOptions(given: Given): Promise<RelayOptions> {
  const { port, host, key, peer } = given
  const tls = tlsOf(given)
  const announce = given.announce.length > 0 ? given.announce : (tls?.names ?? []).map(tlsName(port))
  const webRtcPort = given['webrtc-port']
  const certificate =
    webRtcPort === null
      ? null
      : await (await import('../webrtc-certificate.ts')).webRtcCertificateFrom(
          given['webrtc-cert'],
          Date.now(),
        )
  return {
    port,
    host,
    peers: peer,
    ...(announce.length > 0 && { announce }),
    ...(key !== null && { seed: keyFromFile(key) }),
    ...(tls && { tls: { cert: tls.cert, key: tls.key } }),
    ...(webRtcPort !== null && certificate && { webRtc: { port: webRtcPort, certificate } }),
    limits: {
      maxConnections: given['max-connections'],
      maxReservations: given['max-reservations'],
      maxPerIp: given['max-per-ip'],
      newPerIp: { perS: given['new-per-ip'], burst: 4 * given['new-per-ip'] },
      circuitBytes: given['circuit-bytes'],
      circuitMs: given['circuit-ms'],
    },
  }
}

/** The address under a name that the certificate is for. */
const tlsName =
  (port: number) =>
  (name: string): string =>
    `/dns/${name}/tcp/${port}/tls/ws`

function tlsOf(given: Given): ReturnType<typeof readTls> | null {
  const [cert, key] = [given['tls-cert'], given['tls-key']]
  if (cert === null && key === null) return null
  if (cert === null || key === null)
    throw new HexhailError('tls', 'TLS needs both files: --tls-cert FILE --tls-key FILE.')
  return readTls(cert, key, Date.now())
}

const REASONS: readonly (readonly [sign: string, what: (given: Given) => string])[] = [
  ['EADDRINUSE', ({ port }) => `Port ${port} is in use: stop what listens there, or give another --port.`],
  ['EACCES', ({ port }) => `Port ${port} needs more rights: give a --port from 1024 up, or allow this one.`],
  ['EADDRNOTAVAIL', ({ host }) => `${host} is no address of this machine: give another --host.`],
]

/** One line for what the network library says in many. */
function cannotListen(given: Given, cause: unknown): unknown {
  if (cause instanceof HexhailError) return cause
  const text = String(cause)
  const found = REASONS.find(([sign]) => text.includes(sign))
  if (found !== undefined) return new HexhailError('relay-port', found[1](given), {}, cause)
  const line = text.replace(/\s+/g, ' ')
  return new HexhailError('relay', `The relay does not start: ${line}`, {}, cause)
}

function cannotServe(port: number, cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException
  return code === 'EADDRINUSE'
    ? new HexhailError(
        'metrics-port',
        `Port ${port} is in use: give another --metrics-port.`,
        { port },
        cause,
      )
    : cause
}
