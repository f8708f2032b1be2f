import type { ClientPorts } from './ports.ts'
import { SLOTS } from './trip-slots.ts'

/** A lane that holds nothing, of those that no other place uses: money of a trip in dispute may fill the first. */
export async function freeLane(
  { reader, signer }: Pick<ClientPorts, 'reader' | 'signer'>,
  first: number,
): Promise<{ readonly lane: number; readonly seq: bigint }> {
  for (let lane = first; ; lane += SLOTS.length) {
    const { held, seq } = await reader.lane(signer.address, lane)
    if (held === 0n) return { lane, seq }
  }
}
