import { sha256 as portable } from '@noble/hashes/sha2.js'

/** SHA-256 of bytes: the portable one in pages, node:crypto's where there is one. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** The two hashes of a Merkle tree. Source: RFC 6962 section 2.1. */
export interface TreeHash {
  leaf(entry: Uint8Array): Uint8Array
  node(left: Uint8Array, right: Uint8Array): Uint8Array
}

/** Makes the tree's hashes out of SHA-256. */
export function treeHash(sha256: Sha256): TreeHash {
  return {
    leaf(entry) {
      const input = new Uint8Array(1 + entry.length)
      input.set(entry, 1)
      return sha256(input)
    },
    node(left, right) {
      const input = new Uint8Array(65)
      input[0] = 1
      input.set(left, 1)
      input.set(right, 33)
      return sha256(input)
    },
  }
}

/** The tree's hashes in plain JavaScript: some hundred thousand a second. */
export const TREE_HASH: TreeHash = treeHash(portable)

/** Root of the tree without leaves, SHA-256 of nothing (RFC 6962 section 2.1): it can be signed, and proves nothing. */
export const EMPTY_ROOT: Uint8Array = portable(new Uint8Array(0))
