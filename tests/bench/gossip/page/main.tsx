/* The page of the bench: one peer, driven from outside. */
import { startPeer } from '../peer.ts'

Object.assign(globalThis, { startPeer })
