import type { ComponentChildren } from 'preact'

/** Big numbers side by side: today's earnings, the levy total. */
export function Figures({
  figures,
}: {
  readonly figures: readonly { label: string; value: ComponentChildren }[]
}) {
  return (
    <dl class="figures">
      {figures.map(each => (
        <div class="figure" key={each.label}>
          <dt>{each.label}</dt>
          <dd>{each.value}</dd>
        </div>
      ))}
    </dl>
  )
}
