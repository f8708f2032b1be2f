import { CHAIN_EVENTS, TRIP, type TripEvent } from './trip.ts'

/** The trip table as a Mermaid state diagram; steps that only the chain may report are marked with `⛓`. */
export function tripPicture(): string {
  const lines = ['stateDiagram-v2', '  [*] --> requested']
  for (const [state, row] of Object.entries(TRIP)) {
    for (const [event, to] of Object.entries(row)) {
      lines.push(`  ${state} --> ${to}: ${event}${CHAIN_EVENTS.has(event as TripEvent) ? ' ⛓' : ''}`)
    }
    if (Object.keys(row).length === 0) lines.push(`  ${state} --> [*]`)
  }
  return lines.join('\n')
}
