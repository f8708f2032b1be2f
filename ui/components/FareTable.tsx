import type { ComponentChildren } from 'preact'
import { ui } from '../ui-text.ts'
import { Money } from './Money.tsx'

/** One line of a fare: what, how it comes about, how much. */
export interface FareLine {
  readonly label: string
  /** «2.4 km × $0.95». */
  readonly note?: string
  readonly amount: bigint
}

/** Properties of `FareTable`. */
export interface FareTableProps {
  readonly lines: readonly FareLine[]
  readonly total: bigint
  readonly totalLabel?: string
  readonly currency?: string
  /** Every decimal, as on a receipt. */
  readonly exact?: boolean
  readonly caption?: ComponentChildren
}

/** A fare line by line, with its total. */
export function FareTable({ lines, total, totalLabel, currency, exact = false, caption }: FareTableProps) {
  const money = { exact, ...(currency ? { currency } : {}) }
  return (
    <table class="lines">
      <caption class={caption === undefined ? 'visually-hidden' : undefined}>
        {caption ?? ui('fareLines')}
      </caption>
      <tbody>
        {lines.map(line => (
          <tr key={line.label}>
            <th scope="row">
              {line.label}
              {line.note !== undefined && <span class="lines-note">{line.note}</span>}
            </th>
            <td>
              <Money amount={line.amount} {...money} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{totalLabel ?? ui('total')}</th>
          <td>
            <Money amount={total} {...money} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
