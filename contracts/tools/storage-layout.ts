import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTRACTS } from './forge.ts'

/** Where the committed layout is: who changes it sees it in the diff. */
export const LAYOUT = join(CONTRACTS, 'snapshots', 'storage.json')

interface Variable {
  readonly label: string
  readonly slot: string
  readonly offset: number
  readonly type: string
}

/** Storage of the given contracts out of forge's artifacts, as text: «slot.offset name: type» a line. */
export function storageText(contracts: readonly string[]): string {
  const layouts = contracts.map(name => {
    const path = join(CONTRACTS, 'out', `${name}.sol`, `${name}.json`)
    const { storageLayout } = JSON.parse(readFileSync(path, 'utf8')) as {
      storageLayout: {
        storage: readonly Variable[]
        types: Readonly<Record<string, { label: string }>> | null
      }
    }
    const rows = storageLayout.storage.map(
      ({ slot, offset, label, type }) => `${slot}.${offset} ${label}: ${storageLayout.types![type]!.label}`,
    )
    return [name, rows] as const
  })
  return `${JSON.stringify(Object.fromEntries(layouts), null, 2)}\n`
}
