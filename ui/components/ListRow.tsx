import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** Properties of `ListRow`. */
export interface ListRowProps {
  readonly title: ComponentChildren
  readonly detail?: ComponentChildren
  readonly icon?: IconName
  /** What stands at the end of the line: an amount, a chip. */
  readonly end?: ComponentChildren
  /** Makes the row a button. */
  readonly onClick?: () => void
  readonly testId?: string
}

/** One line of a list: a past trip, a place, a choice. Put it into `<li>` of `<ul class="list">`. */
export function ListRow({ title, detail, icon, end, onClick, testId }: ListRowProps) {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      <span class="grow">
        <span class="strong">{title}</span>
        {detail !== undefined && <span class="switch-hint">{detail}</span>}
      </span>
      {end}
      {onClick && <Icon name="chevron-right" size={20} />}
    </>
  )
  return onClick ? (
    <button type="button" class="list-row" onClick={onClick} data-testid={testId}>
      {inside}
    </button>
  ) : (
    <div class="list-row" data-testid={testId}>
      {inside}
    </div>
  )
}
