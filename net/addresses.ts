import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'

const CIRCUIT = '/p2p-circuit/p2p/'
const MAX_ADDR_LENGTH = 192
const MAX_ADDRS = 3

/** The peer id that a multiaddr ends with. */
export const peerOf = (addr: string): string | undefined => /\/p2p\/([1-9A-HJ-NP-Za-km-z]+)$/.exec(addr)?.[1]

/** The address of a peer through a relay. */
export const circuitAddr = (relayAddr: string, peer: string): string => `${relayAddr}${CIRCUIT}${peer}`

/** The IP at the head of a multiaddr, or ''. */
export const ipIn = (addr: string): string => /^\/ip[46]\/([0-9a-fA-F.:]+)/.exec(addr)?.[1] ?? ''

/** Whether an IP is of this machine, or none at all. */
export const isLoopback = (ip: string): boolean => ip === '' || ip === '::1' || /^127\./.test(ip)

/** A circuit address that may be dialled, and the relay it leads through. */
export interface CircuitTarget {
  readonly addr: string
  readonly relay: string
}

/**
 * What may be dialled of addresses that a stranger gave: circuit addresses of one and the same peer, through relays that
 * we know (by our own address for them) or that are public WebSockets. So nobody can make a page open
 * connections inside its home network.
 */
export function circuitTargets(
  addrs: readonly string[],
  known: ReadonlyMap<string, string>,
): { peer: string; targets: CircuitTarget[] } | undefined {
  const peer = peerOf(addrs[0] ?? '')
  if (peer === undefined) return undefined
  const targets: CircuitTarget[] = []
  for (const addr of addrs.slice(0, MAX_ADDRS)) {
    const [relayAddr, target, ...rest] = addr.split(CIRCUIT)
    const relay = peerOf(relayAddr ?? '')
    if (addr.length > MAX_ADDR_LENGTH || relayAddr === undefined || relay === undefined) continue
    if (target !== peer || rest.length > 0) continue
    const own = known.get(relay)
    if (own !== undefined) targets.push({ addr: circuitAddr(own, peer), relay })
    else if (isPublicWebSocket(relayAddr)) targets.push({ addr, relay })
  }
  return { peer, targets }
}

function isPublicWebSocket(addr: string): boolean {
  try {
    return /\/(ws|wss|tls\/ws)\/p2p\/[^/]+$/.test(addr) && !isPrivate(multiaddr(addr))
  } catch {
    return false
  }
}
