import type { Rate } from '@hexhail/protocol/limits.ts'
import { type CircuitRelayService, circuitRelayServer } from '@libp2p/circuit-relay-v2'
import { gossipsub } from '@libp2p/gossipsub'
import { identify, identifyPush } from '@libp2p/identify'
import type { ConnectionGater, Libp2p, Libp2pEvents, PeerId, PrivateKey, Transport } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { ipIn } from './addresses.ts'
import { type ByteCounter, createByteCounter } from './byte-counter.ts'
import { endOnAbort } from './end-on-abort.ts'
import { type GossipRouter, RELAY_GOSSIP } from './gossip.ts'
import { type IpGate, ipGate } from './ip-gate.ts'
import { relayKey } from './relay-record.ts'

/** Bounds of a relay's connections and circuits. */
export interface NodeLimits {
  readonly maxConnections?: number
  readonly maxReservations?: number
  /** Connections from one network (/24). */
  readonly maxPerIp?: number
  /** New connections from one network. */
  readonly newPerIp?: Rate
  /** IPs that no limit per network binds: this machine's own unless told. */
  readonly isExempt?: (ip: string) => boolean
  /** Bytes and time that one circuit may carry. */
  readonly circuitBytes?: number
  readonly circuitMs?: number
}

/** A certificate with its chain and its private key, as PEM text. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

/** A WebRTC-direct listener: its own UDP port and a certificate that is kept, for its hash stands in the address. */
export interface WebRtcListen {
  readonly port: number
  readonly certificate: { readonly privateKey: string; readonly pem: string; readonly certhash: string }
}

/** What the libp2p node of a relay is made from. */
export interface RelayNodeOptions {
  readonly port: number
  readonly host?: string
  readonly announce?: readonly string[]
  readonly seed?: Uint8Array
  readonly tls?: TlsFiles
  readonly webRtc?: WebRtcListen
  readonly limits?: NodeLimits
  readonly now: () => number
}

/** A started libp2p node with a relay's services. */
export interface RelayNode {
  readonly node: Libp2p
  readonly key: PrivateKey
  readonly gater: ConnectionGater
  readonly router: GossipRouter
  readonly bytes: ByteCounter
  reservations(): number
  /** The network that a connected peer comes from; undefined for an exempt one. */
  networkOf(peer: PeerId): string | undefined
  /** Changes the certificate for connections to come. */
  setTls(tls: TlsFiles): void
}

/** Starts the node: WebSocket (TLS where there is a certificate), WebRTC-direct where it is asked for. */
export async function startRelayNode(options: RelayNodeOptions): Promise<RelayNode> {
  const { limits = {}, tls, webRtc, seed = crypto.getRandomValues(new Uint8Array(32)), now } = options
  const { maxPerIp = 64, newPerIp = NEW_PER_IP, isExempt } = limits
  const gate = ipGate({ maxPerIp, newPerIp, isExempt }, now)
  const gater: ConnectionGater = {
    denyDialMultiaddr: () => false,
    denyInboundConnection: connection => {
      endOnAbort(connection)
      return !gate.admits(ipIn(connection.remoteAddr.toString()))
    },
  }
  const rtc = webRtc && (await import('./web-rtc.ts')).webRtcDirect(webRtc.certificate)
  const key = await relayKey(seed)
  const bytes = createByteCounter()
  let events: EventTarget | undefined
  const node = await createLibp2p({
    start: false,
    privateKey: key,
    addresses: {
      listen: listenAddrs(options),
      ...(options.announce && { announce: [...options.announce] }),
    },
    transports: [
      (components): Transport => {
        events = components.events
        return webSockets(tls && { https: { ...tls } })(components)
      },
      ...(rtc ? [rtc] : []),
    ],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: {
      maxConnections: limits.maxConnections ?? 2000,
      inboundConnectionThreshold: 1000,
      maxIncomingPendingConnections: 200,
    },
    connectionMonitor: { enabled: false },
    connectionGater: gater,
    metrics: () => bytes.metrics,
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping({ maxInboundStreams: 8 }),
      circuits: circuitRelayServer({
        maxInboundHopStreams: 1024,
        maxOutboundHopStreams: 1024,
        maxOutboundStopStreams: 1024,
        reservations: {
          maxReservations: limits.maxReservations ?? 2000,
          defaultDataLimit: BigInt(limits.circuitBytes ?? 64 * 1024 * 1024),
          defaultDurationLimit: limits.circuitMs ?? 12 * 3_600_000,
        },
      }),
      gossip: gossipsub(RELAY_GOSSIP),
    },
  })
  countInbound(node, gate)
  freePlaces(node, node.services.circuits as CircuitRelayService)
  await node.start()
  return {
    node,
    key,
    gater,
    router: node.services.gossip as GossipRouter,
    bytes,
    networkOf: peer => {
      const [connection] = node.getConnections(peer)
      return connection && gate.networkOf(ipIn(connection.remoteAddr.toString()))
    },
    reservations: () => (node.services.circuits as CircuitRelayService).reservations.size,
    setTls: renewed =>
      events?.dispatchEvent(new CustomEvent('certificate:renew', { detail: { ...renewed } })),
  }
}

const NEW_PER_IP: Rate = { perS: 5, burst: 20 }

function listenAddrs({ host = '0.0.0.0', port, tls, webRtc }: RelayNodeOptions): string[] {
  const ip = `/${host.includes(':') ? 'ip6' : 'ip4'}/${host}`
  return [
    `${ip}/tcp/${port}${tls ? '/tls' : ''}/ws`,
    ...(webRtc ? [`${ip}/udp/${webRtc.port}/webrtc-direct`] : []),
  ]
}

function countInbound(node: Libp2p, gate: IpGate): void {
  const count = (type: 'connection:open' | 'connection:close', tell: (ip: string) => void): void =>
    node.addEventListener(type, ({ detail }: Libp2pEvents[typeof type]) => {
      if (detail.direction === 'inbound') tell(ipIn(detail.remoteAddr.toString()))
    })
  count('connection:open', gate.opened)
  count('connection:close', gate.closed)
}

/**
 * Frees the place of a leaf whose last connection closed. libp2p keeps it for two hours: each page that is loaded anew would
 * take one more of a relay's places.
 */
function freePlaces(node: Libp2p, { reservations }: CircuitRelayService): void {
  node.addEventListener('peer:disconnect', ({ detail: peer }) => {
    const place: { signal?: { clear?(): void } } | undefined = reservations.get(peer)
    place?.signal?.clear?.()
    reservations.delete(peer)
  })
}
