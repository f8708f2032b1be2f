import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChartData } from '../chart/draw-chart.ts'
import { isDark } from '../theme.ts'

/** Properties of `TimeChart`. */
export interface TimeChartProps extends ChartData {
  readonly title: string
  /** What the chart says in one sentence, for who does not see it. */
  readonly says: string
  readonly kind: 'bars' | 'line'
  /** Length of a stretch, seconds. */
  readonly stepS: number
  /** Name of a stretch on the axis, and in full. */
  readonly xText: (atS: number, full?: boolean) => string
  readonly yText: (value: number) => string
  /** Charts of one name move their cursors together. */
  readonly group: string
}

/** Values over time. The pictures are for eyes only: the page has the same figures in a table. */
export function TimeChart(props: TimeChartProps) {
  const { title, says, fromS, values, kind, stepS, group, xText, yText } = props
  const host = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const dark = isDark.value
  const name = xText(fromS[0] ?? 0, true)
  useEffect(() => {
    let gone = false
    let chart: Disposable | undefined
    const start = async (): Promise<void> => {
      const { drawChart } = await import('../chart/draw-chart.ts')
      if (!gone && host.current)
        chart = drawChart(
          host.current,
          { fromS, values },
          { kind, stepS, group, xText, yText, onCursor: setAt },
        )
    }
    start().catch(() => {}) // the table under it says the same
    return () => {
      gone = true
      chart?.[Symbol.dispose]()
    }
  }, [fromS, values, kind, stepS, group, dark, name]) // the name of a stretch follows the language
  const value = at === null ? null : (values[at] ?? null)
  return (
    <figure class="chart">
      <figcaption>
        <span class="strong">{title}</span>
        <span class="chart-at num" aria-hidden="true">
          {at !== null && fromS[at] !== undefined && (
            <>
              {xText(fromS[at], true)} <b>{value === null ? '–' : yText(value)}</b>
            </>
          )}
        </span>
      </figcaption>
      <div class="chart-box" ref={host} role="img" aria-label={says} />
    </figure>
  )
}
