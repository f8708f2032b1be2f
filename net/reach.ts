import { multiaddr } from '@multiformats/multiaddr'
import { isLoopback, peerOf } from './addresses.ts'
import { networkPrefix } from './network-prefix.ts'

/** From where an address can be reached: this machine, its own network, anywhere. */
export type Reach = 'loopback' | 'private' | 'public'

/** The address of a relay, taken apart. */
export interface RelayAddr {
  /** The whole multiaddr with /p2p/<peer>. */
  readonly addr: string
  readonly peer: string
  readonly host: string
  /** Host and port: what is really dialled. */
  readonly endpoint: string
  readonly reach: Reach
  /** The network that one party may own all of. */
  readonly prefix: string
  readonly transport: 'ws' | 'wss' | 'webrtc'
}

/** Longest address of a relay, characters. */
export const MAX_RELAY_ADDR = 192

const FORM =
  /^\/(ip4|ip6|dns[46]?)\/([\w.:-]+)\/(?:tcp\/(\d{1,5})\/(ws|wss|tls\/ws)|udp\/(\d{1,5})\/webrtc-direct\/certhash\/u[\w-]{40,64})\/p2p\/[1-9A-HJ-NP-Za-km-z]{32,64}$/
const HOME_NAME = /(^|\.)(local|internal|lan|home|corp|home\.arpa|intranet|private)$/

/** Takes the address of a relay apart; undefined for all that no relay would give out. */
export function relayAddr(addr: string): RelayAddr | undefined {
  const parts = addr.length <= MAX_RELAY_ADDR ? FORM.exec(addr) : null
  if (parts === null) return undefined
  const [, kind, host = '', tcp, ws, udp] = parts
  const port = Number(tcp ?? udp)
  if (port < 1 || port > 65_535 || !parses(addr)) return undefined
  const reach = kind!.startsWith('dns') ? reachOfName(host.toLowerCase()) : reachOfIp(host)
  return {
    addr,
    peer: peerOf(addr)!,
    host,
    endpoint: `${host.toLowerCase()}:${port}`,
    reach,
    prefix: reach === 'loopback' ? `${host}:${port}` : networkPrefix(host),
    transport: ws === undefined ? 'webrtc' : ws === 'ws' ? 'ws' : 'wss',
  }
}

/** Networks that are no part of the public Internet: IANA's registry of special-purpose IPv4 addresses, and multicast. */
const HOME_NETWORKS: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
const numberOf = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
const HOMES = HOME_NETWORKS.map(([network, bits]) => [numberOf(network), 2 ** (32 - bits)] as const)

/** Where an IP can be reached from. */
export function reachOfIp(ip: string): Reach {
  if (isLoopback(ip)) return 'loopback'
  // Of IPv6 only 2000::/3 is in public use; in it lie documentation and tunnels, whose far end may be anywhere.
  if (ip.includes(':'))
    return /^[23][0-9a-f]{3}:/i.test(ip) && !/^(2001:(0{0,3}:|db8:)|2002:)/i.test(ip) ? 'public' : 'private'
  const number = numberOf(ip)
  const isHome = HOMES.some(([network, size]) => number >= network && number < network + size)
  return isHome || Number.isNaN(number) ? 'private' : 'public'
}

function reachOfName(name: string): Reach {
  if (/(^|\.)localhost$/.test(name)) return 'loopback'
  return !name.includes('.') || HOME_NAME.test(name) ? 'private' : 'public'
}

/** The widest reach of some addresses; a peer that gives out none, or nothing readable, counts as public. */
export function widestReach(addrs: readonly string[]): Reach {
  const reaches = addrs.map(addr => relayAddr(addr)?.reach ?? 'public')
  const order: readonly Reach[] = ['public', 'private', 'loopback']
  return order.find(reach => reaches.includes(reach)) ?? 'public'
}

/**
 * Whether a peer whose own addresses reach `own` may dial an address that strangers gave: the own network only by those
 * who are found in one, this machine only by those who live on it alone.
 */
export const mayDial = (own: Reach, target: Reach): boolean =>
  target === 'public' || (target === 'private' ? own !== 'public' : own === 'loopback')

function parses(addr: string): boolean {
  try {
    multiaddr(addr)
    return true
  } catch {
    return false
  }
}
