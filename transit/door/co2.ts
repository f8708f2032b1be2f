import type { TravelLeg } from './travel-plan.ts'

/**
 * Grams of CO2 equivalent a kilometre, as burnt or made from the grid. Source: UK Government GHG Conversion Factors for
 * Company Reporting 2023 (DESNZ), business travel by land, rounded: of a taxi («regular taxi», per vehicle) the whole
 * car, since the ride is for one party; of lines per passenger («average local bus», «coach», «light rail and tram»,
 * «London Underground», «national rail»). A city's own buses may do better or worse.
 */
const G_PER_KM = { taxi: 208, bus: 102, coach: 27, tram: 29, metro: 28, rail: 35 } as const

/** By GTFS's `route_type`; what is not named (ferries, cable cars) is counted as a bus. */
function factorOf(type: number): number {
  if (type === 0 || (type >= 900 && type < 1000)) return G_PER_KM.tram
  if (type === 1 || (type >= 400 && type < 500)) return G_PER_KM.metro
  if (type === 2 || (type >= 100 && type < 200)) return G_PER_KM.rail
  if (type >= 200 && type < 300) return G_PER_KM.coach
  return G_PER_KM.bus
}

/** Grams of CO2 equivalent of a way, the nearest ten; walking and cycling have none. */
export function co2Of(legs: readonly TravelLeg[]): number {
  const grams = legs.reduce((sum, leg) => {
    if (leg.kind === 'ride') return sum + (leg.metres * G_PER_KM.taxi) / 1000
    if (leg.kind === 'line') return sum + (leg.metres * factorOf(leg.type)) / 1000
    return sum
  }, 0)
  return Math.round(grams / 10) * 10
}
