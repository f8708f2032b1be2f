import type { ComponentChildren } from 'preact'

/** Who comes, in what: name, car, number plate. */
export function CarLine({
  name,
  car,
  plate,
  face,
}: {
  readonly name: string
  readonly car: string
  readonly plate: string
  /** A picture in place of the first letter. */
  readonly face?: ComponentChildren
}) {
  return (
    <div class="car-line">
      <span class="row grow">
        {face ?? (
          <span class="avatar" aria-hidden="true">
            {[...name][0]?.toUpperCase() ?? ''}
          </span>
        )}
        <span class="grow">
          <span class="strong">{name}</span>
          <span class="switch-hint">{car}</span>
        </span>
      </span>
      <span class="plate">{plate}</span>
    </div>
  )
}
