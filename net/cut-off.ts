import type { Libp2p, PeerId } from '@libp2p/interface'

/** Ends all connections of a peer at once. A goodbye would wait for the other side, which may not want to go. */
export function cutOff(node: Libp2p, peer: PeerId): void {
  for (const connection of node.getConnections(peer)) connection.abort(new Error('The peer misbehaved.'))
}
