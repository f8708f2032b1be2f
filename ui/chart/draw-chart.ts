import UPlot from 'uplot'

/** One line of bars or points over time. */
export interface ChartData {
  /** Unix seconds, ascending: where each stretch begins. */
  readonly fromS: readonly number[]
  /** Null where there is nothing to say. */
  readonly values: readonly (number | null)[]
}

/** How a chart looks. */
export interface ChartOptions {
  readonly kind: 'bars' | 'line'
  /** Length of a stretch, seconds. */
  readonly stepS: number
  readonly xText: (atS: number) => string
  readonly yText: (value: number) => string
  /** Charts of one name move their cursors together. */
  readonly group: string
  /** The stretch under the cursor, null without one. */
  readonly onCursor: (at: number | null) => void
}

const AXIS_PX = 30
const LABELS_PX = 64
const TICK_PX = 90

/** Draws a chart into a box, whose colours and font it takes: `stroke`, `fill`, `color` and `border-color`. */
export function drawChart(host: HTMLElement, data: ChartData, options: ChartOptions): Disposable {
  const { kind, stepS, xText, yText, group, onCursor } = options
  const style = getComputedStyle(host)
  const font = `12px ${style.fontFamily}`
  const grid = { stroke: style.borderBlockStartColor, width: 1 }
  const axis = { stroke: style.color, font, ticks: { show: false } }
  // Of one stretch alone uPlot would make years.
  const [first, last] = [data.fromS[0] ?? 0, data.fromS.at(-1) ?? 0]
  const chart = new UPlot(
    {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      cursor: {
        sync: { key: group, setSeries: false },
        drag: { setScale: false, x: false, y: false },
        points: { show: kind === 'line' },
        y: false,
      },
      scales: {
        x: { time: true, range: () => [first - stepS / 2, last + stepS / 2] },
        y: { range: (_, __, most) => [0, Math.max(2, (most ?? 0) * 1.08)] },
      },
      axes: [
        {
          ...axis,
          size: AXIS_PX,
          space: TICK_PX,
          grid: { show: false },
          values: (_, at) => at.map(each => xText(each)),
        },
        { ...axis, size: LABELS_PX, grid, values: (_, at) => at.map(each => yText(each)) },
      ],
      series: [
        {},
        {
          stroke: style.stroke,
          fill: style.fill,
          width: kind === 'line' ? 2 : 1,
          spanGaps: false,
          ...(kind === 'bars'
            ? { paths: UPlot.paths.bars!({ size: [0.75, 48], radius: 0.12 }), points: { show: false } }
            : { points: { show: true, size: 5, stroke: style.stroke, fill: style.stroke } }),
        },
      ],
      hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)] },
    },
    [[...data.fromS], [...data.values]],
    host,
  )
  const watch = new ResizeObserver(() =>
    chart.setSize({ width: host.clientWidth, height: host.clientHeight }),
  )
  watch.observe(host)
  return {
    [Symbol.dispose]() {
      watch.disconnect()
      chart.destroy()
    },
  }
}
