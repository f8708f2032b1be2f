import type { LineLeg, TravelLeg } from '@hexhail/transit/door/travel-plan.ts'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import type { IconName } from '@hexhail/ui/components/icon-paths.ts'
import { useEffect, useRef } from 'preact/hooks'
import { colourOf } from '../travel/way-words.ts'

/** The drawing of a leg's means. */
export function iconOf(leg: TravelLeg): IconName {
  if (leg.kind === 'line') return leg.type === 3 || leg.type >= 700 ? 'bus' : 'train'
  return leg.kind === 'ride' ? 'car' : leg.kind === 'cycle' ? 'route' : 'walk'
}

/** A line's number in its own colour, where it has one. */
export function LineBadge({ leg }: { readonly leg: LineLeg }) {
  const badge = useRef<HTMLSpanElement>(null)
  const colour = colourOf(leg)
  useEffect(() => {
    // A strict CSP takes no style attributes; what a script sets it takes.
    if (colour === null) badge.current?.style.removeProperty('--line')
    else badge.current?.style.setProperty('--line', colour)
  }, [colour])
  return (
    <span class="line-badge" ref={badge} data-own={colour === null ? undefined : ''}>
      <Icon name={iconOf(leg)} size={18} />
      {leg.name}
    </span>
  )
}
