import { useMemo } from 'preact/hooks'
import { Money } from '../components/Money.tsx'
import { VirtualTable } from '../components/VirtualTable.tsx'

const ROWS = 1_000_000

/** A table of a million rows, each worked out from its number. */
export function Tables() {
  const rows = useMemo(() => Array.from({ length: ROWS }, (_, n) => n), [])
  return (
    <div class="stack">
      <h1>Tables</h1>
      <VirtualTable
        caption="A million trips"
        rows={rows}
        rowKey={String}
        columns={[
          { key: 'n', title: 'Trip', cell: n => <a href={`#tables/${n}`}>{n}</a>, sortBy: n => n },
          { key: 'driver', title: 'Driver', width: 'wide', cell: n => `Driver ${n % 4_096}` },
          {
            key: 'fare',
            title: 'Fare',
            align: 'end',
            width: 'narrow',
            cell: n => <Money amount={fareOf(n)} />,
            sortBy: n => Number(fareOf(n)),
          },
        ]}
      />
    </div>
  )
}

/** The same figure for the same trip, all over the place. */
const fareOf = (n: number): bigint => BigInt((Math.imul(n, 2_654_435_761) >>> 8) % 40_000) * 1_000n
