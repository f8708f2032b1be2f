import { createServer } from 'node:net'
import { checkPortsFree, demoPorts, LOOPBACK } from '@hexhail/node/demo-ports.ts'
import { expect, test } from 'vitest'

async function freeBase(): Promise<number> {
  for (let base = 30_000; ; base += 1_000)
    try {
      await checkPortsFree(demoPorts(base))
      return base
    } catch {
      // try the next
    }
}

test('the base 7000 gives the ports of the README', () => {
  expect(demoPorts(7_000)).toEqual({
    rider: 7_001,
    driver: 7_002,
    authority: 7_003,
    relay1: 7_011,
    relay2: 7_012,
    audit: 7_020,
    witness: 7_021,
    matcher: 7_030,
    chain: 7_545,
  })
})

test('every port that is taken is named at once, with the way out', async () => {
  const base = await freeBase()
  const squatters = [createServer(), createServer()]
  const listening = [base + 1, base + 545].map(
    (port, i) => new Promise<void>(resolve => squatters[i]!.listen(port, LOOPBACK, resolve)),
  )
  await Promise.all(listening)
  const fault = await checkPortsFree(demoPorts(base)).catch((error: Error) => error.message)
  expect(fault).toContain(`${base + 1} (rider), ${base + 545} (chain) are in use`)
  expect(fault).toContain('--port-base')
  await Promise.all(squatters.map(each => new Promise(resolve => each.close(resolve))))
})
