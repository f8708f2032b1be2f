import * as browser from '@hexhail/audit/checks/binary-hash-browser.ts'
import * as node from '@hexhail/audit/checks/binary-hash-node.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('pages and Node hash alike, and put the digest at the same place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const digest = browser.sha256Text(bytes)
      expect(digest).toBe(node.sha256Text(bytes))
      const rooms = [browser, node].map(({ textRoom, putText }) => {
        const room = textRoom(40)
        putText(room, digest, 5)
        return [...room]
      })
      expect(rooms[0]).toEqual(rooms[1])
    }),
  )
})
