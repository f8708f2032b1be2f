import { createHintArea, type HintArea } from '@hexhail/client/hint-area.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { cellHalves, isCellIndex, resOf } from '@hexhail/protocol/cell-bits.ts'
import { FAR_RES } from '@hexhail/protocol/cells.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { cellsOfCity, joinTransit, readConfigAt } from './transit-net.ts'

/** More areas than this are for more nodes. */
const MOST_AREAS = 64

function isArea(text: string): boolean {
  if (!/^[0-9a-f]{15}$/.test(text)) return false
  const [high, low] = cellHalves(text)
  return isCellIndex(high, low) && resOf(high) === FAR_RES
}

/** The areas of `--area`: res-5 cells with commas between. @throws {HexhailError} 'area', with what to give */
export function areasOf(text: string): string[] {
  const areas = [...new Set(text.split(',').map(area => area.trim().toLowerCase()))]
  const bad = areas.find(area => !isArea(area))
  if (bad !== undefined)
    throw new HexhailError(
      'area',
      `«${bad}» is no H3 cell of resolution ${FAR_RES}: give such cells, with commas.`,
    )
  if (areas.length > MOST_AREAS)
    throw new HexhailError(
      'area',
      `${areas.length} cells are more than the ${MOST_AREAS} of one node: start more nodes.`,
    )
  return areas
}

/** What a matcher node says of its areas. */
export interface MatcherAreas extends AsyncDisposable {
  readonly areas: readonly HintArea[]
}

/** Joins a deployment as one more peer, hears the areas (none named: all of the city) and hints for them. */
export async function openMatcherAreas(
  configUrl: string,
  named: readonly string[] | null,
): Promise<MatcherAreas> {
  const config = await readConfigAt(configUrl)
  const { chainId, contracts, tariffId, idleCredit, speed } = config
  const { leaf, reader } = await joinTransit(config, null)
  const rules: TripRules = {
    domain: { chainId, vault: contracts.vault },
    tariffId,
    tariff: await reader.tariff(tariffId),
    ...(idleCredit && { idleCredit }),
    timeScale: speed,
  }
  const ports = {
    ...{ leaf, chainId, reader, rules, store: createMemoryStore(), now: Date.now },
    every: (ms: number, run: () => void) => {
      const timer = setInterval(run, ms)
      return () => clearInterval(timer)
    },
    report: (fault: unknown) => console.error(fault instanceof Error ? fault.message : fault),
  }
  const cells = named ?? cellsOfCity(config.city)
  const areas = await Promise.all(cells.map(area => createHintArea(ports, area)))
  return {
    areas,
    [Symbol.asyncDispose]: async () => {
      for (const area of areas) area.stop()
      await leaf.stop()
    },
  }
}
