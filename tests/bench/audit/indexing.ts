import { fork } from 'node:child_process'
import { once } from 'node:events'

interface Told {
  readonly events: number
  readonly seconds: number
  readonly cpuS: number
  readonly decodePerCpuS: number
  readonly ethersPerCpuS: number
}

const CHILD = new URL('./index-child.ts', import.meta.url)
const EVENTS = 200_000

/**
 * Events of a vault a second from a node's answers (text) to rows in a SQLite file, and logs that are decoded in a second of
 * the processor, by hand and by ethers.
 */
export async function runIndex(dir: string, seed: number) {
  const child = fork(CHILD, [String(EVENTS), String(seed), dir], { serialization: 'advanced' })
  const [told] = (await once(child, 'message')) as [Told]
  const { events, seconds, cpuS } = told
  const figures = {
    indexPerS: Math.round(events / seconds),
    indexPerCpuS: Math.round(events / cpuS),
    decodePerCpuS: Math.round(told.decodePerCpuS),
    ethersPerCpuS: Math.round(told.ethersPerCpuS),
  }
  console.log(
    `index      ${events} events, ${figures.indexPerS} a second, ${figures.indexPerCpuS} a second of processor; decoding ` +
      `${figures.decodePerCpuS}, by ethers ${figures.ethersPerCpuS}`,
  )
  return figures
}
