import type { Journey } from '@hexhail/transit/search/journey.ts'
import type { Figures } from './plain-pareto.ts'

/** What a journey is compared by. */
export const figuresOf = (journey: Journey): Figures => [
  ...([journey.gridS, journey.arriveS, journey.lines] as const),
  ...([journey.walkSteps, journey.moneySteps] as const),
]

/** In one order, whatever order they were found in. */
export const sortedFigures = (figures: readonly Figures[]): Figures[] =>
  figures.toSorted((a, b) => a.map((value, i) => value - b[i]!).find(d => d !== 0) ?? 0)
