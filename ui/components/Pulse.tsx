import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

const HEXAGON = '50,6 88,28 88,72 50,94 12,72 12,28'

/** Growing hexagons: the call is out, nobody has answered yet. Decoration; say it in words beside it. */
export function Pulse({ icon = 'car' }: { readonly icon?: IconName }) {
  return (
    <div class="pulse" aria-hidden="true">
      <svg width="112" height="112" viewBox="0 0 100 100" aria-hidden="true">
        <polygon points={HEXAGON} />
        <polygon points={HEXAGON} />
        <polygon points={HEXAGON} />
      </svg>
      <Icon name={icon} size={36} />
    </div>
  )
}
