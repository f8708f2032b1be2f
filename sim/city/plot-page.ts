import type { NamedRun } from './run-table.ts'

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [720, 360, 48, 36]
const INKS = ['#1b6ef3', '#d1495b', '#2a9d5c', '#8a5cd1', '#b7791f', '#3a3a3a']
const escaped = (text: string): string => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)

/** A page with one picture: the share of riders who were picked up within so many seconds of asking, a line a run. */
export function plotPage(title: string, runs: readonly NamedRun[]): string {
  const most = Math.max(60, ...runs.map(({ run }) => run.metrics.waitsS.at(-2)!))
  const x = (s: number): string => (LEFT + (Math.min(s, most) / most) * (WIDTH - LEFT - 8)).toFixed(1)
  const y = (share: number): string => (8 + (1 - share) * (HEIGHT - BOTTOM - 8)).toFixed(1)
  const marks = Array.from({ length: 7 }, (_, i) => Math.round((most * i) / 6))
  const axis = [
    ...marks.map(s => `<text x="${x(s)}" y="${HEIGHT - 14}" text-anchor="middle">${s} s</text>`),
    ...[0, 0.25, 0.5, 0.75, 1].map(
      share =>
        `<path d="M${LEFT} ${y(share)}H${WIDTH - 8}" stroke="#ccc"/><text x="${LEFT - 6}" y="${y(share)}" text-anchor="end">${100 * share} %</text>`,
    ),
  ]
  const lines = runs.map(({ run, name }, i) => {
    const served = run.metrics.servedPct / 100
    const points = run.metrics.waitsS.map((s, k) => `${x(s)},${y((served * k) / 20)}`)
    const ink = INKS[i % INKS.length]!
    const label = `<text x="${WIDTH - 12}" y="${200 + 18 * i}" text-anchor="end" fill="${ink}">${escaped(name)}</text>`
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${ink}" stroke-width="2"/>${label}`
  })
  const style = 'body{font:14px sans-serif;margin:2rem}text{font-size:12px}'
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style>
<h1>${escaped(title)}</h1><p>Riders picked up within so long of asking, of all who asked.</p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${escaped(title)}">${axis.join('')}${lines.join('')}</svg></html>
`
}
