import type { ComponentChildren } from 'preact'
import { ui } from '../ui-text.ts'
import { Icon } from './Icon.tsx'

/** One end of the way. */
export interface PlaceLine {
  readonly kind: 'pickup' | 'stop' | 'destination'
  /** Name or address; `null` shows the prompt. */
  readonly name: string | null
  readonly prompt?: string
  readonly detail?: ComponentChildren
  /** Makes the line a button that edits the place. */
  readonly onEdit?: () => void
}

/** Pickup, stops and destination in order: the map's facts as text. */
export function Places({ places }: { readonly places: readonly PlaceLine[] }) {
  return (
    <ol class="places">
      {places.map((place, at) => (
        <li key={at} class="place-item">
          {place.onEdit ? (
            <button type="button" class="place-row" onClick={place.onEdit}>
              <Line place={place} />
              <Icon name="edit" size={20} />
            </button>
          ) : (
            <div class="place-row">
              <Line place={place} />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

function Line({ place }: { readonly place: PlaceLine }) {
  return (
    <>
      <span class="place-mark">
        <PlaceMark kind={place.kind} />
      </span>
      <span class="grow">
        <span class="visually-hidden">{ui(place.kind)}: </span>
        <span class={place.name === null ? 'muted' : 'strong'}>
          {place.name ?? place.prompt ?? ui(place.kind)}
        </span>
        {place.detail !== undefined && <span class="switch-hint">{place.detail}</span>}
      </span>
    </>
  )
}

/** The small drawing for pickup (ring), stop (dot) and destination (hexagon); the map uses the same. */
export function PlaceMark({ kind }: { readonly kind: PlaceLine['kind'] }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" class={`mark-${kind}`}>
      {kind === 'pickup' && (
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" stroke-width="5" />
      )}
      {kind === 'stop' && <circle cx="10" cy="10" r="5" fill="currentColor" />}
      {kind === 'destination' && <path d="M10 1 18 5.5v9L10 19l-8-4.5v-9z" fill="currentColor" />}
    </svg>
  )
}
