import { type Commit, commitBytes } from '@hexhail/protocol/commit.ts'
import { checkDoubleCommit, createCommitWatch, type DoubleCommit } from '@hexhail/protocol/double-commit.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { expect, it } from 'vitest'

const T = 1_795_390_400_000
const [ANN, BOB] = ['aa'.repeat(16), 'bb'.repeat(16)] as const

it('proves two commits in one epoch by their signatures, and nothing else', async () => {
  const session = await createSessionKey()
  const { publicKey: key } = session
  const driver = peerName(key)
  const to = async (request: string, epoch = 7) => {
    const moves = [{ request, from: null, to: driver }]
    const commit: Commit = { epoch, driver, request, promiseMs: T + 90_000, expiresAtMs: T + 6_000, moves }
    return { commit, key, signature: await session.sign(commitBytes(commit)) }
  }
  const [first, second, next] = [await to(ANN), await to(BOB), await to(BOB, 8)]
  const watch = createCommitWatch()
  expect([watch.hear(first), watch.hear(first), watch.hear(next)]).toEqual([null, null, null])
  const proof = watch.hear(second)!
  expect(await checkDoubleCommit(proof)).toEqual({ verdict: 'accept', value: { driver, epoch: 7 } })
  const code = async (pair: DoubleCommit) => {
    const verdict = await checkDoubleCommit(pair)
    return verdict.verdict === 'accept' ? 'accept' : verdict.code
  }
  const as = (change: Partial<Commit>) => ({ ...second, commit: { ...second.commit, ...change } })
  expect(await code({ first, second: first })).toBe('same-request')
  expect(await code({ first, second: next })).toBe('other-epoch')
  expect(await code({ first, second: as({ driver: ANN }) })).toBe('other-driver')
  expect(await code({ first, second: as({ promiseMs: T }) })).toBe('signature')
  const { publicKey: stranger } = await createSessionKey()
  expect(await code({ first, second: { ...second, key: stranger } })).toBe('signature')
})
